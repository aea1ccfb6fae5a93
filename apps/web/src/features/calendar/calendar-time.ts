import { type ClockFormat, formatClock, formatClockRange } from "#lib/clock-format.ts";

type Reading = { hour: number; minute: number };

/** Returns a formatter for FullCalendar that formats times and ranges as the rest of the app does. */
export function formatCalendarTime(
  clock: ClockFormat,
): (shown: { start: Reading; end?: Reading | null }) => string {
  return ({ start, end }) =>
    end ? formatClockRange(toTime(start), toTime(end), clock) : formatClock(toTime(start), clock);
}

function toTime({ hour, minute }: Reading): string {
  return [hour, minute].map((part) => String(part).padStart(2, "0")).join(":");
}
