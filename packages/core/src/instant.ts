/** Arithmetic on instants: ISO 8601 texts in UTC with milliseconds. Imports nothing, because the browser uses it. */

/** Milliseconds. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/**
 * The longest possible availability, and so the longest meeting. It limits how far back a search for overlaps must
 * look.
 */
export const longestAvailability = 24 * hour;

/** The instant `milliseconds` after `instant` (before it, when negative), as text. */
export function shift(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

/** The same date and time of day (UTC) a year later; 29 February becomes 1 March. */
export function aYearAfter(instant: Date): Date {
  const later = new Date(instant);
  later.setUTCFullYear(later.getUTCFullYear() + 1);
  return later;
}

/** The time from `start` to `end` in whole minutes, rounded down. */
export function minutesBetween(start: string, end: string): number {
  return Math.floor((Date.parse(end) - Date.parse(start)) / minute);
}

/** Whether two half-open spans overlap. Back-to-back spans do not. */
export function overlaps(
  a: { startTime: string; endTime: string },
  b: { startTime: string; endTime: string },
): boolean {
  return a.startTime < b.endTime && b.startTime < a.endTime;
}

/** Compares texts by code unit, which orders instants in time. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Returns the earlier of two instants; `laterOf` returns the later one. */
export function earlierOf(a: string, b: string): string {
  return compareTexts(a, b) <= 0 ? a : b;
}

export function laterOf(a: string, b: string): string {
  return compareTexts(a, b) >= 0 ? a : b;
}

/** The order of lists: by start, then by id. */
export function byStart(a: { startTime: string; id: string }, b: { startTime: string; id: string }): number {
  return compareTexts(a.startTime, b.startTime) || compareTexts(a.id, b.id);
}
