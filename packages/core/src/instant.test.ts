import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aYearAfter, byStart, compareTexts, minutesBetween, overlaps, shift } from "./instant.ts";
import { Instant } from "./instant-schema.ts";

const milliseconds = fc.integer({
  min: Date.parse("0000-01-02T00:00:00.000Z"),
  max: Date.parse("9999-12-30T23:59:59.999Z"),
});
const offsetMinutes = fc.integer({ min: -14 * 60, max: 14 * 60 });

/** The same instant, as a clock at that offset shows it. */
function written(time: number, offset: number): string {
  const local = new Date(time + offset * 60_000).toISOString().slice(0, -1);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  return `${local}${offset < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
}

describe("Instant", () => {
  test("gives an instant the same form for any offset", () => {
    fc.assert(
      fc.property(milliseconds, offsetMinutes, (time, offset) => {
        expect(Instant.parse(written(time, offset))).toBe(new Date(time).toISOString());
      }),
    );
  });

  test("the order of texts is the order of times", () => {
    fc.assert(
      fc.property(milliseconds, milliseconds, offsetMinutes, offsetMinutes, (a, b, offsetA, offsetB) => {
        const order = compareTexts(Instant.parse(written(a, offsetA)), Instant.parse(written(b, offsetB)));
        expect(order).toBe(Math.sign(a - b));
      }),
    );
  });

  test.each([
    // The unusual offsets of Kathmandu and Newfoundland.
    ["2026-11-22T23:45:00+05:45", "2026-11-22T18:00:00.000Z"],
    ["2026-11-22T14:30:00-03:30", "2026-11-22T18:00:00.000Z"],
    // Fractions finer than milliseconds are dropped.
    ["2026-11-22T18:00:00.1239Z", "2026-11-22T18:00:00.123Z"],
    // Before and after Europe's clock changes: in spring an hour is skipped, in autumn one repeats.
    ["2027-03-28T01:59:59+01:00", "2027-03-28T00:59:59.000Z"],
    ["2027-03-28T03:00:00+02:00", "2027-03-28T01:00:00.000Z"],
    ["2027-10-31T02:30:00+02:00", "2027-10-31T00:30:00.000Z"],
    ["2027-10-31T02:30:00+01:00", "2027-10-31T01:30:00.000Z"],
    // The same for the United States.
    ["2027-03-14T01:59:59-05:00", "2027-03-14T06:59:59.000Z"],
    ["2027-03-14T03:00:00-04:00", "2027-03-14T07:00:00.000Z"],
    ["2027-11-07T01:30:00-04:00", "2027-11-07T05:30:00.000Z"],
    ["2027-11-07T01:30:00-05:00", "2027-11-07T06:30:00.000Z"],
    ["2028-02-29T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"],
    ["0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"],
  ])("%s is %s", (text, instant) => {
    expect(Instant.parse(text)).toBe(instant);
  });

  test.each([
    "",
    "now",
    "2026-11-22",
    "2026-11-22T18:00:00",
    "2026-11-22 18:00:00Z",
    "2026-11-22T24:00:00Z",
    "2026-11-22T18:60:00Z",
    "2027-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-11-22T18:00:00+25:00",
    "+012026-11-22T18:00:00Z",
    "-000001-11-22T18:00:00Z",
    // The offset moves these beyond four-digit years.
    "9999-12-31T23:59:59-01:00",
    "0000-01-01T00:00:00+01:00",
    1_790_000_000_000,
    null,
  ])("%j is refused", (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  });
});

test("shift moves by exact time, also across a clock change", () => {
  expect(shift("2027-03-28T00:30:00.000Z", 3_600_000)).toBe("2027-03-28T01:30:00.000Z");
  expect(shift("2027-03-28T01:30:00.000Z", -3_600_000)).toBe("2027-03-28T00:30:00.000Z");
});

test.each([
  ["2026-11-22T18:00:00.000Z", "2027-11-22T18:00:00.000Z"],
  ["2028-02-29T12:00:00.000Z", "2029-03-01T12:00:00.000Z"],
])("a year after %s is %s", (instant, later) => {
  const given = new Date(instant);
  expect(aYearAfter(given).toISOString()).toBe(later);
  expect(given.toISOString()).toBe(instant);
});

test("minutesBetween returns whole minutes, rounded down", () => {
  expect(minutesBetween("2026-11-22T18:00:00.000Z", "2026-11-22T18:59:59.999Z")).toBe(59);
  expect(minutesBetween("2026-11-22T18:00:00.000Z", "2026-11-22T19:00:00.000Z")).toBe(60);
});

describe("overlaps", () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 6 }))
    .map(([start, length]) => ({
      startTime: new Date(start * 1_000).toISOString(),
      endTime: new Date((start + length) * 1_000).toISOString(),
      seconds: Array.from({ length }, (_, index) => start + index),
    }));

  test("spans overlap if they share a second, in either order", () => {
    fc.assert(
      fc.property(span, span, (a, b) => {
        const shared = a.seconds.some((second) => b.seconds.includes(second));
        expect(overlaps(a, b)).toBe(shared);
        expect(overlaps(b, a)).toBe(shared);
      }),
    );
  });
});

test("byStart orders by start, then by id", () => {
  const items = [
    { startTime: "2026-11-22T19:00:00.000Z", id: "a" },
    { startTime: "2026-11-22T18:00:00.000Z", id: "c" },
    { startTime: "2026-11-22T18:00:00.000Z", id: "B" },
    { startTime: "2026-11-22T18:00:00.000Z", id: "b" },
  ];
  expect(items.toSorted(byStart).map((item) => item.id)).toEqual(["B", "b", "c", "a"]);
});
