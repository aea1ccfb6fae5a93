import type { RouterOutputs } from "@kumite/api";

import type { ClockFormat } from "#lib/clock-format.ts";
import { abbreviateZone, formatTime, groupByDay } from "#lib/time.ts";

type Availability = RouterOutputs["availability"]["get"];
type Span = { startTime: string; endTime: string };

const minute = 60_000;
const quarter = 15 * minute;

/** Whether all seats of a window meet as one, for the whole of it. */
export function isGroup(window: Pick<Availability, "maxParticipants">): boolean {
  return window.maxParticipants > 1;
}

/** How many seats of a window are free. */
export function seatsLeft(window: Pick<Availability, "maxParticipants" | "participants">): number {
  return Math.max(0, window.maxParticipants - window.participants.length);
}

/** The length of a span in whole minutes. */
export function minutesOf(span: Span): number {
  return Math.floor((Date.parse(span.endTime) - Date.parse(span.startTime)) / minute);
}

/** The meeting that a start makes of a window: a group's is the window itself. */
export function meetingSpan(
  window: Span & Pick<Availability, "durationMinutes" | "maxParticipants">,
  start: string,
): Span {
  if (isGroup(window)) return { startTime: window.startTime, endTime: window.endTime };
  const end = Date.parse(start) + window.durationMinutes * minute;
  return { startTime: start, endTime: new Date(end).toISOString() };
}

/**
 * The starts offered to somebody who books: the window's own, the quarter hours that fit, and the last that fits,
 * as far as they are still ahead. Empty exactly when nothing of the window can be booked any more.
 *
 * Quarter hours of UTC are quarter hours on every member's clock: all zones are whole quarters from it.
 */
export function possibleStarts(
  window: Span & Pick<Availability, "durationMinutes" | "maxParticipants">,
  now: string,
): string[] {
  const first = Date.parse(window.startTime);
  const last = isGroup(window) ? first : Date.parse(window.endTime) - window.durationMinutes * minute;
  const starts = new Set([first]);
  for (let time = Math.ceil(first / quarter) * quarter; time <= last; time += quarter) starts.add(time);
  if (last > first) starts.add(last);
  return [...starts]
    .filter((time) => time >= Date.parse(now))
    .sort((a, b) => a - b)
    .map((time) => new Date(time).toISOString());
}

/** The first of some spans that shares a moment with `span`; back to back they do not. */
export function firstOverlap<Other extends Span>(span: Span, others: readonly Other[]): Other | undefined {
  return others.find((other) => span.startTime < other.endTime && other.startTime < span.endTime);
}

/**
 * The first of the member's meetings that leave no start of a window free; undefined while one is, or where none can be
 * booked any more.
 */
export function clashOf<Other extends Span>(
  window: Parameters<typeof possibleStarts>[0],
  meetings: readonly Other[],
  now: string,
): Other | undefined {
  const near = meetings.filter((meeting) => firstOverlap(window, [meeting]));
  if (near.length === 0) return undefined;
  const clashes = possibleStarts(window, now).map((start) => firstOverlap(meetingSpan(window, start), near));
  return clashes.every((clash) => clash !== undefined) ? clashes[0] : undefined;
}

/**
 * Starts by day, each with what a clock in `zone` shows: `18:15`; with the zone's name too where clocks are turned
 * back and show it twice (`02:30 CEST`, `02:30 CET`).
 */
export function labelStarts(
  starts: readonly string[],
  zone: string,
  clock: ClockFormat,
): { day: string; starts: { start: string; label: string }[] }[] {
  return groupByDay(starts, (start) => start, zone).map(({ day, items }) => {
    const times = items.map((start) => formatTime(start, zone, clock));
    const isRepeated = (time: string) => times.indexOf(time) !== times.lastIndexOf(time);
    return {
      day,
      starts: items.map((start) => {
        const time = formatTime(start, zone, clock);
        return { start, label: isRepeated(time) ? `${time} ${abbreviateZone(zone, start)}` : time };
      }),
    };
  });
}
