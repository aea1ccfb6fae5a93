import type { RouterInputs, RouterOutputs } from "@kumite/api";
import { addDays } from "#lib/time.ts";
import { startOfDay } from "#lib/wall-time.ts";
import type { Filters } from "./filters.ts";

export type SearchInput = Omit<RouterInputs["availability"]["search"], "cursor">;
type SessionType = NonNullable<SearchInput["types"]>[number];
type Cohort = NonNullable<SearchInput["ownerCohorts"]>[number];

// The API searches at most a year; a day less is safe over a clock change.
const farthest = 364;

/**
 * Returns the API's input for a search. It is the same all day, so that the browser can use what the server fetched.
 * @param known the community's cohorts and types; others are ignored
 */
export function searchInput(
  { types, cohort, from, to }: Filters,
  known: Pick<RouterOutputs["community"]["get"], "cohorts" | "types">,
  zone: string,
  today: string,
): SearchInput {
  const first = from ?? today;
  const farthestDay = addDays(first, farthest - 1);
  const last = to && to >= first && to < farthestDay ? to : farthestDay;
  const offered = types.filter((type): type is SessionType => known.types.some(({ id }) => id === type));
  return {
    from: startOfDay(first, zone),
    to: startOfDay(addDays(last, 1), zone),
    ...(offered.length > 0 && { types: offered }),
    ...(cohort && known.cohorts.includes(cohort) && { ownerCohorts: [cohort as Cohort] }),
  };
}
