import { expect, test } from "vitest";
import { formatSpan } from "./format-span.ts";

const berlin = "Europe/Berlin";
const newYork = "America/New_York";
const kathmandu = "Asia/Kathmandu";
const stJohns = "America/St_Johns";

test.each([
  [berlin, "Tue 24 Nov, 18:00–19:00 · Europe/Berlin (CET)"],
  [newYork, "Tue 24 Nov, 12:00–13:00 · America/New_York (EST)"],
  [stJohns, "Tue 24 Nov, 13:30–14:30 · America/St_Johns (NST)"],
  [kathmandu, "Tue 24 Nov, 22:45–23:45 · Asia/Kathmandu (UTC+5:45)"],
  ["Australia/Sydney", "Wed 25 Nov, 04:00–05:00 · Australia/Sydney (AEDT)"],
  ["UTC", "Tue 24 Nov, 17:00–18:00 · UTC"],
])("a span in %s", (zone, text) => {
  expect(formatSpan("2026-11-24T17:00:00.000Z", "2026-11-24T18:00:00.000Z", zone, "24h")).toBe(text);
});

test("a span has the year if it is not the current one in the member's zone", () => {
  const span = (zone: string, now: string) =>
    formatSpan("2026-12-31T20:00:00.000Z", "2026-12-31T21:00:00.000Z", zone, "24h", now);
  expect(span("UTC", "2026-11-22T00:00:00.000Z")).toBe("Thu 31 Dec, 20:00–21:00 · UTC");
  expect(span(kathmandu, "2026-11-22T00:00:00.000Z")).toBe(
    "Fri 1 Jan 2027, 01:45–02:45 · Asia/Kathmandu (UTC+5:45)",
  );
  expect(span(kathmandu, "2026-12-31T19:00:00.000Z")).toBe(
    "Fri 1 Jan, 01:45–02:45 · Asia/Kathmandu (UTC+5:45)",
  );
});
