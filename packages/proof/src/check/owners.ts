import type { Availability } from "@kumite/core/availabilities/schema";
import type { Meeting } from "@kumite/core/meetings/schema";
import { type Attempt, type Call, type CallOf, doneOf, sentTo } from "../history.ts";
import { type Agenda, busyTimes, daysOf } from "./agenda.ts";
import { type Interval, timeOf } from "./interval.ts";
import type { Operation } from "./linearize.ts";
import { lastFreeStart, offerOf, overlaps, type Times } from "./offer.ts";
import type { Subjects } from "./subjects.ts";

/** What an answer shows about an owner's other meetings. */
interface OwnersTime {
  readonly owner: string;
  readonly operation: Operation<Agenda>;
}

/**
 * Returns what answers show about owners' other meetings: the busy times of shown availabilities, the availabilities
 * that a search offers, and those that an owner may post. Each must have been true at some moment.
 * @returns `violations`: answers that were wrong at every moment
 */
export function ownersTimes(subjects: Subjects): { times: OwnersTime[]; violations: string[] } {
  const { history } = subjects;
  const times: OwnersTime[] = [];
  const violations: string[] = [];
  for (const { call, attempt, data } of doneOf(sentTo(history, "availability.search"))) {
    for (const availability of data.items) {
      times.push(...shownTimes(call, attempt, availability));
      const taken = [...availability.taken, ...(availability.ownerBusy ?? [])];
      if (lastFreeStart(offerOf(availability), taken) !== undefined) continue;
      violations.push(
        `call ${call.id}: search offers availability ${availability.id}, whose owner is busy all the time`,
      );
    }
  }
  for (const { call, attempt, data } of doneOf(sentTo(history, "availability.get"))) {
    const mayBook = data.owner !== call.member && data.cohorts.includes(subjects.cohortOf(call.member));
    if (mayBook && data.status === "SCHEDULED") times.push(...shownTimes(call, attempt, data));
    else if (data.ownerBusy) {
      violations.push(
        `call ${call.id}: ${call.member} sees when the owner of availability ${data.id} is busy`,
      );
    }
  }
  for (const { call, attempt } of sentTo(history, "availability.set")) {
    const { outcome } = attempt;
    const isRefused = outcome.kind === "refused" && outcome.reason === "OWNER_BUSY";
    // changes.ts checks edits, because they need the state of the availability.
    if (call.input.id !== undefined || !(outcome.kind === "ok" || isRefused)) continue;
    // With a key, an earlier attempt may have posted it.
    const start = isRefused ? attempt.start : Math.min(...call.attempts.map((one) => one.start));
    const operation = hasStart(subjects, call, { ...timeOf(attempt), start }, !isRefused);
    times.push({ owner: call.member, operation });
  }
  return { times, violations };
}

/** Adds the shown busy times: the owner must have had exactly these meetings. */
function shownTimes(call: Call, attempt: Attempt, availability: Availability): OwnersTime[] {
  const { id, owner, ownerBusy = [] } = availability;
  const textOf = ({ startTime, endTime }: Times) => `${startTime}/${endTime}`;
  const shown = new Set(ownerBusy.map(textOf));
  const days = daysOf(availability);
  const hasNoOther = (agenda: Agenda, day: Times) => {
    const touching = [...agenda.values()].filter((meeting) => overlaps(meeting, day));
    return busyTimes(touching, availability, id).every((part) => shown.has(textOf(part)));
  };
  const has = (agenda: Agenda, text: string) =>
    busyTimes(agenda.values(), availability, id).map(textOf).includes(text);
  const holds =
    days.length === 1
      ? [
          (agenda: Agenda) =>
            days.every((day) => hasNoOther(agenda, day)) && [...shown].every((text) => has(agenda, text)),
        ]
      : [
          ...days.map((day) => (agenda: Agenda) => hasNoOther(agenda, day)),
          ...[...shown].map((text) => (agenda: Agenda) => has(agenda, text)),
        ];
  const words = [...shown].join(", ") || "free";
  const describe = () =>
    `call ${call.id}: ${call.procedure} by ${call.member} shows the owner of availability ${id} as busy: ${words}`;
  return holds.map((one) => ({ owner, operation: { ...timeOf(attempt), describe, holds: one } }));
}

/** Adds that an owner had a free start for an availability that they post, or that they had none. */
function hasStart(
  subjects: Subjects,
  call: CallOf<"availability.set">,
  time: Interval,
  wanted: boolean,
): Operation<Agenda> {
  const offer = offerOf(call.input);
  const isLeft = (meetings: Iterable<Meeting>) =>
    lastFreeStart(offer, busyTimes(meetings, offer, "")) !== undefined;
  const { possible, certain } = subjects.meetingsDuring(call.member, "", time);
  const isRight = isLeft(wanted ? certain : possible) === wanted;
  return {
    ...time,
    describe: () =>
      `call ${call.id}: availability.set by ${call.member} finds ${wanted ? "a" : "no"} start beside their meetings`,
    holds: daysOf(offer).length === 1 ? (agenda) => isLeft(agenda.values()) === wanted : () => isRight,
  };
}
