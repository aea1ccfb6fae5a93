import { sentTo } from "../history.ts";
import { hasBookedTooOften, isOpen, isTaken, takenTimes } from "./availability-model.ts";
import { timeOf } from "./interval.ts";
import { askedSpan, askedType, isPossibleStart, type Offer } from "./offer.ts";
import { type Holds, type Subjects, takesPart } from "./subjects.ts";

/** Adds refused bookings: each reason must have been true at some moment. */
export function addRefusedBookings(subjects: Subjects): void {
  for (const { call, attempt } of sentTo(subjects.history, "availability.book")) {
    const { input, member } = call;
    const cohort = subjects.cohortOf(member);
    const whileThere =
      (holds: (offer: Offer) => boolean): Holds =>
      (state) =>
        state.stage === "posted" && holds(state.offer);
    /** The member's seat here has another time or type. */
    const holdsAnother: Holds = (state) => {
      const held = state.seats.get(member);
      const { startTime = held?.startTime, type = held?.type } = input;
      return startTime !== held?.startTime || type !== held?.type;
    };
    const isAskedTaken: Holds = (state) => {
      const span = askedSpan(state.offer, input, takenTimes(state));
      return span !== undefined && isTaken(state, span);
    };
    subjects.addRefusal(input.id, call, attempt, {
      NOT_FOUND: subjects.isHidden(call, attempt),
      OWN_AVAILABILITY: () => member === input.owner,
      ALREADY_BOOKED: (state) =>
        state.stage !== "not posted" &&
        (state.seats.has(member) ? holdsAnother(state) : !isOpen(state) || isAskedTaken(state)),
      COHORT_NOT_ALLOWED: whileThere(({ cohorts }) => !cohorts.includes(cohort)),
      TYPE_NOT_OFFERED: whileThere(({ types }) => input.type !== undefined && !types.includes(input.type)),
      OUTSIDE_WINDOW: whileThere(
        (offer) => input.startTime !== undefined && !isPossibleStart(offer, input.startTime),
      ),
      BOOKED_TOO_OFTEN: (state) => state.stage === "posted" && hasBookedTooOften(state, member),
      // people.ts checks whether they were busy then.
      OVERLAPS_MEETING: whileThere(() => true),
      OWNER_BUSY: whileThere(() => true),
      // The call lacks a choice that the availability leaves open.
      BAD_REQUEST: (state) =>
        state.stage === "posted" &&
        !(askedSpan(state.offer, input, takenTimes(state)) && askedType(state.offer, input)),
    });
  }
}

export function addCancelationAnswers(subjects: Subjects): void {
  for (const { call, attempt } of sentTo(subjects.history, "meeting.cancel")) {
    const meeting = subjects.meetings.get(call.input.id);
    if (!meeting) continue;
    const isCanceled: Holds = (state) => state.canceled.has(meeting.id);
    if (attempt.outcome.kind === "ok") {
      const describe = () => `call ${call.id} is told that meeting ${meeting.id} is canceled`;
      subjects.add(meeting.availabilityId, { ...timeOf(attempt), describe, holds: isCanceled });
    }
    subjects.addRefusal(meeting.availabilityId, call, attempt, {
      NOT_YOURS: () => !takesPart(call.member, meeting),
      ALREADY_CANCELED: (state) => isCanceled(state) && meeting.canceledBy !== call.member,
    });
  }
}

/** Adds refused reads of availabilities, meetings and lists, and other refused calls. */
export function addRefusedLooks(subjects: Subjects): void {
  const { history } = subjects;
  for (const { call, attempt } of sentTo(history, "availability.get")) {
    subjects.addRefusal(call.input.id, call, attempt, { NOT_FOUND: subjects.isHidden(call, attempt) });
  }
  for (const { call, attempt } of sentTo(history, "meeting.get")) {
    const meeting = subjects.meetings.get(call.input.id);
    if (!meeting) continue;
    const NOT_YOURS = () => !takesPart(call.member, meeting);
    subjects.addRefusal(meeting.availabilityId, call, attempt, { NOT_YOURS });
  }
  for (const { call, attempt } of [...sentTo(history, "user.get"), ...sentTo(history, "user.block")]) {
    const hasLeft = subjects.accounts.mayHaveLeft(call.input.username, attempt);
    subjects.addRefusal("", call, attempt, hasLeft ? { NOT_FOUND: () => true } : {});
  }
  // The name typed as a confirmation may be outdated.
  for (const { call, attempt } of sentTo(history, "user.delete")) {
    subjects.addRefusal("", call, attempt, { BAD_REQUEST: () => true });
  }
  for (const { call, attempt } of [...sentTo(history, "user.set"), ...sentTo(history, "user.unblock")]) {
    subjects.addRefusal("", call, attempt);
  }
  const lists = history.calls.filter(({ procedure }) => /list$|search$|^calendar/.test(procedure));
  for (const call of lists) for (const attempt of call.attempts) subjects.addRefusal("", call, attempt);
}
