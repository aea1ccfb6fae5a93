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
    // Known to ICU alone: other engines would throw where they are shown.
    "BST",
    "ist",
    "PST",
    "SystemV/PST8",
    "../../etc/passwd",
    "posix/Europe/Berlin",
    "Europe/Berlin\0",
    "a".repeat(65),
    0,
    null,
  ])("%j is none", (name) => {
    expect(TimeZone.safeParse(name).success).toBe(false);
  });
});

test("every zone that a browser offers is one, and IANA's short names are", () => {
  const short = [
    "CET",
    "EET",
    "EST",
    "EST5EDT",
    "GMT",
    "HST",
    "MET",
    "MST",
    "PRC",
    "ROC",
    "ROK",
    "UCT",
    "WET",
  ];
  const links = ["Asia/Calcutta", "Asia/Kolkata", "GB", "GB-Eire", "NZ-CHAT", "US/Pacific", "W-SU", "Zulu"];
  for (const name of [...Intl.supportedValuesOf("timeZone"), ...short, ...links]) {
    expect(TimeZone.safeParse(name), name).toEqual({ success: true, data: name });
  }
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
    ["displayName", "\u200b\u3164\u2800\u0301"],
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
