import type { Meeting } from "@kumite/core/meetings/schema";
import { sentTo } from "../history.ts";
import type { Finding } from "./finding.ts";
import { findContradiction, type Operation } from "./linearize.ts";
import { type Subjects, timeOf } from "./subjects.ts";
import { askedSpan, overlaps } from "./window-model.ts";

/** The scheduled meetings that somebody has, by id. */
type Agenda = ReadonlyMap<string, Meeting>;

/**
 * Whether for each person some order of their bookings and cancelations never has them in two places, and explains each
 * time that they were said to be busy.
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
        apply: (agenda) =>
          isBusy(agenda, meeting, meeting.availabilityId) ? undefined : withMeeting(agenda, meeting),
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
    // The time that was asked for depends on how long the window's meetings were then.
    const spans = subjects.offersDuring(id, attempt).flatMap((offer) => askedSpan(offer, call.input) ?? []);
    people.get(person)?.push({
      ...timeOf(attempt),
      describe: () => `call ${call.id}: availability.book by ${call.member} of ${id} is refused as ${reason}`,
      holds: (agenda) => spans.some((span) => isBusy(agenda, span, id)),
    });
  }

  const violations = [...people].flatMap(([username, operations]) => {
    const contradiction = findContradiction({ initial: new Map() as Agenda, key: keyOf, operations });
    return contradiction === undefined ? [] : [`member ${username}: ${contradiction}`];
  });
  const count = [...people.values()].reduce((sum, operations) => sum + operations.length, 0);
  return { looked: `${people.size} people, ${count} bookings, cancelations and refusals`, violations };
}

/** Whether somebody has a meeting then; the seats of one window are one meeting for its owner. */
function isBusy(agenda: Agenda, span: { startTime: string; endTime: string }, window: string): boolean {
  return [...agenda.values()].some((other) => other.availabilityId !== window && overlaps(other, span));
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
