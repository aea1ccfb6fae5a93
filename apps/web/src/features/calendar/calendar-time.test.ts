import { expect, test } from "vitest";
import { formatCalendarTime } from "./calendar-time.ts";

test("the calendar formats times as the rest of the app does", () => {
  const [start, end] = [
    { hour: 9, minute: 5 },
    { hour: 10, minute: 0 },
  ];
  expect(formatCalendarTime("24h")({ start, end: null })).toBe("09:05");
  expect(formatCalendarTime("24h")({ start, end })).toBe("09:05–10:00");
  expect(formatCalendarTime("12h")({ start })).toBe("9:05\u00a0am");
  expect(formatCalendarTime("12h")({ start, end })).toBe("9:05–10:00\u00a0am");
});
