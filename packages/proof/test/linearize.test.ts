import { describe, expect, test } from "vitest";
import { findContradiction, type Operation } from "../src/check/linearize.ts";

// A register with concurrent reads and writes.
type Register = Operation<string>;

function written(value: string, start: number, end: number, isOptional = false): Register {
  return { start, end, isOptional, describe: () => `write ${value}`, apply: () => value };
}

function read(value: string, start: number, end: number): Register {
  return { start, end, describe: () => `read ${value}`, holds: (state) => state === value };
}

function contradictionIn(...operations: Register[]): string | undefined {
  return findContradiction({ initial: "0", key: (state) => state, operations });
}

describe("an order is found", () => {
  test("for operations one after the other", () => {
    expect(contradictionIn(read("0", 0, 1), written("a", 2, 3), read("a", 4, 5))).toBeUndefined();
  });

  test("for concurrent writes in either order", () => {
    const writes = [written("a", 0, 10), written("b", 0, 10)];
    expect(contradictionIn(...writes, read("a", 11, 12))).toBeUndefined();
    expect(contradictionIn(...writes, read("b", 11, 12))).toBeUndefined();
    expect(contradictionIn(...writes, read("a", 1, 2), read("b", 3, 4))).toBeUndefined();
  });

  test("for a write without an answer that took effect later or never", () => {
    const lost = written("a", 0, Number.POSITIVE_INFINITY, true);
    expect(contradictionIn(lost, read("a", 5, 6))).toBeUndefined();
    expect(contradictionIn(lost, read("0", 5, 6), read("a", 100, 101))).toBeUndefined();
    expect(contradictionIn(lost, read("0", 5, 6))).toBeUndefined();
  });
});

describe("no order is found", () => {
  test.each<[string, Register[], string]>([
    ["for a value that was read too early", [read("a", 0, 1), written("a", 2, 3)], "read a"],
    ["for a value that was read too late", [written("a", 0, 1), read("0", 2, 3)], "read 0"],
    [
      "for reads that need contradictory orders",
      [written("a", 0, 9), read("a", 1, 2), read("0", 3, 4)],
      "read 0",
    ],
    [
      "for readers who disagree",
      [written("a", 0, 9), written("b", 0, 9), read("a", 10, 11), read("b", 12, 13)],
      "read b",
    ],
    ["for a value that nobody wrote", [written("a", 0, 1, true), read("c", 0, 9)], "read c"],
  ])("%s", (_, operations, stopped) => {
    expect(contradictionIn(...operations)).toContain(`no order explains "${stopped}"`);
  });
});

test("handles many concurrent operations", () => {
  const operations = Array.from({ length: 12 }, (_, index) => written(String(index), 0, 100));
  expect(contradictionIn(...operations, read("7", 101, 102))).toBeUndefined();
  expect(contradictionIn(...operations, read("none", 101, 102))).toContain("read none");
});
