import { isDeepStrictEqual } from "node:util";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "vitest";
import { listZones } from "./time.ts";
import { type ClockReading, readClock, startOfDay, toInstant, toWallTime } from "./wall-time.ts";

const berlin = "Europe/Berlin";
const newYork = "America/New_York";

test.each([
  [berlin, "2026-11-24", "18:00", "2026-11-24T17:00:00.000Z"],
  [berlin, "2026-07-01", "18:00", "2026-07-01T16:00:00.000Z"],
  ["Asia/Kathmandu", "2026-11-24", "18:00", "2026-11-24T12:15:00.000Z"],
  ["America/St_Johns", "2026-11-24", "18:00", "2026-11-24T21:30:00.000Z"],
  ["UTC", "2026-11-24", "18:00", "2026-11-24T18:00:00.000Z"],
])("a clock in %s on %s at %s", (zone, day, time, instant) => {
  expect(toInstant({ day, time }, zone)).toBe(instant);
  expect(toWallTime(instant, zone)).toEqual({ day, time });
});

test("18:00 stays 18:00 in the week in which only one side has changed its clocks", () => {
  // Europe changes on 25 October 2026, the US on 1 November.
  for (const day of ["2026-10-24", "2026-10-26", "2026-11-02"])
    for (const zone of [berlin, newYork])
      expect(toWallTime(toInstant({ day, time: "18:00" }, zone), zone)).toEqual({ day, time: "18:00" });
});

test("a skipped time becomes the time that clocks show instead", () => {
  expect(toWallTime(toInstant({ day: "2026-03-29", time: "02:30" }, berlin), berlin).time).toBe("03:30");
  expect(toWallTime(toInstant({ day: "2026-03-08", time: "02:30" }, newYork), newYork).time).toBe("03:30");
});

test("a time that clocks show twice is its first occurrence", () => {
  expect(toInstant({ day: "2026-10-25", time: "02:30" }, berlin)).toBe("2026-10-25T00:30:00.000Z");
});

test("a day begins later if clocks skip midnight", () => {
  expect(startOfDay("2026-11-24", berlin)).toBe("2026-11-23T23:00:00.000Z");
  // Cairo's clocks go forward at midnight, on 24 April 2026.
  expect(toWallTime(startOfDay("2026-04-24", "Africa/Cairo"), "Africa/Cairo").time).toBe("01:00");
});

test("refuses an invalid day or time", () => {
  expect(() => toInstant({ day: "2026-02-30", time: "18:00" }, berlin)).toThrow(RangeError);
  expect(() => toInstant({ day: "2026-11-24", time: "" }, berlin)).toThrow(RangeError);
});

test("agrees with Temporal around every clock change of two years, in every zone", () => {
  const from = Temporal.Instant.from("2026-01-01T00:00Z");
  const until = Temporal.Instant.from("2028-01-01T00:00Z");
  const wrong: string[] = [];
  let changes = 0;
  for (const zone of listZones()) {
    let change = from.toZonedDateTimeISO(zone).getTimeZoneTransition("next");
    while (change && Temporal.Instant.compare(change.toInstant(), until) < 0) {
      changes += 1;
      for (let minutes = -150; minutes <= 150; minutes += 30) {
        const wall = change.toPlainDateTime().add({ minutes });
        const day = wall.toPlainDate().toString();
        const time = wall.toPlainTime().toString({ smallestUnit: "minute" });
        const instant = (disambiguation: "earlier" | "later") =>
          new Date(
            Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone, {
              disambiguation,
            }).epochMilliseconds,
          ).toISOString();
        const [earlier, later] = [instant("earlier"), instant("later")];
        const shown = toWallTime(later, zone);
        const expected: ClockReading =
          earlier === later
            ? { kind: "once", instant: later }
            : shown.time === time
              ? { kind: "twice", instants: [earlier, later] }
              : { kind: "skipped", instant: later, shown };
        if (!isDeepStrictEqual(readClock({ day, time }, zone), expected))
          wrong.push(`${zone} ${day} ${time}`);
      }
      change = change.getTimeZoneTransition("next");
    }
  }
  expect(changes).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});
