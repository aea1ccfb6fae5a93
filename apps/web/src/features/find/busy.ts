import type { RouterInputs, RouterOutputs } from "@kumite/api";
import { clashOf } from "#features/availability/starts.ts";

type Availability = RouterOutputs["availability"]["get"];

/** A time at which the member has a meeting. */
export type Busy = { startTime: string; endTime: string };

/** An availability that was found; with the member's own meeting that leaves none of its starts free, if there is one. */
export type FoundAvailability = Availability & { clash?: Busy };

// The API answers a year at most; a day less leaves room for a leap day.
const longestSpan = 364 * 86_400_000;

/** What to ask the calendar for, to know which of some availabilities clash with it; undefined where there are no availabilities. */
export function busyInput(availabilities: readonly Busy[]): RouterInputs["calendar"]["get"] | undefined {
  if (availabilities.length === 0) return undefined;
  const from = Math.min(...availabilities.map(({ startTime }) => Date.parse(startTime)));
  const to = Math.max(...availabilities.map(({ endTime }) => Date.parse(endTime)));
  return {
    from: new Date(from).toISOString(),
    to: new Date(Math.min(to, from + longestSpan)).toISOString(),
  };
}

/** When the member is busy, of what the calendar answers. */
export function busyTimes({ meetings }: Pick<RouterOutputs["calendar"]["get"], "meetings">): Busy[] {
  return meetings
    .filter(({ status }) => status === "SCHEDULED")
    .map(({ startTime, endTime }) => ({ startTime, endTime }));
}

/**
 * Marks the availabilities that clash with the member's meetings.
 * @param fits leaves them out instead
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
