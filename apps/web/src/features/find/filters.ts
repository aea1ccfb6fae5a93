/** A member's filters. Days are in the member's zone, such as `2026-11-24`; both are inclusive. */
export type Filters = {
  types: string[];
  /** The owner's cohort. */
  cohort?: string;
  from?: string;
  to?: string;
  /** Only availabilities with a start at which the member has no meeting. */
  fits?: true;
};

/**
 * Reads filters from a page's query. Ignores what is not a filter, and days before `today`, so that an old or mistyped
 * link still finds something. Keeps a last day before the first day, so that its field can show the mistake.
 */
export function parseFilters(query: URLSearchParams, today: string): Filters {
  const types = [...new Set(query.get("types")?.split(",").filter(Boolean))].sort();
  const cohort = query.get("cohort");
  const from = parseDay(query.get("from"), today);
  const to = parseDay(query.get("to"), today);
  return {
    types,
    ...(cohort && { cohort }),
    ...(from && { from }),
    ...(to && { to }),
    ...(query.has("fits") && { fits: true }),
  };
}

function parseDay(text: string | null, earliest: string): string | undefined {
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text) || text < earliest) return undefined;
  const time = Date.parse(text);
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  return exists ? text : undefined;
}

/** Returns the query of a page with these filters: empty, or beginning with `?`. */
export function formatFilters({ types, fits, ...rest }: Filters): string {
  const query = new URLSearchParams(rest);
  if (fits) query.set("fits", "1");
  if (types.length > 0) query.set("types", types.join(","));
  const text = query.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

/** Returns the message for an invalid day in a filter; undefined if it is valid or still being typed. */
export function dayProblem(day: string, today: string, from?: string): string | undefined {
  // While a year is typed, it is 0002 and 0020 in between.
  if (day < "1000") return undefined;
  if (day < today) return "That day has passed";
  return from !== undefined && day < from ? "Until is before From, so it is ignored" : undefined;
}

/** Whether any filter is set. */
export function isFiltered({ types, cohort, from, to, fits }: Filters): boolean {
  return types.length > 0 || Boolean(cohort || from || to || fits);
}
