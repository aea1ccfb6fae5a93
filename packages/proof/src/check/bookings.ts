import type { Meeting } from "@kumite/core/meetings/schema";
import { doneOf, type History, type Sent, sentTo } from "../history.ts";
import type { Tables } from "../tables.ts";
import type { Accounts } from "./accounts.ts";
import type { CanceledBy } from "./availability-model.ts";
import type { Finding } from "./finding.ts";
import { type Interval, timeOf } from "./interval.ts";

/** A meeting that was booked, and when. */
export interface Booking {
  readonly meeting: Meeting;
  readonly created: Interval;
  /** Undefined if it is not canceled. */
  readonly canceled: Interval | undefined;
  readonly by: CanceledBy;
}

/**
 * Derives which bookings and cancelations took place (from the Meetings table) and when (from the calls). Checks that
 * both agree: everything acknowledged is stored, and everything stored was requested.
 *
 * A request with an unknown outcome may take effect at any time after its start. The table shows whether it did.
 */
export function deriveBookings(
  history: History,
  accounts: Accounts,
  tables: Tables,
): { finding: Finding; bookings: readonly Booking[] } {
  const stored = new Map(tables.meetings.map((meeting) => [meeting.id, meeting]));
  const asked = sentTo(history, "availability.book");
  const askedToCancel = sentTo(history, "meeting.cancel");
  const violations: string[] = [];

  for (const { call, data } of doneOf(asked)) {
    const { owner, id } = call.input;
    if (data.owner !== owner || data.availabilityId !== id || data.participant !== call.member) {
      violations.push(
        `call ${call.id} asked for a seat of ${id} and was answered another: meeting ${data.id}`,
      );
    }
    const meeting = stored.get(data.id);
    if (!meeting) violations.push(`call ${call.id}: booking ${data.id} was acknowledged and is not there`);
    else if (essence(meeting) !== essence(data)) {
      violations.push(`call ${call.id}: booking ${data.id} is stored differently from its acknowledgement`);
    }
  }
  for (const { call, data } of doneOf(askedToCancel)) {
    const meeting = stored.get(call.input.id);
    if (data.id !== call.input.id || meeting?.status !== "CANCELED" || meeting.canceledBy !== call.member) {
      violations.push(
        `call ${call.id}: the cancelation of ${call.input.id} was acknowledged and does not hold`,
      );
    }
  }

  // Groups requests by the member and the availability or meeting.
  const byAsked = ({ call }: Sent<"availability.book" | "availability.withdraw" | "meeting.cancel">) =>
    `${call.member} ${call.input.id}`;
  const bookingsOf = Map.groupBy(asked, byAsked);
  const cancelationsOf = Map.groupBy(askedToCancel, byAsked);
  const withdrawalsOf = Map.groupBy(sentTo(history, "availability.withdraw"), byAsked);
  const bookings = tables.meetings.map((meeting): Booking => {
    const created = when(bookingsOf.get(`${meeting.participant} ${meeting.availabilityId}`), meeting.id);
    if (!created) violations.push(`nobody asked for meeting ${meeting.id}`);
    const booking: Booking = { meeting, created: created ?? anyTime, canceled: undefined, by: "person" };
    if (meeting.status === "SCHEDULED") return booking;
    const { canceledBy = "", cancelReason = "" } = meeting;
    const leaving = accounts.leaving(canceledBy);
    const isOwners = canceledBy === meeting.owner;
    // The deletion of an account cancels the member's remaining meetings, and erases the member's reasons.
    if (leaving && cancelReason === leavingReason) {
      const canceled = { start: leaving.start, end: Number.POSITIVE_INFINITY };
      return { ...booking, canceled, by: isOwners ? "either" : "person" };
    }
    const mayHaveCanceled = ({ call }: Sent<"availability.withdraw" | "meeting.cancel">) =>
      leaving !== undefined || (call.input.reason ?? "") === cancelReason;
    const canceled = when(
      cancelationsOf.get(`${canceledBy} ${meeting.id}`)?.filter(mayHaveCanceled),
      meeting.id,
    );
    const ofAvailability = withdrawalsOf
      .get(`${canceledBy} ${meeting.availabilityId}`)
      ?.filter(mayHaveCanceled);
    const withdrawn = isOwners ? whenWithdrawn(ofAvailability, booking.created) : undefined;
    if (leaving && canceled && withdrawn) {
      const start = Math.min(canceled.start, withdrawn.start);
      return { ...booking, canceled: { start, end: Math.max(canceled.end, withdrawn.end) }, by: "either" };
    }
    if (canceled) return { ...booking, canceled };
    if (!withdrawn) violations.push(`nobody asked to cancel meeting ${meeting.id}`);
    return { ...booking, canceled: withdrawn ?? anyTime, by: withdrawn ? "withdrawal" : "person" };
  });
  const counts = `${doneOf(asked).length} bookings and ${doneOf(askedToCancel).length} cancelations answered`;
  return { finding: { looked: `${bookings.length} meetings, ${counts}`, violations }, bookings };
}

/** The reason that is shown for meetings with a member who leaves. */
const leavingReason = "This member has left.";

const anyTime: Interval = { start: 0, end: Number.POSITIVE_INFINITY };

/** Returns when one of these requests changed a meeting; undefined if none can have. */
function when(
  sent: readonly Sent<"availability.book" | "meeting.cancel">[] = [],
  meeting: string,
): Interval | undefined {
  const did = sent.filter(
    ({ attempt: { outcome } }) =>
      outcome.kind === "unknown" || (outcome.kind === "ok" && outcome.data.id === meeting),
  );
  if (did.length === 0) return undefined;
  const answered = did.filter(({ attempt }) => attempt.outcome.kind === "ok");
  return {
    start: Math.min(...did.map(({ attempt }) => attempt.start)),
    end: Math.min(...answered.map(({ attempt }) => attempt.end)),
  };
}

/**
 * Returns when one of these withdrawals canceled a meeting that was booked at that time; undefined if none can have.
 */
function whenWithdrawn(
  sent: readonly Sent<"availability.withdraw">[] = [],
  booked: Interval,
): Interval | undefined {
  const did = sent
    .filter(({ attempt }) => attempt.outcome.kind !== "refused")
    .map(({ attempt }) => timeOf(attempt))
    .filter(({ end }) => end >= booked.start);
  if (did.length === 0) return undefined;
  // A meeting booked before a withdrawal began is canceled when that is answered. One booked meanwhile may be canceled
  // by a later withdrawal.
  const after = did.filter(({ start }) => start >= booked.end).map(({ end }) => end);
  return {
    start: Math.min(...did.map(({ start }) => start)),
    end: Math.min(Math.max(...did.map(({ end }) => end)), ...after),
  };
}

/** Returns the fields of a booking that never change. */
function essence({ id, availabilityId, owner, participant, startTime, endTime, type }: Meeting): string {
  return [id, availabilityId, owner, participant, startTime, endTime, type].join(" ");
}
