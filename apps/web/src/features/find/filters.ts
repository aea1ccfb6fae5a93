import type { RouterInputs, RouterOutputs } from "@kumite/api";
import { addDays } from "#lib/time.ts";
import { startOfDay } from "#lib/wall-time.ts";

/** What a member looks for. Days are days of their own zone, like `2026-11-24`; both are part of the span. */
export type Filters = {
  types: string[];
  /** The owner's cohort. */
  cohort?: string;
  from?: string;
  to?: string;
};

type SearchInput = Omit<RouterInputs["availability"]["search"], "cursor">;
type SessionType = NonNullable<SearchInput["types"]>[number];
type Cohort = NonNullable<SearchInput["ownerCohorts"]>[number];

// The API looks a year ahead at most; a day less leaves room for a clock change.
const farthest = 364;

/**
 * Filters from a page's query. What is no filter, or a day before `today`, is left out: an old or mistyped link still
 * finds something.
 */
export function parseFilters(query: URLSearchParams, today: string): Filters {
  const types = [...new Set(query.get("types")?.split(",").filter(Boolean))].sort();
  const cohort = query.get("cohort");
  const from = parseDay(query.get("from"), today);
  const to = parseDay(query.get("to"), from ?? today);
  return { types, ...(cohort && { cohort }), ...(from && { from }), ...(to && { to }) };
}

function parseDay(text: string | null, earliest: string): string | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text) || text < earliest) return undefined;
  const time = Date.parse(text);
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  return exists ? text : undefined;
}

/** The query of a page that looks for `filters`: empty, or beginning with `?`. */
export function formatFilters({ types, ...days }: Filters): string {
  const query = new URLSearchParams(days);
  if (types.length > 0) query.set("types", types.join(","));
  const text = query.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

/** Whether anything is filtered by. */
export function isFiltered({ types, cohort, from, to }: Filters): boolean {
  return types.length > 0 || Boolean(cohort || from || to);
}

/**
 * What to ask the API for. The same all day long, so that what the server fetched is what the browser asks for.
 * @param known the community's cohorts and types: filters by others are left out
 */
export function searchInput(
  { types, cohort, from, to }: Filters,
  known: Pick<RouterOutputs["community"]["get"], "cohorts" | "types">,
  zone: string,
  today: string,
): SearchInput {
  const first = from ?? today;
  const farthestDay = addDays(first, farthest - 1);
  const last = to && to < farthestDay ? to : farthestDay;
  const offered = types.filter((type): type is SessionType => known.types.some(({ id }) => id === type));
  return {
    from: startOfDay(first, zone),
    to: startOfDay(addDays(last, 1), zone),
    ...(offered.length > 0 && { types: offered }),
    ...(cohort && known.cohorts.includes(cohort) && { ownerCohorts: [cohort as Cohort] }),
  };
}
