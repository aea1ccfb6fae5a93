import { hour, minute } from "@kumite/core/instant";
import { dayOf, daysBetween, formatDuration, offsetMinutes } from "./time.ts";

/** Formats an instant relative to `now`: `in 5 minutes`, `in 3 hours`, `tomorrow`, `2 days ago`; days are days in `zone`. */
export function formatRelative(instant: string, now: string, zone: string): string {
  const words = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });
  const ahead = Date.parse(instant) - Date.parse(now);
  if (Math.abs(ahead) < minute) return "now";
  if (Math.abs(ahead) < hour) return words.format(Math.trunc(ahead / minute), "minute");
  if (Math.abs(ahead) < 12 * hour) return words.format(Math.trunc(ahead / hour), "hour");
  const days = daysBetween(dayOf(now, zone), dayOf(instant, zone));
  return days === 0 ? words.format(Math.trunc(ahead / hour), "hour") : words.format(days, "day");
}

/** Compares two zones' clocks at an instant: `3 h 45 min ahead of you`, `the same time as yours`. */
export function compareZones(theirs: string, yours: string, instant: string): string {
  const ahead = offsetMinutes(theirs, instant) - offsetMinutes(yours, instant);
  if (ahead === 0) return "the same time as yours";
  return `${formatDuration(Math.abs(ahead))} ${ahead > 0 ? "ahead of" : "behind"} you`;
}
