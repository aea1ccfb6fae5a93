import { expect, test } from "vitest";
import { community, getCommunity } from "./index.ts";
import { Cohort, Community, SessionType } from "./schema.ts";

// What a community may get wrong when it edits its file.
test("cohorts and types stand once each, and fit what availabilities may hold", () => {
  const { cohorts, types } = getCommunity();
  expect(cohorts).not.toHaveLength(0);
  expect(new Set(cohorts).size).toBe(cohorts.length);
  const ids = types.map((type) => type.id);
  expect(ids).not.toHaveLength(0);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { durationMinutes } of types) {
    expect(durationMinutes).toBeGreaterThanOrEqual(15);
    expect(durationMinutes).toBeLessThanOrEqual(480);
  }
  expect(community.defaultLocation.length).toBeLessThanOrEqual(200);
  expect(community.defaultLocation.trim()).not.toBe("");
});

test("what the file lists is what inputs may name", () => {
  const shown = Community.parse(getCommunity());
  expect(Cohort.options).toEqual(shown.cohorts);
  expect(SessionType.options).toEqual(shown.types.map((type) => type.id));
});
