import type { JsonSchema } from "@kumite/api/openapi";

/** A piece of a type's description: words, or the name of a schema that is described elsewhere. */
export type Piece = { text: string } | { schema: string };

/** A field of an object. Fields of nested objects are separate ones. */
export type Field = {
  /** `participants[].username` */
  path: string;
  isOptional: boolean;
  type: Piece[];
  /** Its limits, such as `up to 200 characters`. */
  bounds: string[];
};

/** Describes the type of a value in words. */
export function typeWords(schema: JsonSchema): Piece[] {
  if (schema.$ref !== undefined) return [{ schema: schema.$ref.slice(schema.$ref.lastIndexOf("/") + 1) }];
  if (schema.anyOf) return joined(schema.anyOf.map(typeWords));
  if (schema.enum) return [{ text: schema.enum.map((value) => JSON.stringify(value)).join(" or ") }];
  if (schema.items) return [{ text: "list of " }, ...typeWords(schema.items)];
  const { additionalProperties } = schema;
  if (typeof additionalProperties === "object") {
    return [{ text: "object, each field a " }, ...typeWords(additionalProperties)];
  }
  const types = [schema.type ?? "anything"].flat();
  return [{ text: types.map((type) => formats[schema.format ?? ""] ?? type).join(" or ") }];
}

const formats: Record<string, string | undefined> = { "date-time": "instant", uuid: "UUID" };

function joined(alternatives: Piece[][]): Piece[] {
  return alternatives.flatMap((pieces, at) => (at === 0 ? pieces : [{ text: " or " }, ...pieces]));
}

/** Returns the fields of an object in their order, nested ones included. */
export function fieldsOf(schema: JsonSchema, prefix = ""): Field[] {
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const path = prefix + name;
    const field: Field = {
      path,
      isOptional: !required.has(name),
      type: typeWords(property),
      bounds: boundsOf(property),
    };
    const within = property.items ? fieldsOf(property.items, `${path}[].`) : fieldsOf(property, `${path}.`);
    return [field, ...within];
  });
}

function boundsOf(schema: JsonSchema): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems } = schema;
  return [
    range(minimum, maximum),
    range(minLength, maxLength, " characters"),
    range(minItems, maxItems, " items"),
    schema.default === undefined ? undefined : `${JSON.stringify(schema.default)} if left out`,
  ].filter((bound) => bound !== undefined);
}

const number = new Intl.NumberFormat("en");

function range(from: number | undefined, to: number | undefined, of = ""): string | undefined {
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined) return `up to ${number.format(Number(to))}${of}`;
  if (to === undefined) return `at least ${number.format(from)}${of}`;
  return `${number.format(from)} to ${number.format(to)}${of}`;
}
