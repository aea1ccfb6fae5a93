import * as z from "zod/mini";

/** Checks an output with a schema that it loads for that. */
export interface LazyOutput<Output> {
  (output: unknown): Promise<Output>;
  /** Loads the schema. */
  readonly schema: () => Promise<z.ZodMiniType<Output>>;
}

/**
 * An output schema that loads with the first answer, for the few procedures whose schema would slow the cold start of the
 * other calls of their router.
 * @returns what `procedure.output` takes; it throws zod's error for an output that does not fit
 */
export function lazyOutput<Output>(schema: () => Promise<z.ZodMiniType<Output>>): LazyOutput<Output> {
  return Object.assign(async (output: unknown) => z.parse(await schema(), output), { schema });
}
