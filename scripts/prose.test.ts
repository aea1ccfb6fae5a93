import { expect, test } from "vitest";
import { findWords } from "./prose.ts";

test.each([
  ["neighbours", "neighbors"],
  ["Colour", "Color"],
  ["unrecognised", "unrecognized"],
  ["normalisation", "normalization"],
  ["cancelled", "canceled"],
  ["travelling", "traveling"],
  ["centre", "center"],
  ["centred", "centered"],
  ["licence", "license"],
  ["fulfils", "fulfills"],
  ["grey", "gray"],
])("replaces %s by %s", (british, american) => {
  expect(findWords(`a\n${british} b`)).toMatchObject([{ line: 2 }]);
  const [finding] = findWords(british);
  expect(british.replace(finding?.found ?? "", finding?.instead ?? "")).toBe(american);
});

test.each([
  "kept for good",
  "asks in vain",
  "is not heeded",
  "Dates in the place of texts",
  "whatever it shall be",
])("reports %j", (text) => {
  expect(findWords(text)).toHaveLength(1);
});

test("finds a phrase across lines, in each kind of comment", () => {
  expect(findWords("/**\n * Kept for\n * good.\n */")).toMatchObject([{ line: 2, found: "for good" }]);
  expect(findWords("// Kept for\n// good.")).toHaveLength(1);
  expect(findWords("# Kept for\n# good.")).toHaveLength(1);
});

test.each([
  "STATUS:CANCELLED",
  "canceled, cancellation, canceling",
  "aria-labelledby",
  "color, center, gray, license",
  "for good reason",
  "an advertised exercise, a promise, a premise, otherwise precise",
  "the parameter of an analysis",
  "called, controlled, installed, filled",
])("accepts %j", (text) => {
  expect(findWords(text)).toEqual([]);
});
