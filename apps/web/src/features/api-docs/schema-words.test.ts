import { expect, test } from "vitest";
import { fieldsOf, typeWords } from "./schema-words.ts";

const say = (schema: Parameters<typeof typeWords>[0]) =>
  typeWords(schema)
    .map((piece) => ("text" in piece ? piece.text : `<${piece.schema}>`))
    .join("");

test.each([
  [{ type: "string" }, "string"],
  [{ type: ["string", "null"] }, "string or null"],
  [{ type: "string", format: "date-time" }, "instant"],
  [{ type: "string", enum: ["one", "several"] }, '"one" or "several"'],
  [{ $ref: "#/components/schemas/Meeting" }, "<Meeting>"],
  [{ type: "array", items: { $ref: "#/components/schemas/Meeting" } }, "list of <Meeting>"],
  [{ anyOf: [{ $ref: "#/components/schemas/A" }, { $ref: "#/components/schemas/B" }] }, "<A> or <B>"],
  [
    { type: "object", additionalProperties: { type: "array", items: { type: "string" } } },
    "object, each field a list of string",
  ],
  [{}, "anything"],
])("describes %j as “%s”", (schema, words) => {
  expect(say(schema)).toBe(words);
});

test("lists fields in their order, nested ones included", () => {
  const fields = fieldsOf({
    type: "object",
    required: ["people", "id"],
    properties: {
      people: {
        type: "array",
        maxItems: 6,
        minItems: 1,
        items: {
          type: "object",
          required: ["name"],
          properties: { name: { type: "string", maxLength: 2_000 } },
        },
      },
      id: { type: "string" },
      settings: { type: "object", properties: { limit: { type: "integer", minimum: 1, default: 25 } } },
    },
  });
  expect(fields.map(({ path, isOptional, bounds }) => [path, isOptional, bounds])).toEqual([
    ["people", false, ["1 to 6 items"]],
    ["people[].name", false, ["up to 2,000 characters"]],
    ["id", false, []],
    ["settings", true, []],
    ["settings.limit", true, ["at least 1", "25 if left out"]],
  ]);
});
