import { describe, expect, test } from "vitest";
import { readClock } from "#lib/wall-time.ts";
import { instantOf, toClockEntry } from "./clock-entry.ts";

const berlin = "Europe/Berlin";
const newYork = "America/New_York";

test("reads an ordinary evening as one instant", () => {
  expect(readClock({ day: "2027-01-12", time: "18:00" }, berlin)).toEqual({
    kind: "once",
    instant: "2027-01-12T17:00:00.000Z",
  });
});

test("returns nothing for a missing or invalid day or time", () => {
  expect(readClock({ day: "", time: "18:00" }, berlin)).toBeUndefined();
  expect(readClock({ day: "2027-02-30", time: "18:00" }, berlin)).toBeUndefined();
  expect(readClock({ day: "2027-02-03", time: "" }, berlin)).toBeUndefined();
});

describe("moves a skipped hour forward, and says so", () => {
  test.each([
    [berlin, "2027-03-28", "2027-03-28T01:30:00.000Z"],
    [newYork, "2027-03-14", "2027-03-14T07:30:00.000Z"],
  ])("%s on %s", (zone, day, instant) => {
    expect(readClock({ day, time: "02:30" }, zone)).toEqual({
      kind: "skipped",
      instant,
      shown: { day, time: "03:30" },
    });
  });

  test("only where clocks change that day", () => {
    expect(readClock({ day: "2027-03-14", time: "02:30" }, berlin)?.kind).toBe("once");
    expect(readClock({ day: "2027-03-28", time: "02:30" }, newYork)?.kind).toBe("once");
  });
});

describe("returns both instants of a repeated hour", () => {
  test.each([
    [berlin, "2027-10-31", "02:30", "2027-10-31T00:30:00.000Z", "2027-10-31T01:30:00.000Z"],
    [newYork, "2027-11-07", "01:30", "2027-11-07T05:30:00.000Z", "2027-11-07T06:30:00.000Z"],
    // Lord Howe Island changes its clocks by half an hour.
    ["Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-03T14:45:00.000Z", "2027-04-03T15:15:00.000Z"],
  ])("%s on %s at %s", (zone, day, time, first, second) => {
    const reading = readClock({ day, time }, zone);
    expect(reading).toEqual({ kind: "twice", instants: [first, second] });
    if (!reading) return;
    expect(instantOf(reading, "first")).toBe(first);
    expect(instantOf(reading, "second")).toBe(second);
    expect(toClockEntry(first, zone)).toEqual({ day, time, fold: "first" });
    expect(toClockEntry(second, zone)).toEqual({ day, time, fold: "second" });
  });
});

test("an instant survives typing and reading, over both autumn changes", () => {
  for (const start of ["2027-10-30T22:00:00.000Z", "2027-11-07T03:00:00.000Z"]) {
    for (const zone of [berlin, newYork, "Asia/Kathmandu", "America/St_Johns", "UTC"]) {
      for (let quarter = 0; quarter < 24; quarter += 1) {
        const instant = new Date(Date.parse(start) + quarter * 15 * 60_000).toISOString();
        const entry = toClockEntry(instant, zone);
        const reading = readClock(entry, zone);
        expect(reading && instantOf(reading, entry.fold)).toBe(instant);
      }
    }
  }
});
