import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DisplayName, GetUserInput, SetUserInput, TimeZone } from "./schema.ts";

describe("TimeZone", () => {
  test.each(["UTC", "Asia/Kathmandu", "America/St_Johns", "Europe/Berlin", "Etc/GMT+5", "Pacific/Chatham"])(
    "accepts %s",
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
    // Known only to ICU: other engines would throw where they are shown.
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
  ])("refuses %j", (name) => {
    expect(TimeZone.safeParse(name).success).toBe(false);
  });
});

test("accepts every zone that a browser offers, and IANA's short names", () => {
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
  test("accepts any of its fields, and none", () => {
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
    ["cohort", ""],
    ["cohort", "x".repeat(41)],
    ["cohort", null],
    ["timezone", ""],
    ["bio", "x".repeat(2_001)],
    ["discordUsername", "x".repeat(81)],
    ["notifications", {}],
    ["notifications", { email: true, fax: true }],
    // Fields that only the system sets.
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

describe("DisplayName", () => {
  test.each([
    ["An\u200bna", "Anna"],
    ["\ufeffAnna\u200d", "Anna"],
    ["\u200eAnna\u200f", "Anna"],
    ["Anna\u202e\u2066", "Anna"],
    ["An\u00adna\u{e0061}\u{e0041}", "Anna"],
    ["An\u115fna\u3164\u2800", "Anna"],
    ["Anna\0\u0007", "Anna"],
    ["Anna\nB.\t", "Anna B."],
    ["1\ufe0fx", "1x"],
  ])("keeps %j as %j", (name, kept) => {
    expect(DisplayName.parse(name)).toBe(kept);
  });

  test.each([
    "Zoë O'Brien",
    "Αλέξανδρος",
    "Анна-Мария",
    "सुमन श्रेष्ठ",
    "ශ්\u200dරී",
    "محمد",
    "김민준",
    "山田 タロウ",
    "さくらSAKURA山",
    "Nguyễn",
    "ᚠᚢᚦ",
    "Ꮳꮃꭹ",
    "Анна (Anna)",
    "Anna Иванова",
    "R2-D2",
    "👩‍🚀 Ann ❤️ 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "Latinदेव",
  ])("keeps %j unchanged", (name) => {
    expect(DisplayName.parse(name)).toBe(name);
  });

  test.each(["Аnna", "Annа", "Pаul B.", "Αnna", "Αнна", "Иваnов", "x\u0438", "Аn\u200bna", "Ꭺnna", "Aдמ"])(
    "refuses %j, which mixes scripts in one word",
    (name) => {
      expect(DisplayName.safeParse(name).error?.issues).toMatchObject([{ message: /one alphabet/ }]);
    },
  );

  test.each(["", " ", "\u200b\u200e", "\u{e0041}", "\u3164", "\0", "\ud800"])("refuses %j", (name) => {
    expect(DisplayName.safeParse(name).success).toBe(false);
  });

  test("stays the same when parsed again, and has no invisible characters", () => {
    const emoji = /\p{RGI_Emoji}/gv;
    const joined = /(?<=[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca])[\u200c\u200d]/gu;
    const tricky = fc.constantFrom(
      ..."aАα\u094d\u200c\u200d\u200b\u202e\ufe0f\u20e31👩🚀❤🏽🏴🇩🇪\u{e0067}\u{e007f} \u3164",
    );
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 40 }),
      fc.array(tricky, { maxLength: 20 }).map((characters) => characters.join("")),
    );
    fc.assert(
      fc.property(text, (name) => {
        const { success, data = "" } = DisplayName.safeParse(name);
        if (!success) return;
        expect(DisplayName.parse(data)).toBe(data);
        const rest = data.replaceAll(emoji, "").replaceAll(joined, "");
        expect(rest).not.toMatch(/\p{Default_Ignorable_Code_Point}|\p{Cc}/u);
      }),
      { numRuns: 1_000 },
    );
  });

  test("may use any one script in a word, but no Cyrillic or Greek letters in a Latin word", () => {
    const words = (unit: string) =>
      fc.array(fc.constantFrom(...unit), { minLength: 1, maxLength: 12 }).map((letters) => letters.join(""));
    const [latin, cyrillic, greek] = [words("abcéñøxyzABC"), words("абвгдежзїЯ"), words("αβγδεζΩ")];
    fc.assert(
      fc.property(fc.oneof(latin, cyrillic, greek), fc.oneof(latin, cyrillic, greek), (one, other) => {
        expect(DisplayName.safeParse(`${one} ${other}`).success).toBe(true);
      }),
    );
    fc.assert(
      fc.property(latin, fc.oneof(cyrillic, greek), latin, (start, middle, end) => {
        for (const name of [
          `${start}${middle}`,
          `${middle}${end}`,
          `${start}${middle}${end}`,
          `Dr. ${start}${middle}`,
        ])
          expect(DisplayName.safeParse(name).success).toBe(false);
      }),
    );
  });
});
