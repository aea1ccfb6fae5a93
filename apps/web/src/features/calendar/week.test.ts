import { expect, test } from "vitest";
import { weekSpan } from "./week.ts";

test.each([
  ["a Monday", "2026-11-23"],
  ["a Wednesday", "2026-11-25"],
  ["a Sunday", "2026-11-29"],
])("the week of %s begins on Monday at the member's midnight", (_, day) => {
  expect(weekSpan(day, "Asia/Kathmandu")).toEqual({
    from: "2026-11-22T18:15:00.000Z",
    to: "2026-11-29T18:15:00.000Z",
  });
});

test.each([
  ["Europe/Berlin", "2027-03-28", 167],
  ["Europe/Berlin", "2027-10-31", 169],
  ["America/New_York", "2027-03-14", 167],
  ["America/New_York", "2027-11-07", 169],
])("the week of a clock change in %s, %s, has %i hours", (zone, day, hours) => {
  const { from, to } = weekSpan(day, zone);
  expect((Date.parse(to) - Date.parse(from)) / 3_600_000).toBe(hours);
});
