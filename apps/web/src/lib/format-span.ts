import type { ClockFormat } from "./clock-format.ts";
import { dayOf, formatDay, formatTimeRange, formatZone } from "./time.ts";

/**
 * Formats a span in full: `Tue 24 Nov, 18:00–19:00 · Europe/Berlin (CET)`. With `now`, adds the year if it is another one.
 */
export function formatSpan(
  start: string,
  end: string,
  zone: string,
  clock: ClockFormat,
  now?: string,
): string {
  const startDay = formatDay(dayOf(start, zone), now === undefined ? undefined : { instant: now, zone });
  return `${startDay}, ${formatTimeRange(start, end, zone, clock)} · ${formatZone(zone, start)}`;
}
