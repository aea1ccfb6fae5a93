import type { MutantResult } from "@stryker-mutator/api/core";
import { expect, test } from "vitest";
import { percentOf, scoreOf, tableOf } from "./report.ts";

const cursor = "packages/core/src/context/cursor.ts";
const source = 'first();\n  const [payload = "", mac = ""] = cursor.split(".");\nlast();\n';

function mutant(status: MutantResult["status"], line: number, replacement: string): MutantResult {
  const location = { start: { line, column: 3 }, end: { line, column: 9 } };
  return { status, location, replacement } as MutantResult;
}

test("counts killed and explained mutants, and lists survivors with their place", () => {
  const score = scoreOf(cursor, source, [
    mutant("Killed", 1, "second()"),
    mutant("Timeout", 1, "while (true);"),
    mutant("RuntimeError", 1, "throw 1"),
    mutant("Ignored", 1, '""'),
    mutant("Survived", 2, '"Stryker was here!"'),
    mutant("Survived", 2, "another"),
    { ...mutant("RuntimeError", 3, "first()"), statusReason: "Test runner crashed. Tried twice" },
    mutant("NoCoverage", 3, "{}"),
  ]);
  expect(score).toEqual({
    file: cursor,
    killed: 3,
    explained: 1,
    survived: [
      '2:3  const [payload = "", mac = ""] = cursor.split(".");  →  another',
      "3:3  last();  →  first()",
      "3:3  last();  →  {}",
    ],
  });
  expect(percentOf(score)).toBe(50);
  expect(percentOf({ killed: 0, survived: [] })).toBe(100);
});

test("keeps the rows of other files, sorted by name", () => {
  const first = tableOf("", [
    { file: "b.ts", killed: 1, explained: 0, survived: [] },
    { file: "a.ts", killed: 2, explained: 1, survived: ["x", "y"] },
  ]);
  expect(first.split("\n").slice(2)).toEqual([
    "| `a.ts` | 2 | 1 | 2 | 50 % |",
    "| `b.ts` | 1 | 0 | 0 | 100 % |",
  ]);
  const second = tableOf(first, [{ file: "b.ts", killed: 1, explained: 0, survived: ["z"] }]);
  expect(second.split("\n").slice(2)).toEqual([
    "| `a.ts` | 2 | 1 | 2 | 50 % |",
    "| `b.ts` | 1 | 0 | 1 | 50 % |",
  ]);
});
