import { day, minute } from "@kumite/core/instant";
import { dayOf, offsetMinutes, timeOf } from "./time.ts";

/** What a calendar and a clock show somewhere: `{ day: "2026-11-24", time: "18:00" }`. */
export type WallTime = { day: string; time: string };

/** What a day and a time on a clock mean. */
export type ClockReading =
  | { kind: "once"; instant: string }
  /** The clocks skip it: `instant` is the time moved forward, `shown` what clocks then show (02:30 → 03:30). */
  | { kind: "skipped"; instant: string; shown: WallTime }
  /** The clocks show it twice: the first and the second time. */
  | { kind: "twice"; instants: [first: string, second: string] };

/**
 * Reads a clock in `zone`. The same as Temporal answers, by which the tests measure it, without Temporal's 30 kB.
 * @returns undefined for what is no day or time, such as a field that is still empty
 */
export function readClock(wall: WallTime, zone: string): ClockReading | undefined {
  const asUtc = Date.parse(`${wall.day}T${wall.time}Z`);
  // Date takes 30 February for 2 March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(wall.day)) return undefined;

  // The offsets around a clock change; on other days they are one. The larger one means the earlier instant.
  const [before, after] = [asUtc - day, asUtc + day].map((time) =>
    offsetMinutes(zone, new Date(time).toISOString()),
  ) as [number, number];
  const at = (offset: number) => new Date(asUtc - offset * minute).toISOString();
  const shows = (instant: string) => timeOf(instant, zone) === wall.time && dayOf(instant, zone) === wall.day;
  const first = at(Math.max(before, after));
  const second = at(Math.min(before, after));
  if (first !== second && shows(first) && shows(second)) return { kind: "twice", instants: [first, second] };
  const instant = [first, second].find(shows);
  if (instant) return { kind: "once", instant };
  return { kind: "skipped", instant: at(before), shown: toWallTime(at(before), zone) };
}

/**
 * The instant at which a clock in `zone` shows a time, as ISO UTC text. Where clocks spring forward past it, the time
 * that they then show; where they show it twice, the first.
 * @throws RangeError for what is no day, time or zone
 */
export function toInstant(wall: WallTime, zone: string): string {
  const reading = readClock(wall, zone);
  if (!reading) throw new RangeError(`No such day or time: ${wall.day} ${wall.time}`);
  return reading.kind === "twice" ? reading.instants[0] : reading.instant;
}

/** What a clock in `zone` shows at an instant, to the minute. */
export function toWallTime(instant: string, zone: string): WallTime {
  return { day: dayOf(instant, zone), time: timeOf(instant, zone) };
}

/** The instant at which a day begins in `zone`: midnight, or later where clocks skip midnight. */
export function startOfDay(day: string, zone: string): string {
  return toInstant({ day, time: "00:00" }, zone);
}
