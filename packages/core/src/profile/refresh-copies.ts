import { listEntries } from "../agenda/repository.ts";
import { refreshOwner, refreshSeat } from "../availabilities/copies.ts";
import { findAvailabilities } from "../availabilities/repository.ts";
import type { Context } from "../context/context.ts";
import { forEachOf } from "../database/for-each-of.ts";
import { findMeetings, type MeetingCopies, refreshPerson } from "../meetings/repository.ts";
import { findUser, type UserRecord } from "../users/repository.ts";

/** How many entries one page has: as many as one batch read takes. */
const pageSize = 100;

/**
 * Copies a member's name, cohort and link to their availabilities and scheduled meetings that are not over. Those that
 * are over keep their copies. Copies that are already as new or newer are skipped, so a repeated run continues where an
 * interrupted one stopped.
 */
export async function refreshCopies(ctx: Context, username: string): Promise<void> {
  const { database } = ctx;
  const user = await findUser(database, username);
  if (!user || user.deletedAt !== undefined) return;
  for await (const entries of pages(ctx, username, "availability")) {
    const availabilities = await findAvailabilities(
      database,
      entries.map(({ id }) => ({ owner: username, id })),
    );
    const behind = availabilities.filter(({ ownerRevision }) => ownerRevision < user.revision);
    await forEachOf(behind, (availability) => refreshOwner(database, user, availability, availability));
  }
  for await (const entries of pages(ctx, username, "meeting")) {
    const scheduled = entries.filter(({ status }) => status === "SCHEDULED");
    const meetings = await findMeetings(
      database,
      scheduled.map(({ id }) => id),
    );
    await forEachOf(meetings, (meeting) => refreshMeeting(ctx, meeting, user));
  }
}

async function* pages<Kind extends "availability" | "meeting">(ctx: Context, username: string, kind: Kind) {
  const span = { from: ctx.now.toISOString() };
  let after: string | undefined;
  do {
    const page = await listEntries(ctx.database, username, kind, span, { after, atMost: pageSize });
    if (page.length > 0) yield page;
    after = page.length < pageSize ? undefined : page.at(-1)?.entry;
  } while (after !== undefined);
}

/** Copies the profile of one of a meeting's two people to the meeting, and a participant's also to the seat. */
export async function refreshMeeting(
  { database }: Context,
  meeting: MeetingCopies,
  user: UserRecord,
): Promise<void> {
  const isOwner = user.username === meeting.owner;
  if ((isOwner ? meeting.ownerRevision : meeting.participantRevision) >= user.revision) return;
  // The seat first: a meeting that shows a profile implies that its seat does.
  if (!isOwner) await refreshSeat(database, user, meeting);
  await refreshPerson(database, user, meeting);
}
