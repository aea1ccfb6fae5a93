/** What an owner offers, and the times that can be booked. */
import type { Bookings } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import type { Procedures } from "../history.ts";

const minute = 60_000;

/** A span between two instants, in ISO-8601. */
export interface Times {
  readonly startTime: string;
  readonly endTime: string;
}

export function overlaps(a: Times, b: Times): boolean {
  return a.startTime < b.endTime && b.startTime < a.endTime;
}

/** What an owner offers. Posting sets it, and each edit replaces it completely. */
export interface Offer {
  readonly startTime: string;
  readonly endTime: string;
  readonly durationMinutes: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly maxParticipants: number;
  readonly bookings: Bookings;
  /** Empty if there is none. */
  readonly link: string;
  readonly description: string;
}

/** Returns the offer of a request, with defaults for omitted fields. */
export function offerOf(
  availability: Omit<Offer, "durationMinutes" | "bookings" | "link"> & {
    readonly durationMinutes?: number | undefined;
    readonly bookings?: Bookings | undefined;
    readonly link?: string | undefined;
  },
): Offer {
  const {
    startTime,
    endTime,
    types,
    cohorts,
    maxParticipants,
    bookings = "one",
    link = "",
    description,
  } = availability;
  const length = Math.floor((Date.parse(endTime) - Date.parse(startTime)) / minute);
  const durationMinutes = maxParticipants > 1 ? length : Math.min(availability.durationMinutes ?? 60, length);
  return {
    startTime,
    endTime,
    durationMinutes,
    types,
    cohorts,
    maxParticipants,
    bookings,
    link,
    description,
  };
}

/**
 * Returns the time that a booking requests; undefined if it lacks a necessary choice.
 * @param taken the taken times of an availability with several bookings
 */
export function askedSpan(
  offer: Offer,
  { startTime }: Procedures["availability.book"]["input"],
  taken: readonly Times[] = [],
): Times | undefined {
  const last = isSeveral(offer) ? lastFreeStart(offer, taken) : lastStart(offer);
  const isOnlyOne = last !== undefined && last <= Date.parse(offer.startTime);
  const start = startTime ?? (isOnlyOne ? offer.startTime : undefined);
  if (start === undefined) return undefined;
  const end = Date.parse(start) + offer.durationMinutes * minute;
  return { startTime: start, endTime: isGroup(offer) ? offer.endTime : new Date(end).toISOString() };
}

/** Returns the last instant at which a meeting can start beside the taken times; undefined if there is none. */
export function lastFreeStart(offer: Offer, taken: readonly Times[]): number | undefined {
  const last = lastStart(offer);
  const length = Date.parse(offer.endTime) - (isGroup(offer) ? Date.parse(offer.startTime) : last);
  // The candidates: the last possible start, and starts whose meeting ends when a taken time begins.
  const starts = [last, ...taken.map(({ startTime }) => Date.parse(startTime) - length)];
  const free = starts.filter(
    (start) =>
      start >= Date.parse(offer.startTime) &&
      start <= last &&
      !taken.some((span) => Date.parse(span.startTime) < start + length && start < Date.parse(span.endTime)),
  );
  return free.length === 0 ? undefined : Math.max(...free);
}

/** Returns the type that a booking requests; undefined if it lacks a necessary choice. */
export function askedType(offer: Offer, { type }: { type?: string }): string | undefined {
  return type ?? (isGroup(offer) || offer.types.length === 1 ? offer.types[0] : undefined);
}

/** Whether a meeting may start then. */
export function isPossibleStart(offer: Offer, startTime: string): boolean {
  return startTime >= offer.startTime && Date.parse(startTime) <= lastStart(offer);
}

function lastStart(offer: Offer): number {
  return isGroup(offer)
    ? Date.parse(offer.startTime)
    : Date.parse(offer.endTime) - offer.durationMinutes * minute;
}

/** A group meets for the whole availability; a one-to-one meeting is within it. */
export function fits(offer: Offer, meeting: Meeting): boolean {
  if (!offer.types.includes(meeting.type)) return false;
  return isGroup(offer)
    ? meeting.startTime === offer.startTime && meeting.endTime === offer.endTime
    : meeting.startTime >= offer.startTime && meeting.endTime <= offer.endTime;
}

export function isSeveral({ bookings }: Pick<Offer, "bookings">): boolean {
  return bookings === "several";
}

export function isGroup({ maxParticipants }: { readonly maxParticipants: number }): boolean {
  return maxParticipants > 1;
}

export function sameOffer(a: Offer, b: Offer): boolean {
  return a.description === b.description && JSON.stringify(a) === JSON.stringify(b);
}
