import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minLength } from "zod/mini";
import { isVisible, toSingleLine } from "./characters.ts";
import { Id, multiLine, singleLine } from "./text.ts";

const line = singleLine(80);
const lines = multiLine(80);

/** Characters that are hidden or change the text around them. */
const hidden = ["\0", "\u0007", "\u001b[31m", "\u007f", "\u0085", "\u202e", "\u2066", "\u2069"];

test.each(hidden)("%j is refused in a single line and in multiple lines", (text) => {
  expect(line.safeParse(`a${text}b`).success).toBe(false);
  expect(lines.safeParse(`a${text}b`).success).toBe(false);
});

test.each(["\ud800", "\udc00", "\udc00\ud800"])("a lone surrogate (%j) is refused", (text) => {
  expect(line.safeParse(text).success).toBe(false);
  expect(lines.safeParse(text).success).toBe(false);
  expect(Id.safeParse(text).success).toBe(false);
});

test.each(["Zoë", "सुमन श्रेष्ठ", "محمد", "👩‍👩‍👧‍👦 dojo", "O'Brien <b>"])("%s is kept unchanged", (text) => {
  expect(line.parse(text)).toBe(text);
  expect(lines.parse(text)).toBe(text);
});

describe("a single line", () => {
  test.each(["a\nb", "a\rb", "a\tb", "a\u2028b", "a\u2029b"])("%j is refused", (text) => {
    expect(line.safeParse(text).success).toBe(false);
  });

  test("is trimmed before its length is checked", () => {
    expect(line.parse(`  ${"x".repeat(80)}\n`)).toBe("x".repeat(80));
    expect(line.safeParse("x".repeat(81)).success).toBe(false);
    expect(singleLine(80).check(minLength(1)).safeParse("   ").success).toBe(false);
  });
});

describe("multiple lines", () => {
  test("may have line breaks and tabs; CRLF becomes LF", () => {
    expect(lines.parse("  a\r\n\tb\n\nc  ")).toBe("a\n\tb\n\nc");
    expect(lines.safeParse("a\rb").success).toBe(false);
  });

  test("are trimmed before their length is checked", () => {
    expect(lines.parse(`\n${"x".repeat(80)}\r\n`)).toBe("x".repeat(80));
    expect(lines.safeParse("x".repeat(81)).success).toBe(false);
  });
});

test("accepted text is accepted again unchanged, and can be stored", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 100 }), (text) => {
      for (const schema of [line, lines]) {
        const parsed = schema.safeParse(text);
        if (!parsed.success) continue;
        expect(schema.parse(parsed.data)).toBe(parsed.data);
        expect(parsed.data.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test.each(["", " ", "\u00a0", "\u200b", "\ufeff", "\u3164", "\u2800", "\u{e0041}", "\u0301"])(
  "%j is not visible",
  (text) => expect(isVisible(text)).toBe(false),
);

test.each(["A", "सु", "👩‍👧", "م", "-", "\u200bB"])("%j is visible", (text) =>
  expect(isVisible(text)).toBe(true),
);

test("toSingleLine makes a valid line of any text, and keeps a valid one unchanged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const made = toSingleLine(text, 80);
      expect(line.parse(made)).toBe(made);
      expect(toSingleLine(made, 80)).toBe(made);
    }),
    { numRuns: 1_000 },
  );
  expect(toSingleLine("Zoë O'Brien", 80)).toBe("Zoë O'Brien");
  expect(toSingleLine("\t a \u202e \0\nb\ud800 ", 80)).toBe("a b\ufffd");
});
