import { checkChoices } from "../community/rules.ts";
import type { CommunitySettings } from "../community/schema.ts";
import { type FieldErrors, InvalidInput, Refusal } from "../errors.ts";
import {
  aYearAfter,
  compareTexts,
  earlierOf,
  hour,
  laterOf,
  minute,
  minutesBetween,
  overlaps,
  shift,
} from "../instant.ts";
import type { AvailabilityChanges, AvailabilityRecord, Span } from "./repository.ts";
import type { Availability, BookAvailabilityInput, Bookings, SetAvailabilityInput } from "./schema.ts";

/** How long an availability is kept after its end. */
const keptAfterEnd = 48 * hour;

const defaultDurationMinutes = 60;

/** Who looks at an availability. */
export interface Viewer {
  username: string;
  cohort: string | null;
}

/**
 * An availability as a member may see it: the link is for its owner. Of a one-to-one availability the owner sees who has booked, and
 * a participant themselves; of a group everyone who may book it or has a seat.
 * @param ownerBusy when the owner has other meetings during it; shown where there are any
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

/** The times in a one-to-one availability that cannot be booked any more, in order. */
export function takenTimes(
  availability: Pick<AvailabilityRecord, "maxParticipants" | "seats" | "closed">,
): Span[] {
  if (isGroup(availability)) return [];
  return [...Object.values(availability.seats), ...availability.closed]
    .map(({ startTime, endTime }) => ({ startTime, endTime }))
    .sort((a, b) => compareTexts(a.startTime, b.startTime));
}

/** Whether an availability seats a group: then all meet for the whole availability. */
export function isGroup(availability: { maxParticipants: number }): boolean {
  return availability.maxParticipants > 1;
}

/** Whether an availability takes several bookings, each for its own time. */
export function isSeveral(availability: { bookings: Bookings }): boolean {
  return availability.bookings === "several";
}

type Times = Pick<AvailabilityRecord, "startTime" | "endTime" | "durationMinutes" | "maxParticipants">;

/** The last instant at which a meeting may start in an availability where nothing is taken. */
function latestStart({ startTime, endTime, durationMinutes, maxParticipants }: Times): string {
  return isGroup({ maxParticipants }) ? startTime : shift(endTime, -durationMinutes * minute);
}

/** The last start at which a meeting fits into an availability beside what is `taken`; undefined where none does. */
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

/** What an availability that is not withdrawn offers beside its booked seats: whether it can be booked, and until when. */
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
 * What an availability becomes when one of its meetings is canceled. The seat is free again. One to one, where the owner cancels,
 * the availability is withdrawn; where it takes several bookings, only the time of the meeting stays closed.
 * @param actor who cancels
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
 * Refuses an availability in which no meeting could start, because its owner has other meetings then.
 * @param busy the owner's meetings outside of the availability
 * @throws Refusal OWNER_BUSY
 */
export function checkOwnerFree(
  availability: AvailabilityChanges & Pick<AvailabilityRecord, "seats">,
  busy: readonly Span[],
): void {
  if (availability.status !== "SCHEDULED") return;
  const taken = isSeveral(availability) ? takenTimes(availability) : [];
  if (lastFreeStart(availability, [...taken, ...busy]) !== undefined) return;
  const message = "You have another meeting then";
  throw new Refusal("OWNER_BUSY", `${message}, and no start is left beside it.`, { startTime: [message] });
}

/**
 * What posting or editing makes of an availability.
 * @param former the availability that is edited: what the input leaves out stays as it was there, and retired types and
 *   cohorts may stay
 * @throws Refusal IN_THE_PAST, InvalidInput
 */
