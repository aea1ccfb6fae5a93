import type { RouterInputs } from "@kumite/api";
import { addDays } from "#lib/time.ts";
import { startOfDay } from "#lib/wall-time.ts";
import type { Filters } from "./filters.ts";

type SearchInput = Omit<RouterInputs["availability"]["search"], "cursor">;
type SessionType = NonNullable<SearchInput["types"]>[number];

// The API looks a year ahead at most; a day less leaves room for a clock change.
const farthest = 364;

/**
 * What to ask the API for. The same all day long, so that what the server fetched is what the browser asks for.
 * @param known the ids of the community's types: others are left out
 */
export function searchInput(
  { types, from, to }: Filters,
  known: readonly string[],
  zone: string,
  today: string,
): SearchInput {
  const first = from ?? today;
  const farthestDay = addDays(first, farthest - 1);
  const last = to && to < farthestDay ? to : farthestDay;
  const offered = types.filter((type): type is SessionType => known.includes(type));
  return {
    from: startOfDay(first, zone),
    to: startOfDay(addDays(last, 1), zone),
    ...(offered.length > 0 && { types: offered }),
  };
}
