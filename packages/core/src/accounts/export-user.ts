import { entryPrefix } from "../agenda/repository.ts";
import { findAvailabilities } from "../availabilities/repository.ts";
import { ownAvailability } from "../availabilities/rules.ts";
import type { MemberContext } from "../context/context.ts";
import { openCursor, sealCursor } from "../context/cursor.ts";
import { findMeetings } from "../meetings/repository.ts";
import { toMeeting } from "../meetings/rules.ts";
import { profilesOf } from "../users/block-user.ts";
import { findUser } from "../users/repository.ts";
import { checkIsMember, ownProfile } from "../users/rules.ts";
import { type CalendarItem, listCalendarItems } from "./calendar-partition.ts";
import type { ExportUserInput, UserExport } from "./schema.ts";

/** Availabilities and meetings on one page. Each adds at most 55 kB to an answer, which may have 6 MB. */
const pageSize = 80;

const kinds = ["canceled#", "meeting#", entryPrefix.availability] as const;

/**
 * Returns everything that is stored about the actor, except who has blocked them. Availabilities and meetings come in
 * pages.
 * @throws Refusal NOT_FOUND; AccountClosed; InvalidInput on a cursor that is not of this list
 */
export async function exportUser(ctx: MemberContext, input: ExportUserInput): Promise<UserExport> {
  const { database, actor } = ctx;
  const scope = ["user.export"] as const;
  const after = openCursor(ctx, scope, input.cursor);
  const user = await findUser(database, actor.username);
  checkIsMember(user);
  const items = await calendarAfter(ctx, after);
  const shown = items.slice(0, pageSize);
  const named = (isWanted: (entry: string) => boolean) =>
    shown.filter(({ entry }) => isWanted(entry)).map(({ id = "" }) => id);
  const [availabilities, meetings, { blocked }] = await Promise.all([
    findAvailabilities(
      database,
      named((entry) => entry.startsWith(entryPrefix.availability)).map((id) => ({
        owner: actor.username,
        id,
      })),
    ),
    findMeetings(database, [...new Set(named((entry) => !entry.startsWith(entryPrefix.availability)))]),
    profilesOf(database, user.blocked),
  ]);
  const last = items.length > pageSize ? shown.at(-1) : undefined;
  return {
    exportedAt: ctx.now.toISOString(),
    profile: ownProfile(user, ctx.actor),
    blocked,
    availabilities: availabilities.map(ownAvailability),
    meetings: meetings.map(toMeeting),
    ...(last && { cursor: sealCursor(ctx, scope, last.entry) }),
  };
}

/** Returns one page of entries and one more, if there are that many. */
async function calendarAfter(ctx: MemberContext, after = ""): Promise<CalendarItem[]> {
  const found: CalendarItem[] = [];
  for (const prefix of kinds) {
    if (after > prefix && !after.startsWith(prefix)) continue;
    found.push(
      ...(await listCalendarItems(ctx.database, ctx.actor.username, {
        prefix,
        after: after.startsWith(prefix) ? after : undefined,
        atMost: pageSize + 1 - found.length,
      })),
    );
    if (found.length > pageSize) break;
  }
  return found;
}
