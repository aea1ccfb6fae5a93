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

/** What those hear who had a meeting with someone who left. */
const reason = "This member has left.";

/** How many calendar items and blocks one run works through, and how many at once. */
const atMost = 200;
const atOnce = 10;

/** A part of a run: the items that it takes, and what becomes of each. Every item is gone afterwards. */
interface Step {
  prefix: string;
  perform: (ctx: Context, user: UserRecord, item: CalendarItem) => Promise<void>;
}

/** Availabilities come first: nobody books what is withdrawn. Days come last: cancelations change them. */
const steps: readonly Step[] = [
  { prefix: entryPrefix.availability, perform: eraseAvailability },
  { prefix: "meeting#", perform: leaveMeeting },
  { prefix: "canceled#", perform: leaveMeeting },
  { prefix: blockPrefix, perform: forgetBlocker },
  { prefix: "", perform: ({ database }, _, item) => deleteCalendarItem(database, item) },
];

/**
 * Does what follows the deletion of an account: removes the sign-in, withdraws availabilities, cancels meetings that are not
 * over, takes the member's name and texts out of those that stay with others, ends blocks. Whatever is done is gone from
 * the member's calendar, so that it may be repeated and goes on where it was.
 *
 * One run does a bounded part. Where more is left it touches the tombstone, by which the table's stream calls again.
 * @returns whether nothing is left; true as well where there is no deleted account of that name
 * @throws Unavailable, and whatever the user pool answers; repeating it is safe
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
  // Each of them changes this one record.
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
  // The availability was gone, or its entry stood at another time.
  await deleteCalendarItem(database, item);
}

/** Cancels the meeting unless it is over, and takes the member out of it. The other person keeps it, while they are here. */
async function leaveMeeting(ctx: Context, user: UserRecord, item: CalendarItem): Promise<void> {
  const { database, now } = ctx;
  const { username } = user;
  const id = item.id ?? "";
  let meeting = await findMeeting(database, id);
  if (meeting && meeting.status === "SCHEDULED" && meeting.endTime > now.toISOString()) {
    await cancelMeeting({ ...ctx, actor: memberActor(username), cursorKey: "" }, { id, reason }).catch(
      (error: unknown) => {
        // The other person was quicker.
        if (!(error instanceof Refusal && error.reason === "ALREADY_CANCELED")) throw error;
      },
    );
    meeting = await findMeeting(database, id);
  }
  if (meeting) {
    if (meeting.participant === username) await eraseSeat(database, meeting, user);
    const other = await findUser(database, meeting.owner === username ? meeting.participant : meeting.owner);
    // Nobody is left who would look at it.
    if (!other || other.deletedAt !== undefined) await deleteMeeting(database, id);
    else await erasePerson(database, meeting, user, reason);
  }
  await deleteCalendarItem(database, item);
}

async function forgetBlocker({ database }: Context, user: UserRecord, item: CalendarItem): Promise<void> {
  await dropBlock(database, item.entry.slice(blockPrefix.length), user.username);
  await deleteCalendarItem(database, item);
}
