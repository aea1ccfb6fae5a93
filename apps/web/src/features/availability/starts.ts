import type { RouterOutputs } from "@kumite/api";
import { isGroup } from "@kumite/core/availabilities/capacity";
import { compareTexts, minute, overlaps, shift } from "@kumite/core/instant";
import type { ClockFormat } from "#lib/clock-format.ts";
import { abbreviateZone, formatTime, groupByDay } from "#lib/time.ts";

type Availability = RouterOutputs["availability"]["get"];
type Span = { startTime: string; endTime: string };

/** The parts of an availability that decide when a meeting can start in it. */
type Bookable = Span &
  Pick<Availability, "durationMinutes" | "maxParticipants"> & {
    taken?: readonly Span[] | undefined;
    ownerBusy?: readonly Span[] | undefined;
  };

const quarter = 15 * minute;

/** Returns the number of free seats. */
export function seatsLeft(availability: Pick<Availability, "maxParticipants" | "participants">): number {
  return Math.max(0, availability.maxParticipants - availability.participants.length);
}

/** Returns the times of a meeting with this start; a group's meeting has the availability's own times. */
export function meetingSpan(availability: Omit<Bookable, "taken" | "ownerBusy">, start: string): Span {
  if (isGroup(availability)) return { startTime: availability.startTime, endTime: availability.endTime };
  return { startTime: start, endTime: shift(start, availability.durationMinutes * minute) };
}

/**
 * Returns the times of an availability that nobody can book: booked or closed ones, and the owner's other meetings. In
 * order, and joined if they touch.
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
 * Returns the starts to offer: the quarter hours at which a meeting fits, and the first and last possible start of each
 * free time. Past starts are left out. Empty exactly if no meeting fits any more.
 *
 * Quarter hours of UTC are quarter hours on every member's clock: every zone's offset is a multiple of 15 minutes.
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

/** Returns the first span that overlaps `span`; back to back is no overlap. */
export function firstOverlap<Other extends Span>(span: Span, others: readonly Other[]): Other | undefined {
  return others.find((other) => overlaps(span, other));
}

/**
 * Returns the first of the member's meetings that together leave no start of an availability free; undefined if one is free
 * or no start can be booked any more.
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
 * Groups starts by day, each with its time in `zone`: `18:15`. If clocks go back and show a time twice, the zone's name is
 * added (`02:30 CEST`, `02:30 CET`).
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
