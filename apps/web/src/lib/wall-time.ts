import { dayOf, formatTime, offsetMinutes } from "./time.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

/** What a calendar and a clock show somewhere: `{ day: "2026-11-24", time: "18:00" }`. */
export type WallTime = { day: string; time: string };

/**
 * The instant at which a clock in `zone` shows a time, as ISO UTC text. Where clocks spring forward past it, the time
 * that they then show (02:30 → 03:30); where they show it twice, the first. The same as Temporal answers, by which the
 * tests measure it, without Temporal's 30 kB.
 * @throws RangeError for what is no day, time or zone
 */
export function toInstant(wall: WallTime, zone: string): string {
  const asUtc = new Date(`${wall.day}T${wall.time}Z`);
  // Date takes 30 February for 2 March.
  if (asUtc.toISOString().slice(0, 10) !== wall.day) throw new RangeError(`No such day: ${wall.day}`);

  const at = (offset: number) => new Date(asUtc.getTime() - offset * minute).toISOString();
  const offsetAt = (time: number) => offsetMinutes(zone, new Date(time).toISOString());
  // The offsets around a clock change; on other days they are one. The larger one means the earlier instant.
  const before = offsetAt(asUtc.getTime() - day);
  const after = offsetAt(asUtc.getTime() + day);
  const shown = [before, after]
    .sort((a, b) => b - a)
    .map(at)
    .find((instant) => formatTime(instant, zone) === wall.time && dayOf(instant, zone) === wall.day);
  return shown ?? at(before);
}

/** What a clock in `zone` shows at an instant, to the minute. */
export function toWallTime(instant: string, zone: string): WallTime {
  return { day: dayOf(instant, zone), time: formatTime(instant, zone) };
}

/** The instant at which a day begins in `zone`: midnight, or later where clocks skip midnight. */
export function startOfDay(day: string, zone: string): string {
  return toInstant({ day, time: "00:00" }, zone);
}
