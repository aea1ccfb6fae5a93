import { expect, test } from "vitest";
import { daysSpan } from "./span.ts";

test("days begin and end at the member's midnight", () => {
  expect(daysSpan("2026-11-29", 7, "Asia/Kathmandu")).toEqual({
    from: "2026-11-28T18:15:00.000Z",
    to: "2026-12-05T18:15:00.000Z",
  });
});

test.each([
  ["Europe/Berlin", "2027-03-28", 23],
  ["Europe/Berlin", "2027-10-31", 25],
  ["America/New_York", "2027-03-14", 23],
  ["America/New_York", "2027-11-07", 25],
])("the day of a clock change in %s, %s, has %i hours", (zone, day, hours) => {
  const { from, to } = daysSpan(day, 1, zone);
  expect((Date.parse(to) - Date.parse(from)) / 3_600_000).toBe(hours);
});
