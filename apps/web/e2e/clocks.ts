import { Temporal } from "temporal-polyfill";

/** The zones of the tests: offsets that are not whole hours, on both sides of UTC, one with daylight saving time. */
export const kathmandu = "Asia/Kathmandu";
export const stJohns = "America/St_Johns";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** What a clock in `zone` shows, by Temporal; the app computes it without Temporal. */
export function clockAt(instant: string, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
}

/** `Tue 24 Nov` */
export function shortDay(instant: string, zone: string): string {
  const { dayOfWeek, day, month } = clockAt(instant, zone);
  return `${weekdays[dayOfWeek - 1]} ${day} ${months[month - 1]}`;
}

/** `Tue 24 Nov`, with the year if it is not the current one. */
export function dayInWords(instant: string, zone: string): string {
  const { year } = clockAt(instant, zone);
  const words = shortDay(instant, zone);
  return year === Temporal.Now.zonedDateTimeISO(zone).year ? words : `${words} ${year}`;
}

/** `18:00` */
export function timeInWords(instant: string, zone: string): string {
  return clockAt(instant, zone).toPlainTime().toString({ smallestUnit: "minute" });
}

/** `18:00–20:00`, for a span within a day. */
export function timesInWords(start: string, end: string, zone: string): string {
  return `${timeInWords(start, zone)}–${timeInWords(end, zone)}`;
}

/** `Asia/Kathmandu (UTC+5:45)`, `America/St_Johns (NST)` */
export function zoneInWords(instant: string, zone: string): string {
  const { offset } = clockAt(instant, zone);
  const names: Record<string, string> = { "+05:45": "UTC+5:45", "-03:30": "NST", "-02:30": "NDT" };
  return `${zone} (${names[offset]})`;
}

/** Returns the instant of a time of day in `zone`, `days` after today there. */
export function instantIn(days: number, time: string, zone: string): string {
  const day = Temporal.Now.plainDateISO(zone).add({ days });
  return day
    .toZonedDateTime({ timeZone: zone, plainTime: time })
    .toInstant()
    .toString({ smallestUnit: "millisecond" });
}
