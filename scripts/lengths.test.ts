import { expect, test } from "vitest";
import { findLengthProblems } from "./lengths.ts";

const lines = (count: number) => "x\n".repeat(count);

test("a file may have up to 300 lines", () => {
  const files = new Map([
    ["a.ts", lines(300)],
    ["b.ts", `${lines(299)}x`],
    ["empty.ts", ""],
  ]);
  expect(findLengthProblems(files, {})).toEqual([]);
});

test("a longer file is reported, unless it is an exception", () => {
  const files = new Map([
    ["a.ts", lines(301)],
    ["b.ts", `${lines(300)}x`],
    ["c.ts", `const text = \`${lines(300)}\`;\n`],
    ["d.ts", lines(301)],
  ]);
  expect(findLengthProblems(files, { "d.ts": "a table" })).toEqual([
    "a.ts: 301 lines, and 300 are the most",
    "b.ts: 301 lines, and 300 are the most",
    "c.ts: 301 lines, and 300 are the most",
  ]);
});

test("an exception that is short enough, or is gone, is reported", () => {
  expect(findLengthProblems(new Map([["a.ts", lines(300)]]), { "a.ts": "", "b.ts": "" })).toEqual([
    "a.ts: no longer needs its exception in scripts/lengths.ts",
    "b.ts: no longer needs its exception in scripts/lengths.ts",
  ]);
});
