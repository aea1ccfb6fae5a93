import { freeTime } from "../calendar/busy.ts";
import { cancelMeetingEntry } from "../calendar/repository.ts";
import type { Context, MemberContext } from "../context.ts";
import { transact, withFreshReads } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { cancelMeetingRecord } from "../meetings/repository.ts";
import { type AvailabilityRecord, findAvailability, type Seat, withdrawSeats } from "./repository.ts";
import { isGroup, ownAvailability } from "./rules.ts";
import type { Availability, WithdrawAvailabilityInput } from "./schema.ts";

/**
 * Withdraws one of the actor's own windows: nobody books it any more, and every meeting of it is canceled. Repeating it
 * changes nothing.
 * @throws Refusal NOT_FOUND, IN_THE_PAST (it is over); Unavailable
 */
export async function withdrawAvailability(
  ctx: MemberContext,
  { id, reason = "" }: WithdrawAvailabilityInput,
): Promise<Availability> {
  const window = await withdraw(ctx, { owner: ctx.actor, id }, { by: ctx.actor, reason });
  if (!window) throw new Refusal("NOT_FOUND", "There is no such window of yours.");
  return ownAvailability(window);
}

/** Who withdraws a window, and what the participants are told. */
interface Withdrawal {
  by: string;
  reason: string;
}

/**
 * Withdraws a window for its owner.
 * @returns the window as it is then; undefined where there is none
 * @throws Refusal IN_THE_PAST; Unavailable, after which the window may be withdrawn with some of its meetings left
 */
export async function withdraw(
  ctx: Context,
  key: { owner: string; id: string },
  withdrawal: Withdrawal,
): Promise<AvailabilityRecord | undefined> {
  const window = await findAvailability(ctx.database, key);
  if (!window) return undefined;
  if (window.status === "CANCELED" && window.seatCount === 0) return window;
  if (window.endTime <= ctx.now.toISOString()) throw new Refusal("IN_THE_PAST", "This window is over.");
  const isOpenOrSeated = ({ status, seatCount }: AvailabilityRecord) =>
    status !== "CANCELED" || seatCount > 0;
  return withdrawWhile(isOpenOrSeated, ctx, window, withdrawal);
}

/**
 * Cancels the meetings that a withdrawal has left which was cut short. A window that its owner has opened again meanwhile
 * stays open.
 * @param seen the withdrawn window
 */
export async function finishWithdrawal(ctx: Context, seen: AvailabilityRecord): Promise<void> {
  const isSeated = ({ status, seatCount }: AvailabilityRecord) => status === "CANCELED" && seatCount > 0;
  await withdrawWhile(isSeated, ctx, seen, { by: seen.owner, reason: seen.withdrawReason ?? "" });
}

/**
 * How many meetings one transaction cancels: each has seven items at most (the meeting, its entries in two calendars
 * moved, two days of its participant), beside the window, its entry, its openings and the days of its owner.
 */
const seatsAtOnce = 12;

/**
 * Withdraws the window as it was seen, in as many transactions as its seats take; the first one closes it.
 * @param isLeft whether there is still something to do
 * @returns the window as it is then; as withdrawn and empty where it was deleted meanwhile
 */
async function withdrawWhile(
  isLeft: (window: AvailabilityRecord) => boolean,
  ctx: Context,
  seen: AvailabilityRecord,
  withdrawal: Withdrawal,
): Promise<AvailabilityRecord> {
  let window: AvailabilityRecord | undefined = seen;
  let isFirstTry = true;
  while (window && isLeft(window)) {
    window = await withFreshReads(async () => {
      const current = isFirstTry ? window : await findAvailability(ctx.database, seen);
      isFirstTry = false;
      if (!current || !isLeft(current)) return current;
      return withdrawSome(ctx, current, withdrawal);
    });
  }
  return window ?? { ...seen, seats: {}, seatCount: 0, status: "CANCELED" };
}

async function withdrawSome(
  ctx: Context,
  window: AvailabilityRecord,
  { by, reason }: Withdrawal,
): Promise<AvailabilityRecord> {
  const { database, now } = ctx;
  const seats = Object.entries(window.seats).slice(0, seatsAtOnce);
  const participants = seats.map(([username]) => username);
  const meetings = seats.map(([username, seat]) => meetingOf(window, username, seat));
  const change = { canceledBy: by, cancelReason: reason || undefined, updatedAt: now.toISOString() };
  const canceled = meetings.map((meeting) => ({
    [`meeting ${meeting.id}`]: cancelMeetingRecord(database, meeting.id, change),
    ...labeled(`${meeting.id} of the owner`, cancelMeetingEntry(database, window.owner, meeting)),
    ...labeled(
      `${meeting.id} of the participant`,
      cancelMeetingEntry(database, meeting.participant, meeting),
    ),
    ...freeTime(database, meeting.participant, [meeting]),
  }));
  // The owner of a group stays busy with it until the last seat is free.
  const ownersTime = !isGroup(window) || seats.length === window.seatCount ? meetings : [];
  await transact(database, {
    ...withdrawSeats(database, window, participants, { reason, now }),
    ...Object.assign({}, ...canceled),
    ...(ownersTime.length > 0 && freeTime(database, window.owner, ownersTime)),
  });
  const left = Object.entries(window.seats).slice(seatsAtOnce);
  return {
    ...window,
    seats: Object.fromEntries(left),
    seatCount: left.length,
    status: "CANCELED",
    revision: window.revision + 1,
    updatedAt: now.toISOString(),
  };
}

/** The meeting of a seat, as far as canceling it needs to know. */
function meetingOf({ id, bookings }: AvailabilityRecord, participant: string, seat: Seat) {
  const { meetingId, startTime, endTime } = seat;
  return { id: meetingId, availabilityId: id, bookings, participant, startTime, endTime };
}

function labeled<Item>(prefix: string, items: Record<string, Item>): Record<string, Item> {
  return Object.fromEntries(Object.entries(items).map(([label, item]) => [`${prefix}: ${label}`, item]));
}
