import { describe, expect, test } from "vitest";
import { GetUserInput, SetUserInput, TimeZone } from "./schema.ts";

describe("TimeZone", () => {
  test.each(["UTC", "Asia/Kathmandu", "America/St_Johns", "Europe/Berlin", "Etc/GMT+5", "Pacific/Chatham"])(
    "%s is one",
    (name) => {
      expect(TimeZone.parse(name)).toBe(name);
    },
  );

  test.each([
    "",
    " ",
    "+05:30",
    "-03:30",
    "05:30",
    "UTC+5",
    "GMT+05:30",
    "Mars/Olympus_Mons",
    "Europe/Berlin ",
    "local",
    "undefined",
    "a".repeat(65),
    0,
    null,
  ])("%j is none", (name) => {
    expect(TimeZone.safeParse(name).success).toBe(false);
  });
});

describe("SetUserInput", () => {
  test("takes any of its fields, and none", () => {
    expect(SetUserInput.parse({})).toEqual({});
    const all = {
      displayName: "Anna",
      cohort: "Blue",
      timezone: "UTC",
      bio: "Two\nlines",
      discordUsername: "anna",
      notifications: { email: false },
    };
    expect(SetUserInput.parse(all)).toEqual(all);
  });

  test.each([
    ["displayName", ""],
    ["displayName", "   "],
    ["displayName", "x".repeat(81)],
    ["cohort", "Pink"],
    ["cohort", null],
    ["timezone", ""],
    ["bio", "x".repeat(2_001)],
    ["discordUsername", "x".repeat(81)],
    ["notifications", {}],
    ["notifications", { email: true, fax: true }],
    // What only the system may say.
    ["username", "another"],
    ["email", "another@example.com"],
    ["calendarVersion", 0],
    ["createdAt", "2026-11-22T18:00:00.000Z"],
    ["__proto__x", 1],
  ])("refuses %s: %j", (field, value) => {
    expect(SetUserInput.safeParse({ [field]: value }).success).toBe(false);
  });
});

test.each([{ username: "" }, { username: "x".repeat(129) }, { username: null }, { name: "anna" }])(
  "GetUserInput refuses %j",
  (input) => {
    expect(GetUserInput.safeParse(input).success).toBe(false);
  },
);
