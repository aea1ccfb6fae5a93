import type { RouterInputs, RouterOutputs } from "@kumite/api";
import { clashOf } from "#features/availability/starts.ts";

type Availability = RouterOutputs["availability"]["get"];

/** A time at which the member has a meeting. */
export type Busy = { startTime: string; endTime: string };

/** A found availability. `clash`: the member's own meeting, if it leaves none of its starts free. */
export type FoundAvailability = Availability & { clash?: Busy };

// The API returns at most a year; a day less is safe in leap years.
const longestSpan = 364 * 86_400_000;

/** Returns the calendar query that shows which availabilities clash; undefined if there are no availabilities. */
export function busyInput(availabilities: readonly Busy[]): RouterInputs["calendar"]["get"] | undefined {
  if (availabilities.length === 0) return undefined;
  const from = Math.min(...availabilities.map(({ startTime }) => Date.parse(startTime)));
  const to = Math.max(...availabilities.map(({ endTime }) => Date.parse(endTime)));
  return {
    from: new Date(from).toISOString(),
    to: new Date(Math.min(to, from + longestSpan)).toISOString(),
  };
}

/** Returns the times at which the member is busy, from the calendar. */
export function busyTimes({ meetings }: Pick<RouterOutputs["calendar"]["get"], "meetings">): Busy[] {
  return meetings
    .filter(({ status }) => status === "SCHEDULED")
    .map(({ startTime, endTime }) => ({ startTime, endTime }));
}

/**
 * Marks the availabilities that clash with the member's meetings.
 * @param fits whether to leave them out instead
 */
export function choose(
  availabilities: readonly Availability[],
  busy: readonly Busy[],
  fits: boolean,
  now: string,
): FoundAvailability[] {
  return availabilities.flatMap((availability) => {
    const clash = clashOf(availability, busy, now);
    if (!clash) return availability;
    return fits ? [] : { ...availability, clash };
  });
}
