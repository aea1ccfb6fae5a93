import { freeTime } from "../agenda/busy.ts";
import { cancelMeetingEntry } from "../agenda/repository.ts";
import { isSeveral } from "../availabilities/capacity.ts";
import { findAvailability } from "../availabilities/repository.ts";
import { afterCancel } from "../availabilities/rules.ts";
import { freeSeat } from "../availabilities/seats.ts";
import type { MemberContext } from "../context/context.ts";
import { ConflictError, retryOnConflict, transact } from "../database/transact.ts";
import { Refusal } from "../errors.ts";
import { cancelMeetingRecord, findMeeting } from "../meetings/repository.ts";
import { checkTakesPart, toMeeting } from "../meetings/rules.ts";
import type { CancelMeetingInput, Meeting } from "../meetings/schema.ts";
import { countCancelation } from "./churn.ts";

/**
 * Cancels a meeting for both people and frees its seat, all or nothing. Repeating it returns the same meeting.
 * @throws Refusal NOT_FOUND, NOT_YOURS, ALREADY_CANCELED (by the other person), IN_THE_PAST (it is over); Unavailable
 */
export async function cancelMeeting(ctx: MemberContext, input: CancelMeetingInput): Promise<Meeting> {
  const { database, actor } = ctx;
  const now = ctx.now.toISOString();
  return retryOnConflict(async () => {
    const meeting = await findMeeting(database, input.id);
    if (!meeting) throw new Refusal("NOT_FOUND", "There is no such meeting.");
    checkTakesPart(meeting, actor.username);
    if (meeting.status === "CANCELED") {
      if (meeting.canceledBy === actor.username) return toMeeting(meeting);
      throw new Refusal("ALREADY_CANCELED", "The other person has canceled this meeting.");
    }
    if (meeting.endTime <= now) throw new Refusal("IN_THE_PAST", "This meeting is over.");

    const availability = await findAvailability(database, {
      owner: meeting.owner,
      id: meeting.availabilityId,
    });
    // The meeting was canceled and its availability deleted since the meeting was read.
    if (!availability) throw new ConflictError();
    const change = { canceledBy: actor.username, cancelReason: input.reason || undefined, updatedAt: now };
    await transact(database, {
      meeting: cancelMeetingRecord(database, meeting.id, change),
      ...freeSeat(database, meeting, availability, {
        ...afterCancel(availability, meeting, actor.username),
        now: ctx.now,
      }),
      ...cancelMeetingEntry(database, meeting.owner, meeting),
      ...cancelMeetingEntry(database, meeting.participant, meeting),
      ...freeTime(database, meeting.participant, [meeting]),
      // The owner of a group stays busy with it as long as someone has a seat.
      ...((availability.seatCount === 1 || isSeveral(availability)) &&
        freeTime(database, meeting.owner, [meeting])),
      ...(actor.username === meeting.participant && {
        churn: countCancelation(database, availability, actor.username),
      }),
    });
    return toMeeting({ ...meeting, ...change, status: "CANCELED" });
  });
}
