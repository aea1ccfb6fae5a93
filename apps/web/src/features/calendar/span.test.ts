import { expect, test } from "vitest";
import { canPostIn, daysSpan } from "./span.ts";

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

test.each([
  ["a week that is over", "2026-11-15", false],
  ["the week that ends today", "2026-11-18", true],
  ["the week ahead", "2026-11-24", true],
  ["the last week that can be planned", "2027-11-20", true],
  ["a week after more than a year", "2027-12-01", false],
])("offers posting only for days that are not over and start within a year: %s", (_, day, can) => {
  expect(canPostIn(daysSpan(day, 7, "UTC"), "2026-11-24T12:00:00.000Z")).toBe(can);
});
