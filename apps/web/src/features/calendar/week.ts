import { addDays } from "#lib/time.ts";
import { startOfDay } from "#lib/wall-time.ts";

/** The week, from Monday on, in which a day lies: as instants in `zone`, its end left out. */
export function weekSpan(day: string, zone: string): { from: string; to: string } {
  const monday = addDays(day, -((new Date(day).getUTCDay() + 6) % 7));
  return { from: startOfDay(monday, zone), to: startOfDay(addDays(monday, 7), zone) };
}
