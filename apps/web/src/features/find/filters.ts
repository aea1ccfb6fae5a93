/** What a member looks for. Days are days of their own zone, like `2026-11-24`; both are part of the span. */
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
 * Filters from a page's query. What is no filter, or a day before `today`, is left out: an old or mistyped link still
 * finds something. A last day before the first one is kept, so that its field can say what is wrong with it.
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

/** The query of a page that looks for `filters`: empty, or beginning with `?`. */
export function formatFilters({ types, fits, ...rest }: Filters): string {
  const query = new URLSearchParams(rest);
  if (fits) query.set("fits", "1");
  if (types.length > 0) query.set("types", types.join(","));
  const text = query.toString().replaceAll("%2C", ",");
  return text && `?${text}`;
}

/** What is wrong with a day that stands in a filter's field; undefined while it is still being typed. */
export function dayProblem(day: string, today: string, from?: string): string | undefined {
  // While a year is typed, it passes through 0002 and 0020.
  if (day < "1000") return undefined;
  if (day < today) return "That day has passed";
  return from !== undefined && day < from ? "Until is before From, and does not count" : undefined;
}

/** Whether anything is filtered by. */
export function isFiltered({ types, cohort, from, to, fits }: Filters): boolean {
  return types.length > 0 || Boolean(cohort || from || to || fits);
}
