import { InvalidInput } from "../errors.ts";
import { aYearAfter, compareTexts, earlierOf, laterOf, minute, overlaps, shift } from "../instant.ts";
import { isGroup, isSeveral } from "./capacity.ts";
import type { AvailabilityChanges, AvailabilityRecord, Span } from "./repository.ts";
import type { Availability } from "./schema.ts";

/** The member who looks at an availability. */
export interface Viewer {
  username: string;
  cohort: string | null;
}

/**
 * Returns an availability as a member may see it. Only the owner sees the link. One to one, the owner sees all
 * participants, and a participant sees only themselves. In a group, everyone who may book it or has a seat sees all
 * participants.
 * @param ownerBusy when the owner has other meetings during it; shown if there are any
 */
export function toAvailability(
  record: AvailabilityRecord,
  viewer: Viewer,
  ownerBusy: Span[] = [],
): Availability {
  const {
    seats,
    seatCount,
    seatsVersion,
    closed,
    lastStart,
    revision,
    ownerRevision,
    withdrawReason,
    expiresAt,
    link,
    ...shown
  } = record;
  const isOwner = viewer.username === record.owner;
  const seesAll =
    isOwner ||
    (isGroup(record) &&
      (viewer.username in seats || (viewer.cohort !== null && record.cohorts.includes(viewer.cohort))));
  const participants = Object.entries(seats)
    .filter(([username]) => seesAll || username === viewer.username)
    .sort(([nameA, a], [nameB, b]) => compareTexts(a.bookedAt, b.bookedAt) || compareTexts(nameA, nameB))
    .map(([username, { displayName, cohort }]) => ({ username, displayName, cohort }));
  return {
    ...shown,
    ...(isOwner && link && { link }),
    taken: takenTimes(record),
    ...(ownerBusy.length > 0 && { ownerBusy }),
    participants,
  };
}

/** An availability as its owner sees it. */
export function ownAvailability(record: AvailabilityRecord): Availability {
  return toAvailability(record, { username: record.owner, cohort: null });
}

/** The times in a one-to-one availability that can no longer be booked, in order. */
export function takenTimes(
  availability: Pick<AvailabilityRecord, "maxParticipants" | "seats" | "closed">,
): Span[] {
  if (isGroup(availability)) return [];
  return [...Object.values(availability.seats), ...availability.closed]
    .map(({ startTime, endTime }) => ({ startTime, endTime }))
    .sort((a, b) => compareTexts(a.startTime, b.startTime));
}

type Times = Pick<AvailabilityRecord, "startTime" | "endTime" | "durationMinutes" | "maxParticipants">;

/** The last instant at which a meeting may start in an availability if nothing is taken. */
export function latestStart({ startTime, endTime, durationMinutes, maxParticipants }: Times): string {
  return isGroup({ maxParticipants }) ? startTime : shift(endTime, -durationMinutes * minute);
}

/**
 * The last start at which a meeting fits into an availability without overlapping what is `taken`; undefined if none
 * does.
 */
export function lastFreeStart(availability: Times, taken: readonly Span[]): string | undefined {
  if (isGroup(availability))
    return taken.some((span) => overlaps(span, availability)) ? undefined : availability.startTime;
  const { startTime, endTime, durationMinutes } = availability;
  let freeFrom = startTime;
  let last: string | undefined;
  const inOrder = [...taken].sort((a, b) => compareTexts(a.startTime, b.startTime));
  for (const span of [...inOrder, { startTime: endTime, endTime }]) {
    const freeUntil = earlierOf(span.startTime, endTime);
    const start = shift(freeUntil, -durationMinutes * minute);
    if (start >= freeFrom) last = start;
    freeFrom = laterOf(freeFrom, span.endTime);
  }
  return last;
}

/** Returns whether an availability that is not withdrawn can be booked, given its booked seats, and until when. */
export function offerOf(
  availability: Omit<AvailabilityChanges, "status" | "lastStart"> & Pick<AvailabilityRecord, "seats">,
): Pick<AvailabilityRecord, "status" | "lastStart"> {
  const latest = latestStart(availability);
  if (!isSeveral(availability)) {
    const isFull = Object.keys(availability.seats).length >= availability.maxParticipants;
    return { status: isFull ? "BOOKED" : "SCHEDULED", lastStart: latest };
  }
  const lastStart = lastFreeStart(availability, takenTimes(availability));
  return lastStart === undefined
    ? { status: "BOOKED", lastStart: latest }
    : { status: "SCHEDULED", lastStart };
}

/**
 * Returns how an availability changes when one of its meetings is canceled. The seat becomes free. One to one, a
 * cancelation by the owner withdraws the availability; with several bookings it only closes the time of that meeting.
 * @param actor the username of the person who cancels
 */
export function afterCancel(
  availability: AvailabilityRecord,
  meeting: Span & { participant: string },
  actor: string,
): Pick<AvailabilityRecord, "status" | "lastStart" | "closed"> {
  const { status, lastStart } = availability;
  const byOwner = actor === availability.owner && !isGroup(availability);
  const { startTime, endTime } = meeting;
  const closed =
    byOwner && isSeveral(availability)
      ? [...availability.closed, { startTime, endTime }]
      : availability.closed;
  if (status === "CANCELED" || (byOwner && !isSeveral(availability))) {
    return { status: "CANCELED", lastStart, closed };
  }
  const { [meeting.participant]: _, ...seats } = availability.seats;
  return { ...offerOf({ ...availability, seats, closed }), closed };
}

/**
 * Returns the span to search: a `from` in the past counts as now. A span that is over becomes empty: its end comes
 * before its start.
 * @throws InvalidInput if it ends before it starts, or is longer than a year
 */
export function searchSpan(input: { from: string; to: string }, now: Date): { from: string; to: string } {
  if (input.to <= input.from) throw new InvalidInput({ to: ["Must be after the start of the span"] });
  const from = new Date(Math.max(Date.parse(input.from), now.getTime()));
  if (Date.parse(input.to) > aYearAfter(from).getTime()) {
    throw new InvalidInput({ to: ["A span is at most a year"] });
  }
  return { from: from.toISOString(), to: input.to };
}
