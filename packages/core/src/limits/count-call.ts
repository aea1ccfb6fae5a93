import type { Context } from "../context.ts";
import { TooManyCalls } from "../errors.ts";
import type { Limiter } from "./limiter.ts";
import type { CallKind, Limits } from "./limits.ts";

/** What counting a call needs beyond a clock and a database. */
export interface CountingContext extends Context {
  readonly limits: Limits;
  readonly limiter: Limiter;
}

/** Who is calling. */
export interface Caller {
  /** The verified username; undefined for a stranger. */
  readonly person: string | undefined;
  readonly address: string;
}

/**
 * Counts a call against what its person and its address may do in this minute.
 * @returns why the shared counter could not be asked; undefined where it could, or needed not be
 * @throws TooManyCalls when it is one too many
 */
export async function countCall(ctx: CountingContext, kind: CallKind, caller: Caller): Promise<unknown> {
  let failure: unknown;
  for (const whom of ["person", "address"] as const) {
    const [name, limit] = [caller[whom], ctx.limits[kind][whom]];
    if (name === undefined || limit === undefined) continue;
    const verdict = await ctx.limiter.count(`${kind}#${whom}#${name}`, limit, ctx.now, async (...calls) => {
      // Loaded when somebody calls often: few do.
      const { addCalls } = await import("./repository.ts");
      return await addCalls(ctx.database, ...calls);
    });
    if (verdict.retryAfterSeconds !== undefined) throw new TooManyCalls(verdict.retryAfterSeconds);
    failure ??= verdict.failure;
  }
  return failure;
}
