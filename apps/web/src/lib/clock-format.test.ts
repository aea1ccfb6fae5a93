import { expect, test } from "vitest";
import {
  clockOfLanguages,
  formatClock,
  formatClockRange,
  parseClock,
  readClockSetting,
} from "./clock-format.ts";

test.each([
  ["en-US,en;q=0.9", "12h"],
  ["en-IN", "12h"],
  ["en-GB,en-US;q=0.8", "24h"],
  ["de-DE,de;q=0.9,en-US;q=0.8", "24h"],
  ["fr;q=0.9", "24h"],
  ["*", "24h"],
  ["", "24h"],
  [null, "24h"],
  ["not a language!,en-US", "24h"],
])("the default clock of a browser with the languages %s", (languages, clock) => {
  expect(clockOfLanguages(languages)).toBe(clock);
});

test("reads only valid clocks from the cookie", () => {
  expect(["12h", "24h", "13h", "", undefined].map(readClockSetting)).toEqual([
    "12h",
    "24h",
    "browser",
    "browser",
    "browser",
  ]);
});

test.each([
  ["00:00", "12:00\u00a0am"],
  ["00:59", "12:59\u00a0am"],
  ["09:05", "9:05\u00a0am"],
  ["12:00", "12:00\u00a0pm"],
  ["13:30", "1:30\u00a0pm"],
  ["23:45", "11:45\u00a0pm"],
])("formats %s as %s, and parses it back", (time, written) => {
  expect(formatClock(time, "12h")).toBe(written);
  expect(formatClock(time, "24h")).toBe(time);
  expect(parseClock(written)).toBe(time);
  expect(parseClock(time)).toBe(time);
});

test("a range has one am or pm if both times have the same", () => {
  expect(formatClockRange("18:00", "19:30", "24h")).toBe("18:00–19:30");
  expect(formatClockRange("18:00", "19:30", "12h")).toBe("6:00–7:30\u00a0pm");
  expect(formatClockRange("11:00", "12:00", "12h")).toBe("11:00\u00a0am–12:00\u00a0pm");
});

test.each([
  ["6pm", "18:00"],
  ["6 PM", "18:00"],
  ["6:30 p.m.", "18:30"],
  ["12am", "00:00"],
  ["18", "18:00"],
  ["0730", "07:30"],
  ["7.15", "07:15"],
  [" 9:00 ", "09:00"],
  ["", undefined],
  ["24:00", undefined],
  ["13pm", undefined],
  ["0am", undefined],
  ["12:60", undefined],
  ["noon", undefined],
  ["6:3", undefined],
])("parses %j as %s", (text, time) => {
  expect(parseClock(text)).toBe(time);
});
