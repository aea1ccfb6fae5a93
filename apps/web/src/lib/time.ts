/**
 * Formats times. Instants are ISO 8601 UTC texts as the API sends them; zones are IANA names; results are English text in
 * that zone and do not depend on the machine's zone. wall-time.ts converts clock readings to instants.
 */

import { day, minute } from "@kumite/core/instant";
import { type ClockFormat, formatClock, formatClockRange } from "./clock-format.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns a cached formatter: creating one costs more than a hundred uses. */
function format(locale: string, timeZone: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone} ${JSON.stringify(parts)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale, { ...parts, timeZone, hourCycle: "h23", calendar: "iso8601" });
    formats.set(key, made);
  }
  return made;
}

function pick(
  instant: string,
  zone: string,
  parts: Intl.DateTimeFormatOptions,
): (type: Intl.DateTimeFormatPartTypes) => string {
  const found = format("en-GB", zone, parts).formatToParts(new Date(instant));
  return (type) => found.find((part) => part.type === type)?.value ?? "";
}

/** Returns the clock time in `zone`, as a key that sorts and compares: `18:00`. */
export function timeOf(instant: string, zone: string): string {
  const part = pick(instant, zone, { hour: "2-digit", minute: "2-digit" });
  return `${part("hour")}:${part("minute")}`;
}

/** Formats the clock time in `zone`: `18:00` or `6:00 pm`. */
export function formatTime(instant: string, zone: string, clock: ClockFormat): string {
  return formatClock(timeOf(instant, zone), clock);
}

/** Returns the calendar day in `zone`, as a key that sorts and compares: `2026-11-24`. */
export function dayOf(instant: string, zone: string): string {
  const part = pick(instant, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** Formats a day: `Tue 24 Nov`. With `now`, adds the year if it is another one. */
export function formatDay(day: string, now?: { instant: string; zone: string }): string {
  const part = pick(`${day}T00:00:00Z`, "UTC", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const withYear = now !== undefined && dayOf(now.instant, now.zone).slice(0, 4) !== day.slice(0, 4);
  // Engines abbreviate September differently.
  return `${part("weekday")} ${part("day")} ${part("month").slice(0, 3)}${withYear ? ` ${part("year")}` : ""}`;
}

/** Formats the month of a day: `November 2026`. */
export function formatMonth(day: string): string {
  const part = pick(`${day}T00:00:00Z`, "UTC", { month: "long", year: "numeric" });
  return `${part("month")} ${part("year")}`;
}

/** Returns `Today`, `Tomorrow`, `Yesterday`, or undefined for other days. */
export function nameDay(day: string, now: string, zone: string): string | undefined {
  const names: Record<number, string> = { [-1]: "Yesterday", 0: "Today", 1: "Tomorrow" };
  return names[daysBetween(dayOf(now, zone), day)];
}

/** Returns how many days `to` is after `from`; both have the form `2026-11-24`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / day);
}

/** Returns the day `count` days after `from` (before, if negative): `addDays("2026-11-30", 1)` is `2026-12-01`. */
export function addDays(from: string, count: number): string {
  return new Date(Date.parse(from) + count * day).toISOString().slice(0, 10);
}

/** Returns how many minutes `zone` is ahead of UTC at an instant; negative if it is behind. */
export function offsetMinutes(zone: string, instant: string): number {
  const name = format("en-US", zone, { timeZoneName: "longOffset" }).format(new Date(instant));
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** Formats the offset of `zone` at an instant: `UTC+5:45`, `UTC−3:30`, `UTC`. */
export function formatOffset(zone: string, instant: string): string {
  const offset = offsetMinutes(zone, instant);
  const hours = Math.floor(Math.abs(offset) / 60);
  const minutes = Math.abs(offset) % 60;
  if (offset === 0) return "UTC";
  return `UTC${offset < 0 ? "−" : "+"}${hours}${minutes ? `:${String(minutes).padStart(2, "0")}` : ""}`;
}

// Each English locale has short names for different zones: CET in one, EST or AEDT in another.
const speakers = ["en-GB", "en-CA", "en-NZ", "en-IN"];

/** Returns the short name of the zone's time at an instant: `CET`, in summer `CEST`; its offset if it has none. */
export function abbreviateZone(zone: string, instant: string): string {
  for (const locale of speakers) {
    const name = format(locale, zone, { timeZoneName: "short" })
      .formatToParts(new Date(instant))
      .find((part) => part.type === "timeZoneName")?.value;
    if (name && !/^(GMT|UTC)[+-]/.test(name)) return name;
  }
  return formatOffset(zone, instant);
}

/** Formats a zone with the short name of its time at an instant: `Europe/Berlin (CET)`. */
export function formatZone(zone: string, instant: string): string {
  const name = abbreviateZone(zone, instant);
  return name === zone ? zone : `${zone} (${name})`;
}

/**
 * Formats a range of clock times: `18:00–19:00` or `6:00–7:00 pm`. If the end is on another day, adds that day
 * (`23:30 – Wed 25 Nov, 00:30`). If clocks change in between, adds the zone's name to both (`02:30 CEST–02:30 CET`).
 */
export function formatTimeRange(start: string, end: string, zone: string, clock: ClockFormat): string {
  const isOneClock = offsetMinutes(zone, start) === offsetMinutes(zone, end);
  const endDay = dayOf(end, zone);
  const isOneDay = endDay === dayOf(start, zone);
  if (isOneClock && isOneDay) return formatClockRange(timeOf(start, zone), timeOf(end, zone), clock);
  const reading = (instant: string) =>
    formatTime(instant, zone, clock) + (isOneClock ? "" : ` ${abbreviateZone(zone, instant)}`);
  const separator = isOneDay ? "–" : ` – ${formatDay(endDay)}, `;
  return reading(start) + separator + reading(end);
}

/** Groups items by their day in `zone`, in their given order. */
export function groupByDay<Item>(
  items: readonly Item[],
  startOf: (item: Item) => string,
  zone: string,
): { day: string; items: Item[] }[] {
  return Array.from(
    Map.groupBy(items, (item) => dayOf(startOf(item), zone)),
    ([day, items]) => ({ day, items }),
  );
}

/** Formats a duration: `45 min`, `1 h`, `1 h 30 min`. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && `${hours} h`, (rest > 0 || hours === 0) && `${rest} min`].filter(Boolean).join(" ");
}

// Engines may still return a city's former name; members in one place should have the same zone.
const renamed: Record<string, string> = {
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Godthab": "America/Nuuk",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Etc/UTC": "UTC",
  "Etc/GMT": "UTC",
  "Europe/Kiev": "Europe/Kyiv",
};

function presentName(zone: string): string {
  return renamed[zone] ?? zone;
}

/** Returns the current minute, as ISO UTC text. */
export function currentMinute(): string {
  return new Date(Math.floor(Date.now() / minute) * minute).toISOString();
}

/** Returns this machine's zone: in a browser the visitor's; meaningless on a server. */
export function detectZone(): string {
  return presentName(new Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** Returns the names of all zones that members can choose. */
export function listZones(): string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone").map(presentName)])].sort();
}
