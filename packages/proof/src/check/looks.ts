import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import { type Attempt, type Done, doneOf, type Procedures, type Span, sentTo } from "../history.ts";
import {
  type AvailabilityState,
  isBookableBy,
  looksLike,
  shownOf,
  takenTimes,
} from "./availability-model.ts";
import { type Interval, timeOf } from "./interval.ts";
import { isSeveral, lastFreeStart, type Offer, overlaps } from "./offer.ts";
import { type Holds, type Subject, type Subjects, takesPart } from "./subjects.ts";

interface Caller {
  readonly id: number;
  readonly member: string;
  readonly procedure: string;
}

/** Adds shown availabilities: each must have looked like this at some moment of the request. */
export function addAvailabilityLooks(subjects: Subjects): void {
  const { history } = subjects;
  /** @param isGone when it no longer existed, which the answer does not show */
  const add = (
    call: Caller,
    attempt: Attempt,
    availability: Availability,
    isRight: Holds = always,
    isGone?: Holds,
  ) => {
    const shown = shownOf(availability);
    const viewer = subjects.viewer(call.member, availability.id);
    subjects.add(availability.id, {
      ...timeOf(attempt),
      describe: () => `call ${call.id}: ${call.procedure} by ${call.member} shows ${JSON.stringify(shown)}`,
      holds: (state) => (looksLike(state, shown, viewer) && isRight(state)) || (isGone?.(state) ?? false),
    });
  };
  for (const { call, attempt, data } of doneOf(sentTo(history, "availability.withdraw"))) {
    const isWithdrawn = data.status === "CANCELED" && data.participants.length === 0;
    add(
      call,
      attempt,
      data,
      () => isWithdrawn,
      ({ stage }) => stage === "deleted" && isWithdrawn,
    );
  }
  for (const { call, attempt, data } of doneOf(sentTo(history, "availability.get"))) add(call, attempt, data);
  for (const { call, attempt, data } of doneOf(sentTo(history, "availability.set"))) add(call, attempt, data);
  for (const { call, attempt, data } of doneOf(sentTo(history, "availability.list"))) {
    for (const availability of data.items) {
      add(call, attempt, availability, () => subjects.isOwner(call.member, availability.id));
    }
  }
  for (const { call, attempt, data } of doneOf(sentTo(history, "calendar.get"))) {
    for (const availability of data.availabilities) {
      // The API first reads which availabilities to show and then the availabilities. An edit in between may move one
      // out of the span.
      const wasIn = subjects.offersDuring(availability.id, attempt).some((offer) => isIn(offer, call.input));
      add(call, attempt, availability, () => subjects.isOwner(call.member, availability.id) && wasIn);
    }
  }
  for (const { call, attempt, data } of doneOf(sentTo(history, "availability.search"))) {
    const isFound = isFoundBy(subjects, call);
    for (const availability of data.items) add(call, attempt, availability, isFound);
  }
}

/** Adds shown meetings: each was canceled, or scheduled with the availability's description at that moment. */
export function addMeetingLooks(subjects: Subjects): void {
  const { history } = subjects;
  const add = (call: Caller, attempt: Attempt, meeting: Meeting, span: Partial<Span> = {}) => {
    const { id, status, availabilityId, participant, description, link = "" } = meeting;
    const isForCaller = takesPart(call.member, meeting) && isIn(meeting, span);
    subjects.add(availabilityId, {
      ...timeOf(attempt),
      describe: () => `call ${call.id}: ${call.procedure} by ${call.member} shows meeting ${id} as ${status}`,
      holds: (state) =>
        isForCaller &&
        (status === "CANCELED"
          ? state.canceled.has(id)
          : state.seats.get(participant)?.id === id &&
            state.offer.description === description &&
            state.offer.link === link),
    });
  };
  for (const { call, attempt, data } of doneOf(sentTo(history, "availability.book")))
    add(call, attempt, data);
  for (const { call, attempt, data } of doneOf(sentTo(history, "meeting.get"))) add(call, attempt, data);
  for (const { call, attempt, data } of doneOf(sentTo(history, "meeting.list"))) {
    for (const meeting of data.items) add(call, attempt, meeting, call.input);
  }
  for (const { call, attempt, data } of doneOf(sentTo(history, "calendar.get"))) {
    for (const meeting of data.meetings) add(call, attempt, meeting, call.input);
  }
}

