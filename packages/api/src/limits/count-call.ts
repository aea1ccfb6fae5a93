import type { Context } from "@kumite/core/context";
import type { Limiter } from "./limiter.ts";
import type { CallKind, Limits } from "./limits.ts";
import { RateLimitError } from "./rate-limit-error.ts";

/** What counting a call needs, in addition to a clock and a database. */
export interface CountingContext extends Context {
  readonly limits: Limits;
  readonly limiter: Limiter;
}

/** Who is calling. */
export interface Caller {
  /** The verified username; undefined for an anonymous caller. */
  readonly person: string | undefined;
  readonly address: string;
}

/**
 * Counts a call against the limits of its person and its address in this minute.
 * @returns why the shared counter failed; undefined if it answered or was not needed
 * @throws RateLimitError if the call exceeds a limit
 */
export async function countCall(ctx: CountingContext, kind: CallKind, caller: Caller): Promise<unknown> {
  let failure: unknown;
  for (const whom of ["person", "address"] as const) {
    const [name, limit] = [caller[whom], ctx.limits[kind][whom]];
    if (name === undefined || limit === undefined) continue;
    const verdict = await ctx.limiter.count(`${kind}#${whom}#${name}`, limit, ctx.now, async (...calls) => {
      // Loaded only for frequent callers, of whom there are few.
      const { addCalls } = await import("@kumite/core/database/counters");
      return await addCalls(ctx.database, ...calls);
    });
    if (verdict.retryAfterSeconds !== undefined) throw new RateLimitError(verdict.retryAfterSeconds);
    failure ??= verdict.failure;
  }
  return failure;
}
