import { day } from "@kumite/core/instant";
import { addDays } from "#lib/time.ts";
import { startOfDay } from "#lib/wall-time.ts";

/** Returns `count` days from `day` on in `zone`, as instants; `to` is exclusive. */
export function daysSpan(day: string, count: number, zone: string): { from: string; to: string } {
  return { from: startOfDay(day, zone), to: startOfDay(addDays(day, count), zone) };
}

/** Whether hours in a span can be posted: it is not over, and begins within a year. */
export function canPostIn(span: { from: string; to: string }, now: string): boolean {
  return span.to > now && Date.parse(span.from) < Date.parse(now) + 365 * day;
}