/** Adds what lists did not show: at some moment while a list was read, it must have been right to omit this. */
export function addMisses(subjects: Subjects): void {
  const { history } = subjects;
  const addAvailability = (
    call: Caller,
    time: Interval,
    subject: Subject,
    isDue: (offer: Offer) => boolean,
    isShown: Holds,
  ) => {
    const offers = subjects.offersDuring(subject.id, time);
    // An availability that moves may escape a paged read, from a page not read yet to one already read.
    const hasMoved = new Set(offers.map(({ startTime }) => startTime)).size > 1;
    if (hasMoved || !offers.some(isDue) || subject.deleted < time.start) return;
    subjects.add(subject.id, {
      ...time,
      describe: () => `call ${call.id}: ${call.procedure} by ${call.member} does not show it`,
      holds: (state) => !isShown(state),
    });
  };
  const isPosted = ({ stage }: AvailabilityState) => stage === "posted";
  const byOwner = Map.groupBy(subjects.all, ({ owner }) => owner);
  /** @param leftOut canceled meetings with a start up to this one may be omitted */
  const addMeetings = (
    call: Caller,
    time: Interval,
    span: Partial<Span>,
    shown: ReadonlySet<string>,
    leftOut = "",
  ) => {
    for (const { meeting } of subjects.bookings) {
      const isDue =
        (meeting.owner === call.member || meeting.participant === call.member) && isIn(meeting, span);
      if (!isDue || shown.has(meeting.id)) continue;
      subjects.add(meeting.availabilityId, {
        ...time,
        describe: () =>
          `call ${call.id}: ${call.procedure} by ${call.member} does not show meeting ${meeting.id}`,
        holds: ({ seats, canceled }) =>
          seats.get(meeting.participant)?.id !== meeting.id &&
          (!canceled.has(meeting.id) || meeting.startTime <= leftOut),
      });
    }
  };

  /** Whether a start is left beside all other meetings that the owner may have had during a search. */
  const hasStart = ({ id, owner }: Subject, time: Interval, state: AvailabilityState) => {
    const taken = isSeveral(state.offer) ? takenTimes(state) : [];
    const { possible } = subjects.meetingsDuring(owner, id, time);
    return lastFreeStart(state.offer, [...taken, ...possible]) !== undefined;
  };
  for (const { call, time, shown } of readToEnd(doneOf(sentTo(history, "availability.search")))) {
    const isFound = isFoundBy(subjects, call);
    const cohort = subjects.cohortOf(call.member);
    const isDue = (offer: Offer) => offer.cohorts.includes(cohort) && isIn(offer, call.input);
    for (const subject of subjects.all) {
      if (subject.owner === call.member || shown.has(subject.id)) continue;
      if (subjects.accounts.mayBeApart(call.member, subject.owner, time)) continue;
      addAvailability(
        call,
        time,
        subject,
        isDue,
        (state) => isFound(state) && hasStart(subject, time, state),
      );
    }
  }
  for (const { call, time, shown } of readToEnd(doneOf(sentTo(history, "availability.list")))) {
    for (const subject of byOwner.get(call.member) ?? []) {
      if (!shown.has(subject.id)) addAvailability(call, time, subject, () => true, isPosted);
    }
  }
  for (const { call, attempt, data } of doneOf(sentTo(history, "calendar.get"))) {
    const shown = new Set([...data.availabilities, ...data.meetings].map(({ id }) => id));
    for (const subject of byOwner.get(call.member) ?? []) {
      const isDue = (offer: Offer) => isIn(offer, call.input);
      // An edit may move an availability's end into or out of the span while the calendar is read.
      const isShown: Holds = (state) => isPosted(state) && isDue(state.offer);
      if (!shown.has(subject.id)) addAvailability(call, attempt, subject, isDue, isShown);
    }
    const firstCanceled = data.meetings.find(({ status }) => status === "CANCELED");
    const leftOut = data.canceledLeftOut ? firstCanceled?.startTime : undefined;
    addMeetings(call, timeOf(attempt), call.input, shown, leftOut);
  }
  for (const { call, time, shown } of readToEnd(doneOf(sentTo(history, "meeting.list")))) {
    addMeetings(call, time, call.input, shown);
  }
}

const always: Holds = () => true;

/**
 * Whether a search must show an availability: another member's, bookable by the caller, with a matching time and type.
 */
function isFoundBy(
  subjects: Subjects,
  { member, input }: { member: string; input: Procedures["availability.search"]["input"] },
): Holds {
  const cohort = subjects.cohortOf(member);
  return (state) =>
    isBookableBy(state, member, cohort) &&
    isIn(state.offer, input) &&
    (input.types?.some((type) => state.offer.types.includes(type)) ?? true);
}

function isIn(one: { startTime: string; endTime: string }, { from = "", to = "~" }: Partial<Span>): boolean {
  return overlaps(one, { startTime: from, endTime: to });
}

/** A list that was read from its first page to its last. */
export interface WholeList<P extends "availability.search" | "availability.list" | "meeting.list"> {
  readonly call: Done<P>["call"];
  /** From the first page's request to the last page's answer. */
  readonly time: Interval;
  /** The ids of the items on its pages. */
  readonly shown: ReadonlySet<string>;
}

export function readToEnd<P extends "availability.search" | "availability.list" | "meeting.list">(
  pages: readonly Done<P>[],
): WholeList<P>[] {
  return [...Map.groupBy(pages, ({ call }) => call.list).values()].flatMap((list) => {
    const [first, last] = [list[0], list.at(-1)];
    if (!first || !last || "cursor" in first.call.input || last.data.cursor !== undefined) return [];
    const time = { start: first.attempt.start, end: last.attempt.end };
    const shown = new Set(list.flatMap(({ data }) => data.items.map(({ id }) => id)));
    return [{ call: first.call, time, shown }];
  });
}
