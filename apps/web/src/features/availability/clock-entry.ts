import { type ClockReading, readClock, toWallTime, type WallTime } from "#lib/wall-time.ts";

/** Which occurrence of a repeated hour is meant. */
export type Fold = "first" | "second";

/** Returns the instant of a reading; `fold` chooses one in a repeated hour. */
export function instantOf(reading: ClockReading, fold: Fold): string {
  if (reading.kind === "twice") return reading.instants[fold === "first" ? 0 : 1];
  return reading.instant;
}

/** Returns what to type in `zone` for an instant; {@link instantOf} converts it back. */
export function toClockEntry(instant: string, zone: string): WallTime & { fold: Fold } {
  const shown = toWallTime(instant, zone);
  const reading = readClock(shown, zone);
  const isSecond = reading?.kind === "twice" && Date.parse(instant) >= Date.parse(reading.instants[1]);
  return { ...shown, fold: isSecond ? "second" : "first" };
}
