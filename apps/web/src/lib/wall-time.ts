import { getISO } from "temporal-polyfill/fns/Calendar";
import { fromString, toZonedDateTime } from "temporal-polyfill/fns/PlainDateTime";
import { dayOf, formatTime } from "./time.ts";

/** What a calendar and a clock show somewhere: `{ day: "2026-11-24", time: "18:00" }`. */
export type WallTime = { day: string; time: string };

/**
 * The instant at which a clock in `zone` shows a time, as ISO UTC text. Where clocks spring forward past it, the time
 * that they then show (02:30 → 03:30); where they show it twice, the first.
 * @throws RangeError for what is no day, time or zone
 */
export function toInstant({ day, time }: WallTime, zone: string): string {
  const { epochMilliseconds } = toZonedDateTime(fromString(`${day}T${time}`, getISO), zone);
  return new Date(epochMilliseconds).toISOString();
}

/** What a clock in `zone` shows at an instant, to the minute. */
export function toWallTime(instant: string, zone: string): WallTime {
  return { day: dayOf(instant, zone), time: formatTime(instant, zone) };
}

/** The instant at which a day begins in `zone`: midnight, or later where clocks skip midnight. */
export function startOfDay(day: string, zone: string): string {
  return toInstant({ day, time: "00:00" }, zone);
}
