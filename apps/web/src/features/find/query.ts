import type { RouterOutputs } from "@kumite/api";
import type { Busy } from "./busy.ts";
import { type Filters, formatFilters } from "./filters.ts";

/** What to look for: the same all day long, so that what the server found is what the page shows. */
export type Query = {
  filters: Filters;
  /** The community's cohorts and types. */
  known: Pick<RouterOutputs["community"]["get"], "cohorts" | "types">;
  zone: string;
  /** The day in `zone`, like `2026-11-24`. */
  today: string;
};

/** What the server found, and when, in milliseconds since 1970. */
export type FirstPage = {
  query: Query;
  page: RouterOutputs["availability"]["search"];
  /** When the member is busy around these availabilities; undefined where that is not known. */
  busy: Busy[] | undefined;
  at: number;
};

/** The same for queries that ask the API for the same; what fits the calendar is sorted out afterwards. */
export function keyOf({ filters: { fits: _, ...filters }, known, zone, today }: Query): string {
  return [zone, today, formatFilters(filters), ...known.cohorts, ...known.types.map(({ id }) => id)].join(
    " ",
  );
}
