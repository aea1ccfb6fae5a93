import type { RouterOutputs } from "@kumite/api";
import { isGroup } from "@kumite/core/availabilities/capacity";
import { compareTexts, minute, overlaps, shift } from "@kumite/core/instant";
import type { ClockFormat } from "#lib/clock-format.ts";
import { abbreviateZone, formatTime, groupByDay } from "#lib/time.ts";

type Availability = RouterOutputs["availability"]["get"];
type Span = { startTime: string; endTime: string };

/** Of an availability, what decides when a meeting may start in it. */
type Bookable = Span &
  Pick<Availability, "durationMinutes" | "maxParticipants"> & {
    taken?: readonly Span[] | undefined;
    ownerBusy?: readonly Span[] | undefined;
  };

const quarter = 15 * minute;

/** How many seats of an availability are free. */
export function seatsLeft(availability: Pick<Availability, "maxParticipants" | "participants">): number {
  return Math.max(0, availability.maxParticipants - availability.participants.length);
}

/** The meeting that a start makes of an availability: a group's is the availability itself. */
export function meetingSpan(availability: Omit<Bookable, "taken" | "ownerBusy">, start: string): Span {
  if (isGroup(availability)) return { startTime: availability.startTime, endTime: availability.endTime };
  return { startTime: start, endTime: shift(start, availability.durationMinutes * minute) };
}

/**
 * The times of an availability that nobody can book: what is booked or closed in it, and when its owner has other meetings.
 * In order, and joined where they touch.
 */
export function takenTimes({ taken = [], ownerBusy = [] }: Pick<Bookable, "taken" | "ownerBusy">): Span[] {
  const inOrder = [...taken, ...ownerBusy].sort((a, b) => compareTexts(a.startTime, b.startTime));
  const joined: Span[] = [];
  for (const { startTime, endTime } of inOrder) {
    const last = joined.at(-1);
    if (!last || last.endTime < startTime) joined.push({ startTime, endTime });
    else if (last.endTime < endTime) last.endTime = endTime;
  }
  return joined;
}

/**
 * The starts offered to someone who books: the quarter hours that fit, and the first and last that fit into the availability
 * and between what is taken of it, as far as they are still ahead. Empty exactly when no meeting fits any more.
 *
 * Quarter hours of UTC are quarter hours on every member's clock: all zones are whole quarters from it.
 */
export function possibleStarts(availability: Bookable, now: string): string[] {
  const first = Date.parse(availability.startTime);
  const length = isGroup(availability) ? 0 : availability.durationMinutes * minute;
  const last = isGroup(availability) ? first : Date.parse(availability.endTime) - length;
  const taken = takenTimes(availability);
  const starts = new Set([first, last]);
  for (let time = Math.ceil(first / quarter) * quarter; time <= last; time += quarter) starts.add(time);
  for (const span of taken) starts.add(Date.parse(span.endTime)).add(Date.parse(span.startTime) - length);
  return [...starts]
    .filter((time) => time >= first && time <= last && time >= Date.parse(now))
    .sort((a, b) => a - b)
    .map((time) => new Date(time).toISOString())
    .filter((start) => !firstOverlap(meetingSpan(availability, start), taken));
}

/** The first of some spans that shares a moment with `span`; back to back they do not. */
export function firstOverlap<Other extends Span>(span: Span, others: readonly Other[]): Other | undefined {
  return others.find((other) => overlaps(span, other));
}

/**
 * The first of the member's meetings that leave no start of an availability free; undefined while one is, or where none can be
 * booked any more.
 */
export function clashOf<Other extends Span>(
  availability: Parameters<typeof possibleStarts>[0],
  meetings: readonly Other[],
  now: string,
): Other | undefined {
  const near = meetings.filter((meeting) => overlaps(availability, meeting));
  if (near.length === 0) return undefined;
  const clashes = possibleStarts(availability, now).map((start) =>
    firstOverlap(meetingSpan(availability, start), near),
  );
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
