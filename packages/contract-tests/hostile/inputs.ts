import fc from "fast-check";
import type { InputSchema } from "./procedures.ts";
import { hostileDates, hostileKeys, hostileValues, timeZones } from "./values.ts";

/** Existing names, ids and cursors, so that some inputs succeed. */
export interface SeedData {
  readonly usernames: readonly string[];
  /** Of availabilities and meetings. */
  readonly ids: readonly string[];
  readonly cursors: readonly string[];
}

const hostile = fc.constantFrom(...hostileValues);

/**
 * Inputs of a procedure as JSON texts. Most follow its schema, with some parts spoiled: hostile values, and missing,
 * extra or duplicate keys. The rest are other values.
 */
export function inputOf(schema: InputSchema | undefined, known: SeedData): fc.Arbitrary<string> {
  if (!schema) return fc.oneof(hostile, fc.json());
  return fc.oneof({ weight: 9, arbitrary: fitting(schema, known, "") }, hostile, fc.json());
}

/** Values that fit the schema, except that some objects are spoiled. */
function fitting(schema: InputSchema, known: SeedData, name: string): fc.Arbitrary<string> {
  const { type, items, minimum = 0, maximum = 1e6, maxLength = 100 } = schema;
  if (schema.enum) return asJson(fc.constantFrom(...schema.enum));
  if (schema.format === "date-time") return asJson(date);
  switch (type) {
    case "object":
      return objectOf(schema, known);
    case "array": {
      const item = items ? fitting(items, known, name) : fc.json();
      const some = fc.uniqueArray(item, { minLength: 1, maxLength: 8 });
      return some.map((values) => `[${values.join()}]`);
    }
    case "integer":
    case "number":
      return asJson(fc.integer({ min: minimum, max: maximum }));
    case "boolean":
      return asJson(fc.boolean());
    default:
      return asJson(textOf(known, name, maxLength));
  }
}

function asJson(arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<string> {
  return arbitrary.map((value) => JSON.stringify(value));
}

function textOf(known: SeedData, name: string, maxLength: number): fc.Arbitrary<string> {
  switch (name) {
    case "owner":
    case "username":
      return fc.constantFrom(...known.usernames);
    case "id":
      return fc.constantFrom(...known.ids);
    case "cursor":
      return fc.constantFrom(...known.cursors);
    case "timezone":
      return fc.constantFrom(...timeZones);
    case "type":
    case "types":
      return fc.constantFrom("sparring", "kata");
    case "cohort":
    case "cohorts":
    case "ownerCohorts":
      return fc.constantFrom("White", "Green", "Black");
    default:
      return fc.oneof(
        fc.string({ unit: "binary", maxLength: Math.min(maxLength, 300) }),
        fc.string({ unit: "grapheme", maxLength: Math.min(maxLength, 40) }),
      );
  }
}

const halfHour = 1_800_000;

/** Dates: most so close that two make a valid span, some around now with any offset, some extreme. */
const date = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .integer({ min: 1, max: 40 })
      .map((count) => new Date((Math.ceil(Date.now() / halfHour) + count) * halfHour).toISOString()),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        fc.integer({ min: -2 * 24 * 60, max: 400 * 24 * 60 }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
      )
      .map(([minutes, offset]) => {
        const local = new Date(Date.now() + (minutes + offset) * 60_000).toISOString().slice(0, -1);
        const clock = new Date(Math.abs(offset) * 60_000).toISOString().slice(11, 16);
        return `${local}${offset < 0 ? "-" : "+"}${clock}`;
      }),
  },
  fc.constantFrom(...hostileDates),
);

function objectOf({ properties = {}, required = [] }: InputSchema, known: SeedData): fc.Arbitrary<string> {
  const fields = Object.entries(properties).map(([name, schema]) => {
    const entry = fitting(schema, known, name).map((value): Entry => [name, value]);
    return required.includes(name) ? entry : fc.option(entry, { freq: 1, nil: undefined });
  });
  const key = fc.constantFrom(...Object.keys(properties), ...hostileKeys);
  const spoil = fc.oneof(fc.constant([]), fc.array(fc.tuple(key, fc.option(hostile)), { maxLength: 3 }));
  return fc.tuple(fc.tuple(...fields), spoil).map(([entries, spoiled]) => {
    // A null value drops the key. Any other value adds the key again, and the last one counts.
    const dropped = new Set(spoiled.flatMap(([name, value]) => (value === null ? [name] : [])));
    const added = spoiled.flatMap(([name, value]): Entry[] => (value === null ? [] : [[name, value]]));
    const kept = entries.flatMap((entry) => (entry && !dropped.has(entry[0]) ? [entry] : []));
    return `{${[...kept, ...added].map(([name, value]) => `${JSON.stringify(name)}:${value}`).join()}}`;
  });
}

type Entry = readonly [name: string, value: string];
