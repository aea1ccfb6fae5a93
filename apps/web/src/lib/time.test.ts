import { expect, test } from "vitest";
import {
  abbreviateZone,
  addDays,
  dayOf,
  daysBetween,
  formatDay,
  formatDuration,
  formatMonth,
  formatOffset,
  formatTime,
  formatTimeRange,
  formatZone,
  groupByDay,
  listZones,
  nameDay,
} from "./time.ts";

const berlin = "Europe/Berlin";
const newYork = "America/New_York";
const kathmandu = "Asia/Kathmandu";
const stJohns = "America/St_Johns";

test("the tests run in an odd zone", () => {
  expect(new Date("2026-11-24T18:00:00Z").getTimezoneOffset()).toBe(-345);
});

test("midnight is 00:00, and a span over it has the next day", () => {
  expect(formatTime("2026-11-24T23:00:00.000Z", berlin, "24h")).toBe("00:00");
  expect(formatTimeRange("2026-11-24T22:30:00.000Z", "2026-11-24T23:30:00.000Z", berlin, "24h")).toBe(
    "23:30 – Wed 25 Nov, 00:30",
  );
});

test("a span over a clock change has the zone name at both times", () => {
  // Europe's clocks go back on 25 October 2026, at 01:00 UTC.
  expect(formatTimeRange("2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z", berlin, "24h")).toBe(
    "02:30 CEST–02:30 CET",
  );
  // US clocks go forward on 8 March 2026, at 07:00 UTC.
  expect(formatTimeRange("2026-03-08T06:30:00.000Z", "2026-03-08T07:30:00.000Z", newYork, "24h")).toBe(
    "01:30 EST–03:30 EDT",
  );
});

test("on the 12-hour clock, a span has one am or pm if both times have the same", () => {
  const range = (start: string, end: string, zone = berlin) =>
    formatTimeRange(`${start}.000Z`, `${end}.000Z`, zone, "12h").replaceAll("\u00a0", " ");
  expect(range("2026-11-24T17:00:00", "2026-11-24T18:30:00")).toBe("6:00–7:30 pm");
  expect(range("2026-11-24T10:00:00", "2026-11-24T11:00:00")).toBe("11:00 am–12:00 pm");
  expect(range("2026-11-24T22:30:00", "2026-11-24T23:30:00")).toBe("11:30 pm – Wed 25 Nov, 12:30 am");
  expect(range("2026-10-25T00:30:00", "2026-10-25T01:30:00")).toBe("2:30 am CEST–2:30 am CET");
});

test("between their clock changes, Berlin and New York are five hours apart, not six", () => {
  const instant = "2026-10-28T17:00:00.000Z";
  expect(formatTime(instant, berlin, "24h")).toBe("18:00");
  expect(formatTime(instant, newYork, "24h")).toBe("13:00");
  expect(abbreviateZone(berlin, instant)).toBe("CET");
  expect(abbreviateZone(newYork, instant)).toBe("EDT");
});

test("offsets", () => {
  const instant = "2026-07-01T00:00:00.000Z";
  expect(formatOffset(stJohns, instant)).toBe("UTC−2:30");
  expect(formatOffset(kathmandu, instant)).toBe("UTC+5:45");
  expect(formatOffset("UTC", instant)).toBe("UTC");
  expect(formatZone("Europe/London", instant)).toBe("Europe/London (BST)");
});

test("days depend on the zone", () => {
  const instant = "2026-11-24T18:30:00.000Z";
  expect(dayOf(instant, "UTC")).toBe("2026-11-24");
  expect(dayOf(instant, kathmandu)).toBe("2026-11-25");
  expect(dayOf("2026-11-25T03:00:00.000Z", stJohns)).toBe("2026-11-24");
  expect(formatDay("2026-09-01")).toBe("Tue 1 Sep");
  expect(formatMonth("2026-09-01")).toBe("September 2026");
});

test("counts calendar days, also over a clock change", () => {
  expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
  expect(addDays("2026-03-01", -1)).toBe("2026-02-28");
  expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
});

test("today and tomorrow depend on the zone", () => {
  const now = "2026-11-24T18:30:00.000Z";
  expect(nameDay("2026-11-25", now, "UTC")).toBe("Tomorrow");
  expect(nameDay("2026-11-25", now, kathmandu)).toBe("Today");
  expect(nameDay("2026-11-24", now, kathmandu)).toBe("Yesterday");
  expect(nameDay("2026-11-27", now, kathmandu)).toBeUndefined();
});

test("groups items by the zone's days, in their order", () => {
  const starts = ["2026-11-24T17:00:00.000Z", "2026-11-24T18:30:00.000Z", "2026-11-25T05:00:00.000Z"];
  const group = (zone: string) =>
    groupByDay(starts, (start) => start, zone).map(({ day, items }) => [day, items.length]);
  expect(group("UTC")).toEqual([
    ["2026-11-24", 2],
    ["2026-11-25", 1],
  ]);
  expect(group(kathmandu)).toEqual([
    ["2026-11-24", 1],
    ["2026-11-25", 2],
  ]);
});

test.each([
  [45, "45 min"],
  [60, "1 h"],
  [90, "1 h 30 min"],
  [0, "0 min"],
])("formats %i minutes as %s", (minutes, words) => {
  expect(formatDuration(minutes)).toBe(words);
});

test("lists each zone once, with UTC, unusual offsets and no former names", () => {
  const zones = listZones();
  expect(zones).toEqual(expect.arrayContaining(["UTC", kathmandu, stJohns, "Asia/Kolkata"]));
  expect(zones).not.toContain("Asia/Calcutta");
  expect(new Set(zones).size).toBe(zones.length);
});
