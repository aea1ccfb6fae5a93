import { deleteAvailabilityEntry, entryPrefix } from "../agenda/repository.ts";
import { changeOpenings } from "../availabilities/openings.ts";
import { findAvailability } from "../availabilities/repository.ts";
import { withdraw } from "../availabilities/withdraw-availability.ts";
import { cancelMeeting } from "../booking/cancel-meeting.ts";
import { memberActor } from "../context/actor.ts";
import type { Context } from "../context/context.ts";
import { retryOnConflict, transact } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { findMeeting } from "../meetings/repository.ts";
import { dropBlock } from "../users/block-user.ts";
import { blockPrefix } from "../users/blocks.ts";
import { findUser, touchTombstone, type UserRecord } from "../users/repository.ts";
import { type CalendarItem, deleteCalendarItem, listCalendarItems } from "./calendar-partition.ts";
import { deleteMeeting, erasePerson, eraseSeat } from "./erase.ts";
import type { SignIns } from "./sign-ins.ts";

/** The cancel reason that others see on meetings with a member who left. */
const reason = "This member has left.";

/** How many calendar items and blocks one run processes, and how many at once. */
const atMost = 200;
const atOnce = 10;

/** One part of a run: which items it takes, and what it does with each. It removes every item that it takes. */
interface Step {
  prefix: string;
  perform: (ctx: Context, user: UserRecord, item: CalendarItem) => Promise<void>;
}

/** Availabilities come first: a withdrawn one cannot be booked. Days come last, because cancelations change them. */
const steps: readonly Step[] = [
  { prefix: entryPrefix.availability, perform: eraseAvailability },
  { prefix: "meeting#", perform: leaveMeeting },
  { prefix: "canceled#", perform: leaveMeeting },
  { prefix: blockPrefix, perform: forgetBlocker },
  { prefix: "", perform: ({ database }, _, item) => deleteCalendarItem(database, item) },
];

/**
 * Completes the deletion of an account: removes the sign-in, withdraws availabilities, cancels meetings that are not
 * over, removes the member's name and texts from those that others keep, and ends blocks. Each finished item leaves the
 * member's calendar, so a repeated run continues where the last one stopped.
 *
 * One run does a limited amount. If more is left, it touches the tombstone, so that the table's stream triggers the
 * next run.
 * @returns whether nothing is left; also true if there is no deleted account with that name
 * @throws Unavailable, and errors of the user pool; retrying is safe
 */
export async function finishDeletion(ctx: Context, username: string, signIns: SignIns): Promise<boolean> {
  const { database } = ctx;
  const user = await findUser(database, username);
  if (user?.deletedAt === undefined) return true;
  await signIns.remove(username);
  let room = atMost;
  for (const { prefix, perform } of steps) {
    for (let items = await page(prefix); items.length > 0; items = await page(prefix)) {
      room -= items.length;
      await Promise.all(items.map((item) => perform(ctx, user, item)));
      if (room <= 0) break;
    }
    if (room <= 0) break;
  }
  const blocked = user.blocked.slice(0, Math.max(room, 0));
  // One after the other: each changes this one record.
  for (const other of blocked) await dropBlock(database, username, other);
  if (room > 0 && blocked.length === user.blocked.length) return true;
  await touchTombstone(database, username);
  return false;

  async function page(prefix: string): Promise<CalendarItem[]> {
    return listCalendarItems(database, username, { prefix, atMost: Math.min(atOnce, room) });
  }
}

async function eraseAvailability(ctx: Context, user: UserRecord, item: CalendarItem): Promise<void> {
  const { database, now } = ctx;
  const key = { owner: user.username, id: item.id ?? "" };
  await retryOnConflict(async () => {
    const seen = await findAvailability(database, key);
    const isOpen =
      seen && (seen.status !== "CANCELED" || seen.seatCount > 0) && seen.endTime > now.toISOString();
    const availability = isOpen ? await withdraw(ctx, key, { by: user.username, reason }) : seen;
    if (!availability) return;
    await transact(database, {
      availability: {
        Delete: {
          TableName: database.names.Availabilities,
          Key: key,
          ConditionExpression: "revision = :seen AND #status = :status",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: { ":seen": availability.revision, ":status": availability.status },
        },
      },
      entry: deleteAvailabilityEntry(database, availability),
      ...changeOpenings(database, availability, undefined),
    });
  });
  // The availability was already gone, or its entry has another time.
  await deleteCalendarItem(database, item);
}

/**
 * Cancels the meeting unless it is over, and removes the member from it. The other person keeps it, if they still have
 * an account.
 */
async function leaveMeeting(ctx: Context, user: UserRecord, item: CalendarItem): Promise<void> {
  const { database, now } = ctx;
  const { username } = user;
  const id = item.id ?? "";
  let meeting = await findMeeting(database, id);
  if (meeting && meeting.status === "SCHEDULED" && meeting.endTime > now.toISOString()) {
    await cancelMeeting({ ...ctx, actor: memberActor(username), cursorKey: "" }, { id, reason }).catch(
      (error: unknown) => {
        // The other person canceled it first.
        if (!(error instanceof Refusal && error.reason === "ALREADY_CANCELED")) throw error;
      },
    );
    meeting = await findMeeting(database, id);
  }
  if (meeting) {
    if (meeting.participant === username) await eraseSeat(database, meeting, user);
    const other = await findUser(database, meeting.owner === username ? meeting.participant : meeting.owner);
    // Nobody is left who could see it.
    if (!other || other.deletedAt !== undefined) await deleteMeeting(database, id);
    else await erasePerson(database, meeting, user, reason);
  }
  await deleteCalendarItem(database, item);
}

async function forgetBlocker({ database }: Context, user: UserRecord, item: CalendarItem): Promise<void> {
  await dropBlock(database, item.entry.slice(blockPrefix.length), user.username);
  await deleteCalendarItem(database, item);
}
