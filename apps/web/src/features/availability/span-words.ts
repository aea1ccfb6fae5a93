import { minutesBetween } from "@kumite/core/instant";
import type { ClockFormat } from "#lib/clock-format.ts";
import { formatSpan } from "#lib/format-span.ts";
import {
  dayOf,
  daysBetween,
  formatDay,
  formatDuration,
  formatTime,
  formatZone,
  offsetMinutes,
} from "#lib/time.ts";

/**
 * Describes typed times with their length: `Tue 24 Nov, 18:00–20:00 · Europe/Berlin (CET) · 2 h`; over midnight:
 * `Tue 24 Nov, 22:00 until 02:00 the next day, 4 h · Europe/Berlin (CET)`.
 */
export function spanInWords(
  span: { startTime: string; endTime: string },
  zone: string,
  clock: ClockFormat,
  now: string,
): string {
  const { startTime, endTime } = span;
  const length = formatDuration(minutesBetween(span.startTime, span.endTime));
  const day = dayOf(startTime, zone);
  const isNextDay = daysBetween(day, dayOf(endTime, zone)) === 1;
  // If the clocks change that night, each time has its zone name.
  const isOneClock = offsetMinutes(zone, startTime) === offsetMinutes(zone, endTime);
  if (!isNextDay || !isOneClock) return `${formatSpan(startTime, endTime, zone, clock, now)} · ${length}`;
  const [from, until] = [formatTime(startTime, zone, clock), formatTime(endTime, zone, clock)];
  return `${formatDay(day, { instant: now, zone })}, ${from} until ${until} the next day, ${length} · ${formatZone(zone, startTime)}`;
}
