import { listEntries, type MeetingEntry } from "../agenda/repository.ts";
import type { MemberContext } from "../context/context.ts";
import { openCursor, sealCursor } from "../context/cursor.ts";
import { byStart } from "../instant.ts";
import type { Page } from "../page.ts";
import { findMeetings } from "./repository.ts";
import { toMeeting } from "./rules.ts";
import type { ListMeetingsInput, Meeting } from "./schema.ts";

/**
 * Lists the actor's meetings that overlap `[from, to)`, as owner and as participant, canceled ones too, in order of
 * start and id.
 * @throws InvalidInput on a cursor that is not of this list
 */
export async function listMeetings(ctx: MemberContext, input: ListMeetingsInput): Promise<Page<Meeting>> {
  const scope = ["meeting.list", input.from, input.to] as const;
  // Cursors of older versions also contain the kind.
  const after = openCursor(ctx, scope, input.cursor)?.replace(/^meeting#/, "");
  const entries = await listBothKinds(ctx, input, after, input.limit + 1);
  const shown = entries.slice(0, input.limit);
  const meetings = await findMeetings(
    ctx.database,
    shown.map((entry) => entry.id),
  );
  const items = meetings.map(toMeeting);
  const last = entries.length > input.limit ? shown.at(-1) : undefined;
  return last ? { items, cursor: sealCursor(ctx, scope, positionOf(last)) } : { items };
}

/** The position of an entry in the list, the same for a scheduled and a canceled meeting. */
function positionOf({ startTime, id }: MeetingEntry): string {
  return `${startTime}#${id}`;
}

/** Lists the entries after a position, of scheduled and canceled meetings together, each meeting once. */
async function listBothKinds(
  { database, actor }: MemberContext,
  span: ListMeetingsInput,
  after: string | undefined,
  atMost: number,
): Promise<MeetingEntry[]> {
  const list = (kind: "canceled" | "meeting") =>
    listEntries(database, actor.username, kind, span, {
      after: after === undefined ? undefined : `${kind}#${after}`,
      atMost,
    });
  // One after the other, so that a meeting canceled meanwhile is read twice rather than not at all.
  const entries = [...(await list("meeting")), ...(await list("canceled"))];
  const distinct = new Map(entries.map((entry) => [entry.id, entry]));
  return [...distinct.values()].sort(byStart).slice(0, atMost);
}
