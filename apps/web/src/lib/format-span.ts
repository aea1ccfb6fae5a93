import type { ClockFormat } from "./clock-format.ts";
import { dayOf, formatDay, formatTimeRange, formatZone } from "./time.ts";

/**
 * A span in full: `Tue 24 Nov, 18:00–19:00 · Europe/Berlin (CET)`; with `now`, the year too where it is another one.
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
