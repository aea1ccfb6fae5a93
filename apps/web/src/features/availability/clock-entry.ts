import { type ClockReading, readClock, toWallTime, type WallTime } from "#lib/wall-time.ts";

/** Which of the two readings of a repeated hour is meant. */
export type Fold = "first" | "second";

/** The instant of a reading; of a repeated hour the one that `fold` says. */
export function instantOf(reading: ClockReading, fold: Fold): string {
  if (reading.kind === "twice") return reading.instants[fold === "first" ? 0 : 1];
  return reading.instant;
}

/** How an instant is typed in `zone`: {@link instantOf} of it answers the instant again. */
export function toClockEntry(instant: string, zone: string): WallTime & { fold: Fold } {
  const shown = toWallTime(instant, zone);
  const reading = readClock(shown, zone);
  const isSecond = reading?.kind === "twice" && Date.parse(instant) >= Date.parse(reading.instants[1]);
  return { ...shown, fold: isSecond ? "second" : "first" };
}
