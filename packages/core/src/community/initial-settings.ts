import { community } from "./community.ts";
import type { CommunitySettings } from "./schema.ts";

/** Returns the settings that a new stage starts from. In the file, a cohort's id is its label. */
export function initialSettings(): CommunitySettings {
  const { name, defaultLocation, cohorts, types } = community;
  return {
    revision: 0,
    name,
    defaultLocation,
    cohorts: cohorts.map((cohort) => ({ id: cohort, label: cohort })),
    types: types.map((type) => ({ ...type })),
  };
}
