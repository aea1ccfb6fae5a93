import { describe, expect, test } from "vitest";
import { weakened, weakenedTemplates } from "./mutators.ts";

const always = "OR attribute_not_exists(noSuchField))";

describe("a weakened condition", () => {
  test("of one clause is always true", () => {
    expect(weakened("version = :seen")).toEqual([`(version = :seen ${always}`]);
  });

  test("of several clauses loses one at a time", () => {
    expect(weakened("a = :a AND b = :b")).toEqual([
      `(a = :a ${always} AND b = :b`,
      `a = :a AND (b = :b ${always}`,
    ]);
  });

  test("keeps a range together", () => {
    expect(weakened("a BETWEEN :b AND :c")).toEqual([`(a BETWEEN :b AND :c ${always}`]);
  });

  test("keeps each expression of a template in its clause", () => {
    const texts = ["a = ", " AND b = :b AND ", ""];
    const quasis = texts.map((raw) => ({ type: "TemplateElement", value: { raw, cooked: raw } }));
    const expressions = [
      { type: "Identifier", name: "one" },
      { type: "Identifier", name: "other" },
    ];
    const made = [...weakenedTemplates({ type: "TemplateLiteral", quasis, expressions })];
    expect(made.map((template) => template.expressions)).toEqual(Array(3).fill(expressions));
    expect(
      made.map((template) => template.quasis?.map(({ value }) => (value as { raw: string }).raw)),
    ).toEqual([
      ["(a = ", ` ${always} AND b = :b AND `, ""],
      ["a = ", ` AND (b = :b ${always} AND `, ""],
      ["a = ", " AND b = :b AND (", ` ${always}`],
    ]);
  });
});
