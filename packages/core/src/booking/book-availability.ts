import { randomUUID } from "node:crypto";
import { firstDays, isBusy, readDays, type SeenDay, takeTime } from "../agenda/busy.ts";
import { addMeetingEntry } from "../agenda/repository.ts";
import { chooseSeat, hasOpenSeat } from "../availabilities/booking-rules.ts";
import { isSeveral } from "../availabilities/capacity.ts";
import { type AvailabilityRecord, asAvailability, type Seat } from "../availabilities/repository.ts";
import { offerOf } from "../availabilities/rules.ts";
import type { BookAvailabilityInput } from "../availabilities/schema.ts";
import { takeSeat } from "../availabilities/seats.ts";
import type { MemberContext } from "../context/context.ts";
import { batchGet } from "../database/batch-get.ts";
import { ConflictError, retryOnConflict, type TransactItem, transact } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { findMeeting, insertMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { toMeeting } from "../meetings/rules.ts";
import type { Meeting } from "../meetings/schema.ts";
import { mayMeet } from "../users/blocks.ts";
import { asUser, type UserRecord } from "../users/repository.ts";
import { checkIsMember } from "../users/rules.ts";
import { checkChurn, churnKey } from "./churn.ts";

/**
 * Books a seat. The seat, the meeting and both calendars change together or not at all. Repeating a successful booking
 * returns the same meeting.
 *
 * Conditions on the write prevent double bookings: on the availability's seats, and on the versions of the days on
 * which each person was seen to be free.
 * @throws Refusal NOT_FOUND, OWN_AVAILABILITY, ALREADY_BOOKED, COHORT_NOT_ALLOWED, TYPE_NOT_OFFERED, OUTSIDE_WINDOW,
 *   IN_THE_PAST, OVERLAPS_MEETING, OWNER_BUSY, BOOKED_TOO_OFTEN; InvalidInput if a choice is missing;
 *   AccountClosed; Unavailable
 */
export async function bookAvailability(ctx: MemberContext, input: BookAvailabilityInput): Promise<Meeting> {
  if (input.owner === ctx.actor.username)
    throw new Refusal("OWN_AVAILABILITY", "This open time is your own.");
  const meetingId = randomUUID();
  let seenBefore = false;
  return retryOnConflict(async (outcomeUnknown) => {
    const made = outcomeUnknown ? await findMeeting(ctx.database, meetingId) : undefined;
    if (made) return toMeeting(made);
    const { availability, owner, member, days, calendar } = await readParties(ctx, input);
    checkIsMember(member);
    if (owner && !mayMeet(member, owner)) throw new Refusal("NOT_FOUND", "There is no such open time.");
    if (!availability || !owner) {
      throw seenBefore
        ? new Refusal("ALREADY_BOOKED", "This was withdrawn a moment ago.")
        : new Refusal("NOT_FOUND", "There is no such open time.");
    }
    seenBefore = true;
    const held = availability.seats[ctx.actor.username];
    if (held) return repeatedBooking(ctx, held, input);
    const churn = checkChurn(ctx.database, ctx.actor.username, availability.id, calendar);
    return takeFreeSeat(ctx, { meetingId, availability, owner, member, days, churn }, input);
  });
}

/** Reads everything that the booking decision needs in one request, except days that follow only from the availability. */
async function readParties(ctx: MemberContext, input: BookAvailabilityInput) {
  const people = [ctx.actor.username, input.owner];
  const days = input.startTime === undefined ? undefined : firstDays(people, input.startTime);
  const { Users, Availabilities, Calendar } = await batchGet(ctx.database, {
    Users: people.map((username) => ({ username })),
    Availabilities: [{ owner: input.owner, id: input.id }],
    Calendar: [churnKey(ctx.actor.username, input.id), ...(days?.keys ?? [])],
  });
  const users = Users.map(asUser);
  return {
    availability: Availabilities[0] && asAvailability(Availabilities[0]),
    owner: users.find((user) => user.username === input.owner),
    member: users.find((user) => user.username === ctx.actor.username),
    days: days?.seen(Calendar) ?? [],
    calendar: Calendar,
  };
}

/** Returns the meeting that the actor already holds here, unless the input asks for another one. */
async function repeatedBooking(
  ctx: MemberContext,
  held: Seat,
  input: BookAvailabilityInput,
): Promise<Meeting> {
  const same =
    (input.startTime ?? held.startTime) === held.startTime && (input.type ?? held.type) === held.type;
  if (!same) {
    throw new Refusal("ALREADY_BOOKED", "You have a seat here already, at another time or of another kind.");
  }
  const meeting = await findMeeting(ctx.database, held.meetingId);
  // Canceled since the availability was read, so the seat is free again.
  if (meeting?.status !== "SCHEDULED") throw new ConflictError();
  return toMeeting(meeting);
}

interface Booking {
  meetingId: string;
  availability: AvailabilityRecord;
  owner: UserRecord;
  member: UserRecord;
  /** Days of both people that were already read. */
  days: SeenDay[];
  /** A condition on the number of earlier cancelations by the member here, if there are any. */
  churn: Record<string, TransactItem>;
}

async function takeFreeSeat(
  ctx: MemberContext,
  { meetingId, availability, owner, member, days: seen, churn }: Booking,
  input: BookAvailabilityInput,
): Promise<Meeting> {
  const { database } = ctx;
  const seat = chooseSeat(availability, member, input, ctx.now);
  // While a group has a seat taken, its owner is busy with it, and the availability's own condition protects that. Only
  // the first seat must find the owner free.
  const ownerJoins = availability.seatCount === 0 || isSeveral(availability);
  const people = ownerJoins ? [ctx.actor.username, owner.username] : [ctx.actor.username];
  const days = await readDays(database, people, seat, seen);
  // Meetings of this same availability do not count: they were booked since it was read (a booking sent twice, for
  // example), and the availability's own condition decides about them.
  if (isBusy(days, ctx.actor.username, seat, availability.id)) {
    throw new Refusal("OVERLAPS_MEETING", "You have another meeting at that time.");
  }
  if (isBusy(days, owner.username, seat, availability.id)) {
    throw new Refusal("OWNER_BUSY", "The host has another meeting at that time.");
  }

  const now = ctx.now.toISOString();
  const meeting: MeetingRecord = {
    id: meetingId,
    availabilityId: availability.id,
    owner: owner.username,
    ownerDisplayName: owner.displayName,
    ownerRevision: owner.revision,
    participant: ctx.actor.username,
    participantDisplayName: member.displayName,
    participantRevision: member.revision,
    windowRevision: availability.revision,
    bookings: availability.bookings,
    link: availability.link,
    hostLink: owner.defaultLink,
    ...seat,
    location: availability.location,
    description: availability.description,
    status: "SCHEDULED",
    createdAt: now,
    updatedAt: now,
  };
  const { displayName, cohort, revision } = member;
  const taken: Seat = { meetingId, displayName, cohort, revision, ...seat, bookedAt: now };
  const offer = offerOf({ ...availability, seats: { ...availability.seats, [ctx.actor.username]: taken } });
  try {
    await transact(database, {
      ...takeSeat(database, availability, ctx.actor.username, taken, offer),
      meeting: insertMeeting(database, meeting),
      memberEntry: addMeetingEntry(database, ctx.actor.username, meeting),
      ownerEntry: addMeetingEntry(database, owner.username, meeting),
      ...Object.fromEntries(
        days.map((day) => [`${day.username} on ${day.date}`, takeTime(database, day, meeting)]),
      ),
      ...churn,
    });
  } catch (error) {
    if (error instanceof ConflictError && lostLastSeat(error, ctx.actor.username)) {
      throw new Refusal("ALREADY_BOOKED", "This was taken a moment ago.");
    }
    throw error;
  }
  return toMeeting(meeting);
}

/** Whether the availability had no seat left when the write failed. Then retrying cannot succeed. */
function lostLastSeat(conflict: ConflictError, actor: string): boolean {
  if (conflict.outcomeUnknown || !conflict.failed.has("seat")) return false;
  const availability = conflict.failed.get("seat") as AvailabilityRecord | undefined;
  return availability !== undefined && !hasOpenSeat(availability) && !(actor in availability.seats);
}
