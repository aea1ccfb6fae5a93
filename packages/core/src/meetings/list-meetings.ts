import { listEntries } from "../calendar/repository.ts";
import type { MemberContext } from "../context.ts";
import { openCursor, sealCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { findMeetings } from "./repository.ts";
import { toMeeting } from "./rules.ts";
import type { ListMeetingsInput, Meeting } from "./schema.ts";

/**
 * The actor's meetings, canceled ones too, as owner and as participant alike, that overlap `[from, to)`, in order of
 * start and id.
 * @throws InvalidInput on a cursor that is not of this list
 */
export async function listMeetings(ctx: MemberContext, input: ListMeetingsInput): Promise<Page<Meeting>> {
  const scope = ["meeting.list", input.from, input.to] as const;
  const entries = await listEntries(ctx.database, ctx.actor, "meeting", input, {
    after: openCursor(ctx, scope, input.cursor),
    atMost: input.limit + 1,
  });
  const shown = entries.slice(0, input.limit);
  const meetings = await findMeetings(
    ctx.database,
    shown.map((entry) => entry.id),
  );
  const items = meetings.map(toMeeting);
  const last = entries.length > input.limit ? shown.at(-1) : undefined;
  return last ? { items, cursor: sealCursor(ctx, scope, last.entry) } : { items };
}
