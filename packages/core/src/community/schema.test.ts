import { describe, expect, test } from "vitest";
import { mostCohorts, mostTypes } from "./ids.ts";
import { initialSettings } from "./initial-settings.ts";
import { CommunitySettings, SetCommunityInput } from "./schema.ts";

/** The fields for which the input is refused. */
function refusedFields(given: object): unknown[] {
  const { error } = SetCommunityInput.safeParse({ ...initialSettings(), ...given });
  return [...new Set(error?.issues.map(({ path }) => path[0]))];
}

const cohort = (id: string, more: object = {}) => ({ id, label: id, ...more });
const type = (id: string, more: object = {}) => ({ ...cohort(id), durationMinutes: 60, ...more });
const numbered = <Item>(count: number, make: (id: string) => Item) =>
  Array.from({ length: count }, (_, at) => make(`Item ${at}`));

test("the settings in the file can be saved and shown unchanged", () => {
  expect(SetCommunityInput.parse(initialSettings())).toEqual(initialSettings());
  expect(CommunitySettings.parse(initialSettings())).toEqual(initialSettings());
});

test("trims texts", () => {
  const { name, defaultLocation, cohorts } = SetCommunityInput.parse({
    ...initialSettings(),
    name: " Dojo ",
    defaultLocation: " Hall 1 ",
    cohorts: [cohort("White", { label: " Beginners " })],
  });
  expect({ name, defaultLocation, cohorts }).toEqual({
    name: "Dojo",
    defaultLocation: "Hall 1",
    cohorts: [{ id: "White", label: "Beginners" }],
  });
});

describe("an id", () => {
  test.each(["White", "1200-1400", "8th kyu", "dan+", "Anfänger", "白帯", "v1.0_b", "x".repeat(40)])(
    "may be %j",
    (id) => {
      expect(refusedFields({ cohorts: [cohort(id)], types: [type(id)] })).toEqual([]);
    },
  );

  test.each(["", " ", " White", "White ", "a,b", "a#b", "a/b", "__proto__", "a\nb", "-", "x".repeat(41), 7])(
    "may not be %j",
    (id) => {
      const bad = { id, label: "Label" };
      expect(refusedFields({ cohorts: [bad] })).toEqual(["cohorts"]);
      expect(refusedFields({ types: [{ ...bad, durationMinutes: 60 }] })).toEqual(["types"]);
    },
  );
});

describe("refuses", () => {
  test.each<[string, object, string]>([
    ["no name", { name: " " }, "name"],
    ["an invisible name", { name: "\u200B" }, "name"],
    ["a long name", { name: "x".repeat(81) }, "name"],
    ["no place", { defaultLocation: "" }, "defaultLocation"],
    ["a long place", { defaultLocation: "x".repeat(201) }, "defaultLocation"],
    ["a negative revision", { revision: -1 }, "revision"],
    ["no cohort", { cohorts: [] }, "cohorts"],
    ["only retired cohorts", { cohorts: [cohort("White", { isRetired: true })] }, "cohorts"],
    ["a cohort twice", { cohorts: [cohort("White"), cohort("White", { label: "Other" })] }, "cohorts"],
    [
      "a label twice",
      { cohorts: [cohort("A", { label: "Same" }), cohort("B", { label: "same" })] },
      "cohorts",
    ],
    ["a cohort without a label", { cohorts: [cohort("White", { label: "" })] }, "cohorts"],
    ["a long label", { cohorts: [cohort("White", { label: "x".repeat(61) })] }, "cohorts"],
    ["an unknown key", { cohorts: [cohort("White", { color: "white" })] }, "cohorts"],
    ["too many cohorts", { cohorts: numbered(mostCohorts + 1, cohort) }, "cohorts"],
    ["no type", { types: [] }, "types"],
    ["only retired types", { types: [type("kata", { isRetired: true })] }, "types"],
    ["a short type", { types: [type("kata", { durationMinutes: 14 })] }, "types"],
    ["a long type", { types: [type("kata", { durationMinutes: 481 })] }, "types"],
    ["half a minute", { types: [type("kata", { durationMinutes: 30.5 })] }, "types"],
    ["too many types", { types: numbered(mostTypes + 1, type) }, "types"],
  ])("%s", (_, given, field) => {
    expect(refusedFields(given)).toEqual([field]);
  });
});

test("another cohort may have the name of a retired one", () => {
  const cohorts = [cohort("White", { isRetired: true }), cohort("white-2", { label: "White" })];
  expect(refusedFields({ cohorts })).toEqual([]);
});

test("accepts the largest number of cohorts and types", () => {
  expect(refusedFields({ cohorts: numbered(mostCohorts, cohort), types: numbered(mostTypes, type) })).toEqual(
    [],
  );
});
