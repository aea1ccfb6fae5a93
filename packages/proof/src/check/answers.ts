import { sentTo } from "../history.ts";
import { isNotThere, type Subjects, takesPart, timeOf } from "./subjects.ts";
import {
  askedSpan,
  askedType,
  isOpen,
  isPossibleStart,
  type Offer,
  type WindowState,
} from "./window-model.ts";

type Reasons = ReadonlyMap<string, (state: WindowState) => boolean>;

/** Bookings that were refused: each reason needs a moment at which it was true. */
export function addRefusedBookings(subjects: Subjects): void {
  for (const { call, attempt } of sentTo(subjects.history, "availability.book")) {
    const { input, member } = call;
    const { outcome } = attempt;
    if (outcome.kind !== "refused") continue;
    const cohort = subjects.cohortOf(member);
    const whileThere = (holds: (offer: Offer) => boolean) => (state: WindowState) =>
      state.stage === "posted" && holds(state.offer);
    /** Their seat here is at another time or of another kind. */
    const holdsAnother = (state: WindowState) => {
      const held = subjects.meetings.get(state.seats.get(member) ?? "");
      const { startTime = held?.startTime, type = held?.type } = input;
      return startTime !== held?.startTime || type !== held?.type;
    };
    const isTaken = (state: WindowState) =>
      state.stage !== "not posted" && (state.seats.has(member) ? holdsAnother(state) : !isOpen(state));
    const lacksChoice = (offer: Offer) => !(askedSpan(offer, input) && askedType(offer, input));
    const reasons: Reasons = new Map([
      ["NOT_FOUND", isNotThere],
      ["OWN_AVAILABILITY", () => member === input.owner],
      ["ALREADY_BOOKED", isTaken],
      ["COHORT_NOT_ALLOWED", whileThere(({ cohorts }) => !cohorts.includes(cohort))],
      [
        "TYPE_NOT_OFFERED",
        whileThere(({ types }) => input.type !== undefined && !types.includes(input.type)),
      ],
      [
        "OUTSIDE_WINDOW",
        whileThere((offer) => input.startTime !== undefined && !isPossibleStart(offer, input.startTime)),
      ],
      // Whether they were busy then is another check's to say: people.ts.
      ["OVERLAPS_MEETING", whileThere(() => true)],
      ["OWNER_BUSY", whileThere(() => true)],
      ["BAD_REQUEST", whileThere(lacksChoice)],
    ]);
    subjects.addRefusal(input.id, call, attempt, reasons.get(outcome.reason ?? outcome.code));
  }
}

export function addCancelationAnswers(subjects: Subjects): void {
  for (const { call, attempt } of sentTo(subjects.history, "meeting.cancel")) {
    const meeting = subjects.meetings.get(call.input.id);
    const { outcome } = attempt;
    if (!meeting || outcome.kind === "unknown") continue;
    const isCanceled = (state: WindowState) => state.canceled.has(meeting.id);
    if (outcome.kind === "ok") {
      const describe = () => `call ${call.id} is told that meeting ${meeting.id} is canceled`;
      subjects.add(meeting.availabilityId, { ...timeOf(attempt), describe, holds: isCanceled });
      continue;
    }
    const reasons: Reasons = new Map<string, (state: WindowState) => boolean>([
      ["NOT_YOURS", () => !takesPart(call.member, meeting)],
      ["ALREADY_CANCELED", (state) => isCanceled(state) && meeting.canceledBy !== call.member],
    ]);
    subjects.addRefusal(meeting.availabilityId, call, attempt, reasons.get(outcome.reason ?? outcome.code));
  }
}

/** Windows and meetings that could not be seen. */
export function addRefusedLooks(subjects: Subjects): void {
  for (const { call, attempt } of sentTo(subjects.history, "availability.get")) {
    if (attempt.outcome.kind !== "refused") continue;
    const isMissing = attempt.outcome.reason === "NOT_FOUND";
    subjects.addRefusal(call.input.id, call, attempt, isMissing ? isNotThere : undefined);
  }
  for (const { call, attempt } of sentTo(subjects.history, "meeting.get")) {
    const meeting = subjects.meetings.get(call.input.id);
    if (attempt.outcome.kind !== "refused" || !meeting) continue;
    const isOthers = attempt.outcome.reason === "NOT_YOURS" && !takesPart(call.member, meeting);
    subjects.addRefusal(meeting.availabilityId, call, attempt, isOthers ? () => true : undefined);
  }
  for (const call of subjects.history.calls) {
    if (!/list$|search$|^calendar/.test(call.procedure)) continue;
    for (const attempt of call.attempts) {
      if (attempt.outcome.kind === "refused") subjects.addRefusal("", call, attempt, undefined);
    }
  }
}
