import { expect, test } from "vitest";
import { spanInWords } from "./span-words.ts";

const now = "2026-11-22T12:00:00.000Z";
const words = (startTime: string, endTime: string, clock: "12h" | "24h" = "24h") =>
  spanInWords({ startTime, endTime }, "Europe/Berlin", clock, now);

test("shows the next day and the length of a span over midnight", () => {
  expect(words("2026-11-24T21:00:00.000Z", "2026-11-25T01:00:00.000Z")).toBe(
    "Tue 24 Nov, 22:00 until 02:00 the next day, 4 h · Europe/Berlin (CET)",
  );
  expect(words("2026-12-31T21:00:00.000Z", "2026-12-31T23:00:00.000Z", "12h").replaceAll("\u00a0", " ")).toBe(
    "Thu 31 Dec, 10:00 pm until 12:00 am the next day, 2 h · Europe/Berlin (CET)",
  );
});

test("shows the length of a span within a day", () => {
  expect(words("2026-11-24T17:00:00.000Z", "2026-11-24T18:30:00.000Z")).toBe(
    "Tue 24 Nov, 18:00–19:30 · Europe/Berlin (CET) · 1 h 30 min",
  );
});

test("shows each time's zone name in the night of a clock change", () => {
  expect(words("2027-10-30T20:00:00.000Z", "2027-10-31T02:00:00.000Z")).toBe(
    "Sat 30 Oct 2027, 22:00 CEST – Sun 31 Oct, 03:00 CET · Europe/Berlin (CEST) · 6 h",
  );
});
