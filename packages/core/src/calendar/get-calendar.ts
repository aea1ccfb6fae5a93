import { listEntries, listLatestCanceled } from "../agenda/repository.ts";
import { asAvailability } from "../availabilities/repository.ts";
import { ownAvailability } from "../availabilities/rules.ts";
import type { MemberContext } from "../context/context.ts";
import { batchGet } from "../database/batch-get.ts";
import { byStart } from "../instant.ts";
import { asMeeting } from "../meetings/repository.ts";
import { toMeeting } from "../meetings/rules.ts";
import type { Meeting } from "../meetings/schema.ts";
import type { Calendar, GetCalendarInput } from "./schema.ts";

/**
 * How many canceled meetings a calendar shows. Limited because other members create them, with reasons of any length.
 */
const shownCanceled = 50;

/**
 * How many characters of descriptions the meetings of a calendar show in total. Escaped twice, as JSON inside Lambda's
 * JSON, they are at most 2 MB of the 6 MB that Lambda accepts.
 */
const longestDescriptions = 500_000;

/**
 * Returns the actor's calendar for `[from, to)`: all own availabilities, all scheduled meetings, and of the canceled
 * meetings the 50 that start last. `canceledLeftOut` counts the other canceled ones; if there are thousands, it counts
 * only those that one request finds. Once descriptions add up to 500,000 characters, those of later meetings are empty.
 */
export async function getCalendar(ctx: MemberContext, span: GetCalendarInput): Promise<Calendar> {
  const { database, actor } = ctx;
  const [availabilities, { ids, leftOut }] = await Promise.all([
    listEntries(database, actor.username, "availability", span),
    listMeetingIds(ctx, span),
  ]);
  // An availability that moves while the entries are read is seen at both times.
  const availabilityIds = new Set(availabilities.map(({ id }) => id));
  const { Availabilities, Meetings } = await batchGet(database, {
    Availabilities: [...availabilityIds].map((id) => ({ owner: actor.username, id })),
    Meetings: ids.map((id) => ({ id })),
  });
  const meetings = Meetings.map(asMeeting).sort(byStart);
  // A meeting that was canceled while the entries were read counts as canceled.
  const canceled = meetings.filter(({ status }) => status === "CANCELED");
  const hidden = new Set(canceled.slice(0, -shownCanceled));
  return {
    availabilities: Availabilities.map(asAvailability).sort(byStart).map(ownAvailability),
    meetings: limitDescriptions(meetings.filter((meeting) => !hidden.has(meeting)).map(toMeeting)),
    canceledLeftOut: leftOut + hidden.size,
  };
}

/** Empties the descriptions of the meetings that start last, once all descriptions together are too long. */
function limitDescriptions(meetings: readonly Meeting[]): Meeting[] {
  let left = longestDescriptions;
  return meetings.map((meeting) => {
    left -= meeting.description.length;
    return left < 0 ? { ...meeting, description: "" } : meeting;
  });
}

/** Returns which meetings the calendar reads, and how many canceled ones it leaves out. */
async function listMeetingIds(
  { database, actor }: MemberContext,
  span: GetCalendarInput,
): Promise<{ ids: string[]; leftOut: number }> {
  // One after the other, so that a meeting canceled meanwhile is found twice rather than not at all.
  const entries = await listEntries(database, actor.username, "meeting", span);
  const latest = await listLatestCanceled(database, actor.username, span);
  // Entries that older versions canceled are in the range of scheduled ones until they are migrated.
  const unmoved = entries.filter(({ status }) => status === "CANCELED");
  const canceled = new Map([...unmoved, ...latest].map((entry) => [entry.id, entry]));
  const shown = [...canceled.values()].sort(byStart).slice(-shownCanceled);
  const scheduled = entries.filter(({ id }) => !canceled.has(id));
  return {
    ids: [...scheduled, ...shown].map(({ id }) => id),
    leftOut: canceled.size - shown.length,
  };
}
