import { addDays } from "#lib/time.ts";
import { startOfDay } from "#lib/wall-time.ts";

/** Some days from `day` on: as instants in `zone`, the end left out. */
export function daysSpan(day: string, count: number, zone: string): { from: string; to: string } {
  return { from: startOfDay(day, zone), to: startOfDay(addDays(day, count), zone) };
}
