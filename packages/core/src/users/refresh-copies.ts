import { renameOwner, renameSeat } from "../availabilities/repository.ts";
import { listEntries } from "../calendar/repository.ts";
import type { MemberContext } from "../context.ts";
import { findMeetings, renamePerson } from "../meetings/repository.ts";
import type { UserRecord } from "./repository.ts";

/** How many writes are under way at once. */
const atOnce = 25;

/**
 * Brings a member's new name and cohort to where they are copied: their own windows and their meetings that are not
 * over. What is over keeps the name it had. Repeating it is safe, and saving the profile again repeats it.
 */
export async function refreshCopies(ctx: MemberContext, user: UserRecord): Promise<void> {
  const { database } = ctx;
  const span = { from: ctx.now.toISOString() };
  const [windows, entries] = await Promise.all([
    listEntries(database, user.username, "window", span),
    listEntries(database, user.username, "meeting", span),
  ]);
  const scheduled = entries.filter((entry) => entry.status === "SCHEDULED");
  const meetings = await findMeetings(
    database,
    scheduled.map((entry) => entry.id),
  );
  const writes = [
    ...windows.map((window) => () => renameOwner(database, { id: window.id, owner: user })),
    ...meetings.flatMap((meeting) => [
      () => renamePerson(database, meeting, user),
      ...(meeting.participant === user.username ? [() => renameSeat(database, meeting, user)] : []),
    ]),
  ];
  for (let at = 0; at < writes.length; at += atOnce) {
    await Promise.all(writes.slice(at, at + atOnce).map((write) => write()));
  }
}
