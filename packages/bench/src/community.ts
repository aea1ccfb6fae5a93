import { community } from "@kumite/core/community";
import type { CommunitySettings } from "@kumite/core/community/schema";
import type { Stored } from "./engine.ts";

const numbered = (what: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${what} ${at + 1}`);

/** The cohorts in searches: the caller's, and others. */
export const callersCohort = "Cohort 24";
export const otherCohorts = numbered("Cohort", 23);
export const searchTypes = numbered("type", 8);

/** By cohort: the share of its availabilities that are taken and still have their openings. */
export const staleShares: ReadonlyMap<string, number> = new Map([
  ["half taken", 0.5],
  ["four in five taken", 0.8],
]);

const cohorts = [...community.cohorts, ...otherCohorts, callersCohort, ...staleShares.keys()];

/** The stored community of the benchmarks: the file's, with the cohorts and types of the searches. */
export const benchCommunity: Stored = {
  table: "Community",
  item: {
    id: "community",
    writtenBy: "bench",
    revision: 1,
    name: community.name,
    defaultLocation: community.defaultLocation,
    cohorts: cohorts.map((id) => ({ id, label: id })),
    types: [...community.types, ...searchTypes.map((id) => ({ id, label: id, durationMinutes: 60 }))],
  } satisfies CommunitySettings & { id: string; writtenBy: string },
};
