import { SetCommunityInput } from "@kumite/core/community/schema";
import { expect, test } from "vitest";
import { emptyItem, moved, newId, toDraft, toInput } from "./draft.ts";

const settings = {
  revision: 3,
  name: "Dojo",
  defaultLocation: "Hall 1",
  cohorts: [
    { id: "White", label: "Beginners" },
    { id: "Black", label: "Black", isRetired: true },
  ],
  types: [{ id: "kata", label: "Kata practice", durationMinutes: 30 }],
};

test("saving sends what was read, unless something was changed", () => {
  expect(toInput(toDraft(settings), 3)).toEqual({
    ...settings,
    cohorts: settings.cohorts.map((cohort) => ({ isRetired: false, ...cohort })),
    types: settings.types.map((type) => ({ isRetired: false, ...type })),
  });
});

test("new items get unique ids, even if their names are the same", () => {
  const draft = toDraft(settings);
  const added = ["White", "White", "Dan / 1st"].map((label, at) => ({ ...emptyItem(`new ${at}`), label }));
  const { cohorts } = toInput({ ...draft, cohorts: [...added, ...draft.cohorts] }, 3);
  expect(cohorts.map(({ id }) => id)).toEqual(["White-2", "White-3", "Dan - 1st", "White", "Black"]);
});

test.each([
  "White",
  " 8. Kyu! ",
  "///",
  "",
  "Größe & Maß",
  "白帯",
  "x".repeat(60),
  "ends with -",
  "#1",
  "a,b",
])("makes an id from %j that the API accepts", (label) => {
  const cohorts = [{ id: newId(label, new Set(["White"])), label: "A label" }];
  expect(SetCommunityInput.safeParse({ ...settings, cohorts }).error).toBeUndefined();
});

test("moving keeps the others in their order, and stops at the ends", () => {
  const items = ["a", "b", "c"].map(emptyItem);
  const keys = (from: number, to: number) =>
    moved(items, from, to)
      .map(({ key }) => key)
      .join("");
  expect(keys(2, 1)).toBe("acb");
  expect(keys(0, 1)).toBe("bac");
  expect(keys(0, -1)).toBe("abc");
  expect(keys(2, 3)).toBe("abc");
});
