import { getISO } from "temporal-polyfill/fns/Calendar";
import { fromString, toZonedDateTime } from "temporal-polyfill/fns/PlainDateTime";
import { toWallTime, type WallTime } from "#lib/wall-time.ts";

/** What a day and a time typed by somebody in a zone mean. */
export type ClockReading =
  | { kind: "once"; instant: string }
  /** The clocks skip it: `instant` is the time moved forward, `shown` what clocks then show. */
  | { kind: "skipped"; instant: string; shown: WallTime }
  /** The clocks show it twice: the first and the second time. */
  | { kind: "twice"; instants: [first: string, second: string] };

/**
 * Reads a clock in `zone`.
 * @returns undefined for what is no day or time, such as a field that is still empty
 */
export function readClock({ day, time }: WallTime, zone: string): ClockReading | undefined {
  let record: ReturnType<typeof fromString>;
  try {
    record = fromString(`${day}T${time}`, getISO);
  } catch {
    return undefined;
  }
  const [earlier, later] = (["earlier", "later"] as const).map((disambiguation) =>
    new Date(toZonedDateTime(record, zone, { disambiguation }).epochMilliseconds).toISOString(),
  ) as [string, string];
  if (earlier === later) return { kind: "once", instant: earlier };
  const shown = toWallTime(later, zone);
  // In a gap "later" is the time moved forward by the gap; in a repeated hour both readings show what was typed.
  if (shown.day === day && shown.time === time) return { kind: "twice", instants: [earlier, later] };
  return { kind: "skipped", instant: later, shown };
}

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
