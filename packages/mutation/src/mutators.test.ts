import { describe, expect, test } from "vitest";
import { weakened } from "./mutators.ts";

const always = "OR attribute_not_exists(noSuchField))";

describe("a weakened condition", () => {
  test("of one clause always holds", () => {
    expect(weakened("version = :seen")).toEqual([`(version = :seen ${always}`]);
  });

  test("of several loses one after the other", () => {
    expect(weakened("a = :a AND b = :b")).toEqual([
      `(a = :a ${always} AND b = :b`,
      `a = :a AND (b = :b ${always}`,
    ]);
  });

  test("keeps a range together", () => {
    expect(weakened("a BETWEEN :b AND :c")).toEqual([`(a BETWEEN :b AND :c ${always}`]);
  });
});
