import { expect, test } from "vitest";
import { compareZones, formatRelative } from "./relative-time.ts";

const berlin = "Europe/Berlin";
const newYork = "America/New_York";
const kathmandu = "Asia/Kathmandu";

test.each([
  ["2026-11-24T12:00:30.000Z", "now"],
  ["2026-11-24T12:05:00.000Z", "in 5 minutes"],
  ["2026-11-24T14:59:00.000Z", "in 2 hours"],
  ["2026-11-24T11:00:00.000Z", "1 hour ago"],
  ["2026-11-25T11:00:00.000Z", "tomorrow"],
  ["2026-11-22T11:00:00.000Z", "2 days ago"],
])("%s is %s", (instant, words) => {
  expect(formatRelative(instant, "2026-11-24T12:00:00.000Z", "UTC")).toBe(words);
});

test("compares zones at an instant, because their clocks change on different days", () => {
  expect(compareZones(kathmandu, berlin, "2026-11-24T12:00:00.000Z")).toBe("4 h 45 min ahead of you");
  expect(compareZones(newYork, berlin, "2026-11-24T12:00:00.000Z")).toBe("6 h behind you");
  expect(compareZones(newYork, berlin, "2026-10-28T12:00:00.000Z")).toBe("5 h behind you");
  expect(compareZones("Europe/Paris", berlin, "2026-10-28T12:00:00.000Z")).toBe("the same time as yours");
});
