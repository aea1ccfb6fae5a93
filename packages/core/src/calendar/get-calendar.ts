import { findAvailabilities } from "../availabilities/repository.ts";
import { ownAvailability } from "../availabilities/rules.ts";
import type { MemberContext } from "../context.ts";
import { findMeetings } from "../meetings/repository.ts";
import { toMeeting } from "../meetings/rules.ts";
import { listEntries } from "./repository.ts";
import type { Calendar, GetCalendarInput } from "./schema.ts";

/** Everything that the actor's calendar shows for `[from, to)`: own windows, and meetings, canceled ones too. */
export async function getCalendar(ctx: MemberContext, span: GetCalendarInput): Promise<Calendar> {
  const [windows, meetings] = await Promise.all([
    listEntries(ctx.database, ctx.actor, "window", span).then((entries) =>
      findAvailabilities(
        ctx.database,
        entries.map(({ id }) => ({ owner: ctx.actor, id })),
      ),
    ),
    listEntries(ctx.database, ctx.actor, "meeting", span).then((entries) =>
      findMeetings(
        ctx.database,
        entries.map((entry) => entry.id),
      ),
    ),
  ]);
  return {
    availabilities: windows.map(ownAvailability),
    meetings: meetings.map(toMeeting),
    canceledLeftOut: 0,
  };
}
