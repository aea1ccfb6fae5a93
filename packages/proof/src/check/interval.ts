import type { Attempt } from "../history.ts";

/** A span of time in which something happened. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Returns when an attempt may have taken effect: without an answer, at any later time. */
export function timeOf({ start, end, outcome }: Attempt): Interval {
  return { start, end: outcome.kind === "unknown" ? Number.POSITIVE_INFINITY : end };
}
