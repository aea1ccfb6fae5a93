import { day, minute } from "@kumite/core/instant";
import { dayOf, offsetMinutes, timeOf } from "./time.ts";

/** A local day and time, without a zone: `{ day: "2026-11-24", time: "18:00" }`. */
export type WallTime = { day: string; time: string };

/** The instants that a local day and time mean in a zone. */
export type ClockReading =
  | { kind: "once"; instant: string }
  /** Clocks skip it: `instant` is the time moved forward, `shown` what clocks show then (02:30 → 03:30). */
  | { kind: "skipped"; instant: string; shown: WallTime }
  /** Clocks show it twice. */
  | { kind: "twice"; instants: [first: string, second: string] };

/**
 * Converts a local day and time in `zone` to instants. The tests compare it with Temporal, which would weigh 30 kB.
 * @returns undefined for an invalid day or time, such as an empty field
 */
export function readClock(wall: WallTime, zone: string): ClockReading | undefined {
  const asUtc = Date.parse(`${wall.day}T${wall.time}Z`);
  // Date reads 30 February as 2 March.
  if (Number.isNaN(asUtc) || !new Date(asUtc).toISOString().startsWith(wall.day)) return undefined;

  // The offsets around a clock change; on other days they are equal. The larger one gives the earlier instant.
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
 * Returns the instant at which clocks in `zone` show a time, as ISO UTC text. If they skip it, the time moves forward; if
 * they show it twice, the first occurrence.
 * @throws RangeError for an invalid day, time or zone
 */
export function toInstant(wall: WallTime, zone: string): string {
  const reading = readClock(wall, zone);
  if (!reading) throw new RangeError(`No such day or time: ${wall.day} ${wall.time}`);
  return reading.kind === "twice" ? reading.instants[0] : reading.instant;
}

/** Returns what clocks in `zone` show at an instant, to the minute. */
export function toWallTime(instant: string, zone: string): WallTime {
  return { day: dayOf(instant, zone), time: timeOf(instant, zone) };
}

/** Returns the instant at which a day begins in `zone`: midnight, or later if clocks skip midnight. */
export function startOfDay(day: string, zone: string): string {
  return toInstant({ day, time: "00:00" }, zone);
}
