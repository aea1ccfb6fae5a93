import { freeTime } from "../agenda/busy.ts";
import { cancelMeetingEntry } from "../agenda/repository.ts";
import type { Context, MemberContext } from "../context/context.ts";
import { largestTransaction, retryOnConflict, transact } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { cancelMeetingRecord } from "../meetings/repository.ts";
import { isGroup } from "./capacity.ts";
import { type AvailabilityRecord, findAvailability, type Seat } from "./repository.ts";
import { ownAvailability } from "./rules.ts";
import type { Availability, WithdrawAvailabilityInput } from "./schema.ts";
import { withdrawSeats } from "./seats.ts";

/**
 * Withdraws one of the actor's own availabilities: it can no longer be booked, and each of its meetings is canceled.
 * Idempotent.
 * @throws Refusal NOT_FOUND, IN_THE_PAST (it is over); Unavailable
 */
export async function withdrawAvailability(
  ctx: MemberContext,
  { id, reason = "" }: WithdrawAvailabilityInput,
): Promise<Availability> {
  const availability = await withdraw(
    ctx,
    { owner: ctx.actor.username, id },
    { by: ctx.actor.username, reason },
  );
  if (!availability) throw new Refusal("NOT_FOUND", "You have no such open time.");
  return ownAvailability(availability);
}

/** Who withdraws an availability, and the reason shown to the participants. */
interface Withdrawal {
  by: string;
  reason: string;
}

/**
 * Withdraws an availability for its owner.
 * @returns the availability as it is then; undefined if there is none
 * @throws Refusal IN_THE_PAST; Unavailable, which may leave a withdrawn availability with uncanceled meetings
 */
export async function withdraw(
  ctx: Context,
  key: { owner: string; id: string },
  withdrawal: Withdrawal,
): Promise<AvailabilityRecord | undefined> {
  const availability = await findAvailability(ctx.database, key);
  if (!availability) return undefined;
  if (availability.status === "CANCELED" && availability.seatCount === 0) return availability;
  if (availability.endTime <= ctx.now.toISOString())
    throw new Refusal("IN_THE_PAST", "This open time is over.");
  const isOpenOrSeated = ({ status, seatCount }: AvailabilityRecord) =>
    status !== "CANCELED" || seatCount > 0;
  return withdrawWhile(isOpenOrSeated, ctx, availability, withdrawal);
}

/**
 * Cancels the meetings that an interrupted withdrawal left. An availability that its owner has reopened meanwhile stays
 * open.
 * @param seen the withdrawn availability
 */
export async function finishWithdrawal(ctx: Context, seen: AvailabilityRecord): Promise<void> {
  const isSeated = ({ status, seatCount }: AvailabilityRecord) => status === "CANCELED" && seatCount > 0;
  await withdrawWhile(isSeated, ctx, seen, { by: seen.owner, reason: seen.withdrawReason ?? "" });
}

/**
 * How many meetings one transaction cancels. Each takes at most seven items: the meeting, two for its entry in each of
 * two calendars, and two days of its participant. The availability, its entry, one opening for each cohort, and two
 * days of its owner come in addition.
 */
function seatsAtOnce({ cohorts }: AvailabilityRecord): number {
  return Math.min(12, Math.floor((largestTransaction - 4 - cohorts.length) / 7));
}

/**
 * Withdraws an availability in as many transactions as its seats need; the first one closes it.
 * @param isLeft whether there is still something to do
 * @returns the availability as it is then; withdrawn and empty if it was deleted meanwhile
 */
async function withdrawWhile(
  isLeft: (availability: AvailabilityRecord) => boolean,
  ctx: Context,
  seen: AvailabilityRecord,
  withdrawal: Withdrawal,
): Promise<AvailabilityRecord> {
  let availability: AvailabilityRecord | undefined = seen;
  let isFirstTry = true;
  while (availability && isLeft(availability)) {
    availability = await retryOnConflict(async () => {
      const current = isFirstTry ? availability : await findAvailability(ctx.database, seen);
      isFirstTry = false;
      if (!current || !isLeft(current)) return current;
      return withdrawSome(ctx, current, withdrawal);
    });
  }
  return availability ?? { ...seen, seats: {}, seatCount: 0, status: "CANCELED" };
}

async function withdrawSome(
  ctx: Context,
  availability: AvailabilityRecord,
  { by, reason }: Withdrawal,
): Promise<AvailabilityRecord> {
  const { database, now } = ctx;
  const seats = Object.entries(availability.seats).slice(0, seatsAtOnce(availability));
  const participants = seats.map(([username]) => username);
  const meetings = seats.map(([username, seat]) => meetingOf(availability, username, seat));
  const change = { canceledBy: by, cancelReason: reason || undefined, updatedAt: now.toISOString() };
  const canceled = meetings.map((meeting) => ({
    [`meeting ${meeting.id}`]: cancelMeetingRecord(database, meeting.id, change),
    ...labeled(`${meeting.id} of the owner`, cancelMeetingEntry(database, availability.owner, meeting)),
    ...labeled(
      `${meeting.id} of the participant`,
      cancelMeetingEntry(database, meeting.participant, meeting),
    ),
    ...freeTime(database, meeting.participant, [meeting]),
  }));
  // The owner of a group stays busy with it until the last seat is free.
  const ownersTime = !isGroup(availability) || seats.length === availability.seatCount ? meetings : [];
  await transact(database, {
    ...withdrawSeats(database, availability, participants, { reason, now }),
    ...Object.assign({}, ...canceled),
    ...(ownersTime.length > 0 && freeTime(database, availability.owner, ownersTime)),
  });
  const left = Object.entries(availability.seats).slice(seatsAtOnce(availability));
  return {
    ...availability,
    seats: Object.fromEntries(left),
    seatCount: left.length,
    status: "CANCELED",
    revision: availability.revision + 1,
    updatedAt: now.toISOString(),
  };
}

/** The fields of a seat's meeting that a cancelation needs. */
function meetingOf({ id, bookings }: AvailabilityRecord, participant: string, seat: Seat) {
  const { meetingId, startTime, endTime } = seat;
  return { id: meetingId, availabilityId: id, bookings, participant, startTime, endTime };
}

function labeled<Item>(prefix: string, items: Record<string, Item>): Record<string, Item> {
  return Object.fromEntries(Object.entries(items).map(([label, item]) => [`${prefix}: ${label}`, item]));
}
