/**
 * How times are shown. Instants are ISO 8601 UTC texts as the API sends them; zones are IANA names; every result is
 * English text in that zone, whatever zone the machine is in. What turns clock readings into instants is wall-time.ts.
 */

import { day, minute } from "@kumite/core/instant";
import { type ClockFormat, formatClock, formatClockRange } from "./clock-format.ts";

const formats = new Map<string, Intl.DateTimeFormat>();

/** A formatter, made once: making one costs more than using it a hundred times. */
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

/** The clock in `zone`, as a key that sorts and compares: `18:00`. */
export function timeOf(instant: string, zone: string): string {
  const part = pick(instant, zone, { hour: "2-digit", minute: "2-digit" });
  return `${part("hour")}:${part("minute")}`;
}

/** The clock in `zone` as members read it: `18:00` or `6:00 pm`. */
export function formatTime(instant: string, zone: string, clock: ClockFormat): string {
  return formatClock(timeOf(instant, zone), clock);
}

/** The calendar day in `zone`, as a key that sorts and compares: `2026-11-24`. */
export function dayOf(instant: string, zone: string): string {
  const part = pick(instant, zone, { year: "numeric", month: "2-digit", day: "2-digit" });
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** A day in words: `Tue 24 Nov`, and with the year where it is not the year of `now`. */
export function formatDay(day: string, now?: { instant: string; zone: string }): string {
  const part = pick(`${day}T00:00:00Z`, "UTC", {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  const withYear = now !== undefined && dayOf(now.instant, now.zone).slice(0, 4) !== day.slice(0, 4);
  // Every engine shortens September in its own way.
  return `${part("weekday")} ${part("day")} ${part("month").slice(0, 3)}${withYear ? ` ${part("year")}` : ""}`;
}

/** The month of a day in words: `November 2026`. */
export function formatMonth(day: string): string {
  const part = pick(`${day}T00:00:00Z`, "UTC", { month: "long", year: "numeric" });
  return `${part("month")} ${part("year")}`;
}

/** A day as it is called today: `Today`, `Tomorrow`, `Yesterday`, else undefined. */
export function nameDay(day: string, now: string, zone: string): string | undefined {
  const names: Record<number, string> = { [-1]: "Yesterday", 0: "Today", 1: "Tomorrow" };
  return names[daysBetween(dayOf(now, zone), day)];
}

/** How many days `to` is after `from`, both like `2026-11-24`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / day);
}

/** The day `count` days after `from` (before, when negative): `addDays("2026-11-30", 1)` is `2026-12-01`. */
export function addDays(from: string, count: number): string {
  return new Date(Date.parse(from) + count * day).toISOString().slice(0, 10);
}

/** How many minutes `zone` is ahead of UTC at an instant; negative where it is behind. */
export function offsetMinutes(zone: string, instant: string): number {
  const name = format("en-US", zone, { timeZoneName: "longOffset" }).format(new Date(instant));
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

/** How far `zone` is ahead of UTC at an instant: `UTC+5:45`, `UTC−3:30`, `UTC`. */
export function formatOffset(zone: string, instant: string): string {
  const offset = offsetMinutes(zone, instant);
  const hours = Math.floor(Math.abs(offset) / 60);
  const minutes = Math.abs(offset) % 60;
  if (offset === 0) return "UTC";
  return `UTC${offset < 0 ? "−" : "+"}${hours}${minutes ? `:${String(minutes).padStart(2, "0")}` : ""}`;
}

// English-speaking places know different zones by a short name: CET in one, EST or AEDT in another.
const speakers = ["en-GB", "en-CA", "en-NZ", "en-IN"];

/** What the zone's time is called at an instant: `CET`, in summer `CEST`; its offset where it has no such name. */
export function abbreviateZone(zone: string, instant: string): string {
  for (const locale of speakers) {
    const name = format(locale, zone, { timeZoneName: "short" })
      .formatToParts(new Date(instant))
      .find((part) => part.type === "timeZoneName")?.value;
    if (name && !/^(GMT|UTC)[+-]/.test(name)) return name;
  }
  return formatOffset(zone, instant);
}

/** A zone and what its time is called at an instant: `Europe/Berlin (CET)`. */
export function formatZone(zone: string, instant: string): string {
  const name = abbreviateZone(zone, instant);
  return name === zone ? zone : `${zone} (${name})`;
}

/**
 * Two clock readings: `18:00–19:00` or `6:00–7:00 pm`; with the day where the end falls on another one (`23:30–Wed 25 Nov, 00:30`); and
 * with the zone's name at each where the clocks change in between (`02:30 CEST–02:30 CET`).
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

/** Items by their day in `zone`, in the order in which they come. */
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

/** A length in words: `45 min`, `1 h`, `1 h 30 min`. */
export function formatDuration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [hours > 0 && `${hours} h`, (rest > 0 || hours === 0) && `${rest} min`].filter(Boolean).join(" ");
}

// Engines may still answer with a city's former name; members of one place should share one zone.
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

/** The minute that has begun, as ISO UTC text. */
export function currentMinute(): string {
  return new Date(Math.floor(Date.now() / minute) * minute).toISOString();
}

/** The zone that this machine is set to: in a browser the visitor's, on a server nobody's. */
export function detectZone(): string {
  return presentName(new Intl.DateTimeFormat().resolvedOptions().timeZone);
}

/** Every zone one can choose, by name. */
export function listZones(): string[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone").map(presentName)])].sort();
}
