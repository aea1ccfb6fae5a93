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

/** How many canceled meetings a calendar shows: others make them, with reasons of any length. */
const shownCanceled = 50;

/**
 * Characters of descriptions that the meetings of a calendar show together. Escaped twice, as JSON in what Lambda takes
 * from a function, they are 2 MB at most, of 6 MB for all.
 */
const longestDescriptions = 500_000;

/**
 * What the actor's calendar shows for `[from, to)`: every own availability, every scheduled meeting, and of canceled meetings
 * the 50 that start last. `canceledLeftOut` counts the other canceled ones; where there are thousands, it counts those
 * that one request has found. Where descriptions are 500,000 characters together, those of later meetings are empty.
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
  // One that was canceled while the entries were read counts among the canceled ones.
  const canceled = meetings.filter(({ status }) => status === "CANCELED");
  const hidden = new Set(canceled.slice(0, -shownCanceled));
  return {
    availabilities: Availabilities.map(asAvailability).sort(byStart).map(ownAvailability),
    meetings: limitDescriptions(meetings.filter((meeting) => !hidden.has(meeting)).map(toMeeting)),
    canceledLeftOut: leftOut + hidden.size,
  };
}

/** Empties the descriptions of the meetings that start last, as far as all of them together would be too long. */
function limitDescriptions(meetings: readonly Meeting[]): Meeting[] {
  let left = longestDescriptions;
  return meetings.map((meeting) => {
    left -= meeting.description.length;
    return left < 0 ? { ...meeting, description: "" } : meeting;
  });
}

/** Which meetings the calendar reads, and how many canceled ones it does not. */
async function listMeetingIds(
  { database, actor }: MemberContext,
  span: GetCalendarInput,
): Promise<{ ids: string[]; leftOut: number }> {
  // One after the other: a meeting that is canceled meanwhile is found twice rather than not at all.
  const entries = await listEntries(database, actor.username, "meeting", span);
  const latest = await listLatestCanceled(database, actor.username, span);
  // Entries that older versions canceled stand among the scheduled ones until they are migrated.
  const unmoved = entries.filter(({ status }) => status === "CANCELED");
  const canceled = new Map([...unmoved, ...latest].map((entry) => [entry.id, entry]));
  const shown = [...canceled.values()].sort(byStart).slice(-shownCanceled);
  const scheduled = entries.filter(({ id }) => !canceled.has(id));
  return {
    ids: [...scheduled, ...shown].map(({ id }) => id),
    leftOut: canceled.size - shown.length,
  };
}
