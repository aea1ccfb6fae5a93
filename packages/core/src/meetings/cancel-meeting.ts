import { countCancelation } from "../availabilities/churn.ts";
import { findAvailability, freeSeat } from "../availabilities/repository.ts";
import { afterCancel, isSeveral } from "../availabilities/rules.ts";
import { freeTime } from "../calendar/busy.ts";
import { cancelMeetingEntry } from "../calendar/repository.ts";
import type { MemberContext } from "../context.ts";
import { Contention, transact, withFreshReads } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { cancelMeetingRecord, findMeeting } from "./repository.ts";
import { checkTakesPart, toMeeting } from "./rules.ts";
import type { CancelMeetingInput, Meeting } from "./schema.ts";

/**
 * Cancels a meeting for both people and frees its seat, all or nothing. Repeating it answers the same meeting.
 * @throws Refusal NOT_FOUND, NOT_YOURS, ALREADY_CANCELED (by the other person), IN_THE_PAST (it is over); Unavailable
 */
export async function cancelMeeting(ctx: MemberContext, input: CancelMeetingInput): Promise<Meeting> {
  const { database, actor } = ctx;
  const now = ctx.now.toISOString();
  return withFreshReads(async () => {
    const meeting = await findMeeting(database, input.id);
    if (!meeting) throw new Refusal("NOT_FOUND", "There is no such meeting.");
    checkTakesPart(meeting, actor);
    if (meeting.status === "CANCELED") {
      if (meeting.canceledBy === actor) return toMeeting(meeting);
      throw new Refusal("ALREADY_CANCELED", "The other person has canceled this meeting.");
    }
    if (meeting.endTime <= now) throw new Refusal("IN_THE_PAST", "This meeting is over.");

    const window = await findAvailability(database, { owner: meeting.owner, id: meeting.availabilityId });
    // The meeting was canceled and its window deleted since the meeting was read.
    if (!window) throw new Contention();
    const change = { canceledBy: actor, cancelReason: input.reason || undefined, updatedAt: now };
    await transact(database, {
      meeting: cancelMeetingRecord(database, meeting.id, change),
      ...freeSeat(database, meeting, window, {
        ...afterCancel(window, meeting, actor),
        now: ctx.now,
      }),
      ...cancelMeetingEntry(database, meeting.owner, meeting),
      ...cancelMeetingEntry(database, meeting.participant, meeting),
      ...freeTime(database, meeting.participant, [meeting]),
      // The owner of a group stays busy with it as long as someone has a seat.
      ...((window.seatCount === 1 || isSeveral(window)) && freeTime(database, meeting.owner, [meeting])),
      ...(actor === meeting.participant && { churn: countCancelation(database, window, actor) }),
    });
    return toMeeting({ ...meeting, ...change, status: "CANCELED" });
  });
}
