import { community } from "../community/community.ts";
import { type FieldErrors, InvalidInput, Refusal } from "../errors.ts";
import { aYearAfter, compareTexts, hour, minute, minutesBetween, shift } from "../instant.ts";
import type { AvailabilityChanges, AvailabilityRecord, Span } from "./repository.ts";
import type { Availability, BookAvailabilityInput, SetAvailabilityInput } from "./schema.ts";

/** How long a window is kept after its end. */
const keptAfterEnd = 48 * hour;

const defaultDurationMinutes = 60;

/** Who looks at a window. */
export interface Viewer {
  username: string;
  cohort: string | null;
}

/**
 * A window as a member may see it: the link is for its owner. Of a one-to-one window the owner sees who has booked, and
 * a participant themselves; of a group everyone who may book it or has a seat.
 */
export function toAvailability(record: AvailabilityRecord, viewer: Viewer): Availability {
  const {
    seats,
    seatCount,
    seatsVersion,
    closed,
    lastStart,
    revision,
    ownerRevision,
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
  return { ...shown, ...(isOwner && link && { link }), taken: takenTimes(record), participants };
}

/** A window as its owner sees it. */
export function ownAvailability(record: AvailabilityRecord): Availability {
  return toAvailability(record, { username: record.owner, cohort: null });
}

/** The times in a one-to-one window that cannot be booked any more, in order. */
export function takenTimes(window: Pick<AvailabilityRecord, "maxParticipants" | "seats" | "closed">): Span[] {
  if (isGroup(window)) return [];
  return [...Object.values(window.seats), ...window.closed]
    .map(({ startTime, endTime }) => ({ startTime, endTime }))
    .sort((a, b) => compareTexts(a.startTime, b.startTime));
}

/** Whether a window seats a group: then all meet for the whole window. */
export function isGroup(window: { maxParticipants: number }): boolean {
  return window.maxParticipants > 1;
}

/**
 * What posting or editing makes of a window, before any seat is looked at.
 * @param former the window that is edited: what the input leaves out stays as it was there
 * @throws Refusal IN_THE_PAST, InvalidInput
 */
export function planWindow(
  input: SetAvailabilityInput,
  owner: { displayName: string; cohort: string | null; revision: number },
  now: Date,
  former?: AvailabilityRecord,
): AvailabilityChanges {
  const { startTime, endTime, types, cohorts } = input;
  if (startTime <= now.toISOString()) {
    throw new Refusal("IN_THE_PAST", "A window starts in the future.", {
      startTime: ["Choose a start in the future"],
    });
  }
  if (Date.parse(startTime) > aYearAfter(now).getTime()) {
    throw new InvalidInput({ startTime: ["At most a year ahead"] });
  }
  const maxParticipants = input.maxParticipants ?? former?.maxParticipants ?? 1;
  const length = minutesBetween(startTime, endTime);
  const group = isGroup({ maxParticipants });
  const wished = input.durationMinutes ?? (former && !isGroup(former) ? former.durationMinutes : undefined);
  const durationMinutes = group ? length : Math.min(wished ?? defaultDurationMinutes, length);
  return {
    ownerDisplayName: owner.displayName,
    ownerCohort: owner.cohort,
    ownerRevision: owner.revision,
    startTime,
    endTime,
    lastStart: group ? startTime : shift(endTime, -durationMinutes * minute),
    durationMinutes,
    types,
    cohorts,
    maxParticipants,
    bookings: group ? "one" : (input.bookings ?? former?.bookings ?? "one"),
    location: (input.location ?? former?.location) || community.defaultLocation,
    link: input.link ?? former?.link ?? "",
    description: input.description ?? former?.description ?? "",
    status: former && former.seatCount >= maxParticipants ? "BOOKED" : "SCHEDULED",
    updatedAt: now.toISOString(),
    expiresAt: Math.ceil((Date.parse(endTime) + keptAfterEnd) / 1_000),
  };
}

/**
 * Refuses an edit that would break a booked seat: fewer places than people, another form of meeting, or a meeting
 * whose time or type the window no longer offers.
 * @throws Refusal HAS_BOOKINGS
 */
export function checkSeatsKept(former: AvailabilityRecord, edited: AvailabilityChanges): void {
  const seats = Object.values(former.seats);
  if (seats.length === 0) return;
  const refuse = (field: keyof AvailabilityChanges, message: string) => {
    throw new Refusal("HAS_BOOKINGS", `Seats are booked: ${message}`, { [field]: [message] });
  };
  if (seats.length > edited.maxParticipants) {
    refuse("maxParticipants", `${seats.length} seats are booked already.`);
  }
  if (isGroup(former) !== isGroup(edited)) {
    refuse("maxParticipants", "One to one and group cannot change places once a seat is booked.");
  }
  for (const seat of seats) {
    if (!edited.types.includes(seat.type)) refuse("types", "A booked type must stay.");
    const kept = isGroup(edited)
      ? seat.startTime === edited.startTime && seat.endTime === edited.endTime
      : seat.startTime >= edited.startTime && seat.endTime <= edited.endTime;
    if (!kept) refuse("startTime", "A booked meeting must keep its time.");
  }
}

/**
 * The span that a search looks at: a `from` in the past counts as now. Of a span that is over nothing is left: its end
 * comes before its beginning.
 * @throws InvalidInput where it ends before it begins, or is longer than a year
 */
export function searchSpan(input: { from: string; to: string }, now: Date): { from: string; to: string } {
  if (input.to <= input.from) throw new InvalidInput({ to: ["Must be after the beginning of the span"] });
  const from = new Date(Math.max(Date.parse(input.from), now.getTime()));
  if (Date.parse(input.to) > aYearAfter(from).getTime()) {
    throw new InvalidInput({ to: ["A span is at most a year"] });
  }
  return { from: from.toISOString(), to: input.to };
}

/** What a booking asks for, once the window's lack of a choice has filled the gaps. */
export interface SeatChoice {
  startTime: string;
  endTime: string;
  type: string;
}

/** Whether a window may still be booked by anybody. */
export function hasOpenSeat(
  window: Pick<AvailabilityRecord, "status" | "seatCount" | "maxParticipants">,
): boolean {
  return window.status === "SCHEDULED" && window.seatCount < window.maxParticipants;
}

/**
 * Decides whether a member may take a seat, and which: everything but calendars.
 * A one-to-one start is any with `window.startTime <= start` and `start + duration <= window.endTime`.
 * @throws Refusal ALREADY_BOOKED, COHORT_NOT_ALLOWED, TYPE_NOT_OFFERED, OUTSIDE_WINDOW, IN_THE_PAST;
 *   InvalidInput where a choice that is needed was left out
 */
export function chooseSeat(
  window: AvailabilityRecord,
  member: { cohort: string | null },
  input: Pick<BookAvailabilityInput, "startTime" | "type">,
  now: Date,
): SeatChoice {
  if (!hasOpenSeat(window)) throw new Refusal("ALREADY_BOOKED", "This is no longer open.");
  if (member.cohort === null || !window.cohorts.includes(member.cohort)) {
    throw new Refusal("COHORT_NOT_ALLOWED", "This is for other cohorts.");
  }
  const type = input.type ?? inferType(window);
  if (type !== undefined && !window.types.includes(type)) {
    throw new Refusal("TYPE_NOT_OFFERED", "This kind of session is not offered here.", {
      type: ["Not offered here"],
    });
  }
  const startTime = input.startTime ?? (window.lastStart <= window.startTime ? window.startTime : undefined);
  if (startTime !== undefined) checkStart(window, startTime, now);
  // A window that is over is refused as such, whatever the choice.
  else if (window.lastStart < now.toISOString()) throw pastStart();
  const missing: FieldErrors = {};
  if (startTime === undefined) missing["startTime"] = ["Choose a start"];
  if (type === undefined) missing["type"] = ["Choose a kind of session"];
  if (startTime === undefined || type === undefined) throw new InvalidInput(missing);
  const endTime = isGroup(window) ? window.endTime : shift(startTime, window.durationMinutes * minute);
  return { startTime, endTime, type };
}

function inferType(window: AvailabilityRecord): string | undefined {
  return isGroup(window) || window.types.length === 1 ? window.types[0] : undefined;
}

function checkStart(window: AvailabilityRecord, startTime: string, now: Date): void {
  if (startTime < window.startTime || startTime > window.lastStart) {
    throw new Refusal("OUTSIDE_WINDOW", "This start does not fit the window.", {
      startTime: ["Does not fit the window"],
    });
  }
  if (startTime < now.toISOString()) throw pastStart();
}

function pastStart(): Refusal {
  return new Refusal("IN_THE_PAST", "This start has passed.", { startTime: ["Has passed"] });
}
