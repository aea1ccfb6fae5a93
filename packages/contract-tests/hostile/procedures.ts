import { appRouter } from "@kumite/api/server";
import * as z from "zod/mini";

/** The parts of JSON Schema that the procedures' inputs use. */
export interface InputSchema {
  type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  properties?: Record<string, InputSchema>;
  required?: string[];
  items?: InputSchema;
  enum?: string[];
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
}

export interface Procedure {
  readonly path: string;
  readonly type: "query" | "mutation";
  /** Undefined if it takes no input. */
  readonly input: InputSchema | undefined;
}

// A lazy router has no procedures until it is loaded.
await Promise.all(Object.values(appRouter._def.lazy).map((router) => router.load()));
const byPath = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: Procedure["type"]; inputs: z.ZodMiniType[] } }
>;

/** Every procedure of the router, with the schema of its input. */
export const procedures: readonly Procedure[] = Object.entries(byPath).map(([path, { _def }]) => ({
  path,
  type: _def.type,
  input:
    _def.inputs[0] &&
    (z.toJSONSchema(_def.inputs[0], { io: "input", unrepresentable: "any" }) as InputSchema),
}));
