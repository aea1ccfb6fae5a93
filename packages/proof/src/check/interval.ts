import type { Attempt } from "../history.ts";

/** Something happened no earlier than its start and no later than its end. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** When an attempt may have done something: without an answer, at any time later. */
export function timeOf({ start, end, outcome }: Attempt): Interval {
  return { start, end: outcome.kind === "unknown" ? Number.POSITIVE_INFINITY : end };
}