export function planAvailability(
  input: SetAvailabilityInput,
  owner: { displayName: string; cohort: string | null; revision: number },
  community: Pick<CommunitySettings, "cohorts" | "types" | "defaultLocation">,
  now: Date,
  former?: AvailabilityRecord,
): AvailabilityChanges {
  const { startTime, endTime, types, cohorts } = input;
  checkChoices(community, { types, cohorts }, former);
  if (startTime <= now.toISOString()) {
    throw new Refusal("IN_THE_PAST", "An open time starts in the future.", {
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
  const bookings = group ? "one" : (input.bookings ?? former?.bookings ?? "one");
  const reopens = former?.status === "CANCELED";
  const planned = {
    ownerDisplayName: owner.displayName,
    ownerCohort: owner.cohort,
    ownerRevision: owner.revision,
    startTime,
    endTime,
    durationMinutes,
    types,
    cohorts,
    maxParticipants,
    bookings,
    // A withdrawn availability opens as a whole when it is edited.
    closed: bookings === "several" && former && !reopens ? former.closed : [],
    location: (input.location ?? former?.location) || community.defaultLocation,
    link: input.link ?? former?.link ?? "",
    description: input.description ?? former?.description ?? "",
    updatedAt: now.toISOString(),
    expiresAt: Math.ceil((Date.parse(endTime) + keptAfterEnd) / 1_000),
  };
  return { ...planned, ...offerOf({ ...planned, seats: former?.seats ?? {} }) };
}

/**
 * Refuses an edit that would break a booked seat: fewer places than people, another form of meeting, or a meeting
 * whose time or type the availability no longer offers.
 * @throws Refusal HAS_BOOKINGS
 */
export function checkSeatsKept(former: AvailabilityRecord, edited: AvailabilityChanges): void {
  const seats = Object.values(former.seats);
  if (seats.length === 0) return;
  const refuse = (field: keyof AvailabilityChanges, message: string) => {
    throw new Refusal("HAS_BOOKINGS", `Seats are booked: ${message}`, { [field]: [message] });
  };
  if (former.bookings !== edited.bookings) {
    refuse("bookings", "One booking or several: that cannot change once a seat is booked.");
  }
  if (seats.length > edited.maxParticipants && !isSeveral(edited)) {
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

/** What a booking asks for, once the availability's lack of a choice has filled the gaps. */
export interface SeatChoice {
  startTime: string;
  endTime: string;
  type: string;
}

/** Whether an availability may still be booked by anybody. */
export function hasOpenSeat(
  availability: Pick<AvailabilityRecord, "status" | "seatCount" | "maxParticipants" | "bookings">,
): boolean {
  return (
    availability.status === "SCHEDULED" &&
    (isSeveral(availability) || availability.seatCount < availability.maxParticipants)
  );
}

/**
 * Decides whether a member may take a seat, and which: everything but calendars.
 * A one-to-one start is any with `availability.startTime <= start` and `start + duration <= availability.endTime`.
 * @throws Refusal ALREADY_BOOKED, COHORT_NOT_ALLOWED, TYPE_NOT_OFFERED, OUTSIDE_WINDOW, IN_THE_PAST;
 *   InvalidInput where a choice that is needed was left out
 */
export function chooseSeat(
  availability: AvailabilityRecord,
  member: { cohort: string | null },
  input: Pick<BookAvailabilityInput, "startTime" | "type">,
  now: Date,
): SeatChoice {
  if (!hasOpenSeat(availability)) throw new Refusal("ALREADY_BOOKED", "This is no longer open.");
  if (member.cohort === null || !availability.cohorts.includes(member.cohort)) {
    throw new Refusal("COHORT_NOT_ALLOWED", "This is for other cohorts.");
  }
  const type = input.type ?? inferType(availability);
  if (type !== undefined && !availability.types.includes(type)) {
    throw new Refusal("TYPE_NOT_OFFERED", "This kind of session is not offered here.", {
      type: ["Not offered here"],
    });
  }
  const startTime =
    input.startTime ??
    (availability.lastStart <= availability.startTime ? availability.startTime : undefined);
  if (startTime !== undefined) checkStart(availability, startTime, now);
  // An availability that is over is refused as such, whatever the choice.
  else if (availability.lastStart < now.toISOString()) throw pastStart();
  const missing: FieldErrors = {};
  if (startTime === undefined) missing["startTime"] = ["Choose a start"];
  if (type === undefined) missing["type"] = ["Choose a kind of session"];
  if (startTime === undefined || type === undefined) throw new InvalidInput(missing);
  const endTime = isGroup(availability)
    ? availability.endTime
    : shift(startTime, availability.durationMinutes * minute);
  if (takenTimes(availability).some((span) => overlaps(span, { startTime, endTime }))) {
    throw new Refusal("ALREADY_BOOKED", "This time is taken.", { startTime: ["Taken"] });
  }
  return { startTime, endTime, type };
}

function inferType(availability: AvailabilityRecord): string | undefined {
  return isGroup(availability) || availability.types.length === 1 ? availability.types[0] : undefined;
}

function checkStart(availability: AvailabilityRecord, startTime: string, now: Date): void {
  if (startTime < availability.startTime || startTime > latestStart(availability)) {
    throw new Refusal("OUTSIDE_WINDOW", "This start does not fit the open time.", {
      startTime: ["Does not fit the open time"],
    });
  }
  if (startTime < now.toISOString()) throw pastStart();
}

function pastStart(): Refusal {
  return new Refusal("IN_THE_PAST", "This start has passed.", { startTime: ["Has passed"] });
}
