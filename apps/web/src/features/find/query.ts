import type { RouterOutputs } from "@kumite/api";
import { type Filters, formatFilters } from "./filters.ts";

/** What to look for: search-input.ts makes of it what the API is asked. */
export type Query = {
  filters: Filters;
  /** The ids of the community's types. */
  known: readonly string[];
  zone: string;
  /** The day in `zone`, like `2026-11-24`. */
  today: string;
};

/** What the server found, and when, in milliseconds since 1970. */
export type FirstPage = { query: Query; page: RouterOutputs["availability"]["search"]; at: number };

/** The same for queries that ask the API for the same; the owner's cohort is no part of that. */
export function keyOf({ filters: { cohort: _, ...filters }, known, zone, today }: Query): string {
  return [zone, today, formatFilters(filters), ...known].join(" ");
}
