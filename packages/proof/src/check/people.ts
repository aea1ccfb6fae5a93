import type { Meeting } from "@kumite/core/meetings/schema";
import { sentTo } from "../history.ts";
import { type Agenda, isBusy } from "./agenda.ts";
import type { Finding } from "./finding.ts";
import { timeOf } from "./interval.ts";
import { findContradiction, type Operation } from "./linearize.ts";
import { askedSpan, isSeveral, overlaps, type Times } from "./offer.ts";
import { ownersTimes } from "./owners.ts";
import type { Subjects } from "./subjects.ts";

/**
 * Checks that for each person some order of their bookings and cancelations never has two meetings that overlap, and
 * explains each answer that says that they are busy or free.
 */
export function checkPeople(subjects: Subjects): Finding {
  const people = new Map<string, Operation<Agenda>[]>(
    subjects.history.members.map(({ username }) => [username, []]),
  );
  for (const { meeting, created, canceled } of subjects.bookings) {
    const { id } = meeting;
    for (const username of [meeting.owner, meeting.participant]) {
      people.get(username)?.push({
        ...created,
        describe: () => `meeting ${id} from ${meeting.startTime} to ${meeting.endTime} is booked`,
        apply: (agenda) => (isElsewhere(agenda, meeting) ? undefined : withMeeting(agenda, meeting)),
      });
      if (!canceled) continue;
      people.get(username)?.push({
        ...canceled,
        describe: () => `meeting ${id} is canceled`,
        apply: (agenda) => withoutMeeting(agenda, id),
      });
    }
  }
  for (const { call, attempt } of sentTo(subjects.history, "availability.book")) {
    const { outcome } = attempt;
    const reason = outcome.kind === "refused" ? outcome.reason : undefined;
    const { owner, id } = call.input;
    const person = { OVERLAPS_MEETING: call.member, OWNER_BUSY: owner }[reason ?? ""];
    if (person === undefined) continue;
    // The requested span depends on the availability's meeting length at that time.
    const spans = subjects.offersDuring(id, attempt).flatMap((offer) => {
      // Without a start: others have taken the rest, and only the first start is left.
      const { startTime = isSeveral(offer) ? offer.startTime : undefined } = call.input;
      return askedSpan(offer, { ...call.input, ...(startTime !== undefined && { startTime }) }) ?? [];
    });
    people.get(person)?.push({
      ...timeOf(attempt),
      describe: () => `call ${call.id}: availability.book by ${call.member} of ${id} is refused as ${reason}`,
      holds: (agenda) => spans.some((span) => isBusy(agenda, span, id)),
    });
  }

  const { times, violations } = ownersTimes(subjects);
  for (const { owner, operation } of times) people.get(owner)?.push(operation);
  const contradictions = [...people].flatMap(([username, operations]) => {
    const contradiction = findContradiction({ initial: new Map() as Agenda, key: keyOf, operations });
    return contradiction === undefined ? [] : [`member ${username}: ${contradiction}`];
  });
  const count = [...people.values()].reduce((sum, operations) => sum + operations.length, 0);
  return {
    looked: `${people.size} people, ${count} bookings, cancelations, refusals and times shown`,
    violations: [...violations, ...contradictions],
  };
}

/** Whether a person has another meeting at that time. The seats of one group session are one meeting for its owner. */
function isElsewhere(agenda: Agenda, meeting: Meeting): boolean {
  return [...agenda.values()].some(
    (other) =>
      overlaps(other, meeting) &&
      !(other.availabilityId === meeting.availabilityId && isSame(other, meeting)),
  );
}

function isSame(a: Times, b: Times): boolean {
  return a.startTime === b.startTime && a.endTime === b.endTime;
}

function withMeeting(agenda: Agenda, meeting: Meeting): Agenda {
  return new Map([...agenda, [meeting.id, meeting]]);
}

function withoutMeeting(agenda: Agenda, id: string): Agenda | undefined {
  const left = new Map(agenda);
  return left.delete(id) ? left : undefined;
}

function keyOf(agenda: Agenda): string {
  const spans = [...agenda.values()].map(({ id, startTime, endTime }) => `${startTime}/${endTime} ${id}`);
  return spans.sort().join(", ");
}
