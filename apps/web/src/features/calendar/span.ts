import { day } from "@kumite/core/instant";
import { addDays } from "#lib/time.ts";
import { startOfDay } from "#lib/wall-time.ts";

/** Some days from `day` on: as instants in `zone`, the end left out. */
export function daysSpan(day: string, count: number, zone: string): { from: string; to: string } {
  return { from: startOfDay(day, zone), to: startOfDay(addDays(day, count), zone) };
}

/** Whether any of a span can be posted: some of it is ahead, and begins within the year that can be planned. */
export function canPostIn(span: { from: string; to: string }, now: string): boolean {
  return span.to > now && Date.parse(span.from) < Date.parse(now) + 365 * day;
}
