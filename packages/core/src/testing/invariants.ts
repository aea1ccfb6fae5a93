import { isSeveral } from "../availabilities/capacity.ts";
import { type Opening, openingsOf } from "../availabilities/openings.ts";
import type { AvailabilityRecord } from "../availabilities/repository.ts";
import { offerOf, takenTimes } from "../availabilities/rules.ts";
import type { MemberActor } from "../context/actor.ts";
import { byStart, overlaps, shift } from "../instant.ts";
import type { MeetingRecord } from "../meetings/repository.ts";
import type { UserRecord } from "../users/repository.ts";
import { testDatabase } from "./database.ts";
import { type Person, readOpeningsOf, readPerson, readProfiles } from "./member-records.ts";
import { now as testClock } from "./records.ts";

/**
 * Checks the invariants against everything that is stored about some members: no overbooked availability, nobody in two
 * places, every free seat in search, and consistent availabilities, openings, meetings and calendars.
 * @param members everyone who took part; meetings with others are reported as violations
 * @throws Error with all violations
 */
export async function checkInvariants(members: readonly { actor: MemberActor }[]): Promise<void> {
  const violations = await findViolations(members);
  if (violations.length > 0) throw new Error(`Invariants are violated:\n${violations.join("\n")}`);
}

/**
 * Returns the violations that `checkInvariants` throws.
 * @param now items that are over by then may show old names; all others must show the profiles once follow-ups are done
 */
export async function findViolations(
  members: readonly { actor: MemberActor }[],
  database = testDatabase(),
  now = testClock,
): Promise<string[]> {
  const [openings, profiles, ...people] = await Promise.all([
    readOpeningsOf(
      database,
      members.map(({ actor }) => actor.username),
    ),
    readProfiles(
      database,
      members.map(({ actor }) => actor.username),
    ),
    ...members.map(({ actor }) => readPerson(database, actor.username)),
  ]);
  const availabilities = people.flatMap((person) => person.availabilities);
  const meetings = people.flatMap((person) => person.owned);
  return [
    ...availabilities.flatMap((availability) => availabilityViolations(availability, meetings)),
    ...meetings.flatMap((meeting) => meetingViolations(meeting, availabilities)),
    ...people.flatMap(personViolations),
    ...openingViolations(openings, availabilities),
    ...copyViolations(profiles, availabilities, meetings, now),
  ];
}

/** Finds copies with another name, cohort or link than the profile. */
function copyViolations(
  profiles: ReadonlyMap<string, UserRecord>,
  availabilities: readonly AvailabilityRecord[],
  meetings: readonly MeetingRecord[],
  now: Date,
): string[] {
  const isAhead = ({ endTime }: { endTime: string }) => endTime > now.toISOString();
  const violations: string[] = [];
  const compare = (
    what: string,
    username: string,
    shown: Partial<Pick<UserRecord, "displayName" | "cohort" | "defaultLink">>,
  ) => {
    const profile = profiles.get(username);
    if (!profile) return;
    for (const field of ["displayName", "cohort", "defaultLink"] as const) {
      if (shown[field] === undefined || shown[field] === profile[field]) continue;
      violations.push(
        `${what} shows ${username} with ${field} ${shown[field]}, but the profile has ${profile[field]}`,
      );
    }
  };
  for (const availability of availabilities.filter(isAhead)) {
    const { owner, ownerDisplayName: displayName, ownerCohort: cohort } = availability;
    compare(`open time ${availability.id}`, owner, { displayName, cohort });
    for (const [username, seat] of Object.entries(availability.seats)) {
      compare(`the seat in open time ${availability.id}`, username, seat);
    }
  }
  for (const meeting of meetings.filter((each) => isAhead(each) && each.status === "SCHEDULED")) {
    const { owner, ownerDisplayName, participant, participantDisplayName, hostLink } = meeting;
    compare(`meeting ${meeting.id}`, owner, { displayName: ownerDisplayName, defaultLink: hostLink });
    compare(`meeting ${meeting.id}`, participant, { displayName: participantDisplayName });
  }
  return violations;
}

function availabilityViolations(
  availability: AvailabilityRecord,
  meetings: readonly MeetingRecord[],
): string[] {
  const is = `open time ${availability.id} (${availability.status}, ${availability.seatCount} of ${availability.maxParticipants})`;
  const violations: string[] = [];
  const seats = Object.entries(availability.seats);
  if (seats.length !== availability.seatCount) violations.push(`${is} holds ${seats.length} seats`);
  if (!isSeveral(availability) && seats.length > availability.maxParticipants)
    violations.push(`${is} is overbooked`);
  const taken = takenTimes(availability);
  if (
    isSeveral(availability) &&
    taken.some((span, at) => taken.slice(at + 1).some((other) => overlaps(span, other)))
  ) {
    violations.push(`${is} has a time taken twice`);
  }
  const { status, lastStart } = offerOf(availability);
  if (availability.status !== "CANCELED" && availability.status !== status)
    violations.push(`${is} has the wrong status`);
  if (availability.status === "SCHEDULED" && availability.lastStart !== lastStart) {
    violations.push(`${is} has the wrong last start: ${availability.lastStart}, not ${lastStart}`);
  }
  if (availability.status === "CANCELED" && seats.length > 0)
    violations.push(`${is} is withdrawn with seats`);
  for (const [username, seat] of seats) {
    const meeting = meetings.find(({ id }) => id === seat.meetingId);
    const same =
      meeting?.status === "SCHEDULED" &&
      meeting.availabilityId === availability.id &&
      meeting.owner === availability.owner &&
      meeting.participant === username &&
      meeting.type === seat.type &&
      meeting.startTime === seat.startTime &&
      meeting.endTime === seat.endTime;
    if (!same) violations.push(`${is}: the seat of ${username} has no scheduled meeting`);
    if (seat.startTime < availability.startTime || seat.endTime > availability.endTime) {
      violations.push(`${is}: the seat of ${username} is outside the open time`);
    }
    if (!availability.types.includes(seat.type))
      violations.push(`${is}: the seat of ${username} has a type that is not offered`);
  }
  return violations;
}

function meetingViolations(meeting: MeetingRecord, availabilities: readonly AvailabilityRecord[]): string[] {
  const is = `meeting ${meeting.id} (${meeting.status})`;
  const violations: string[] = [];
  if ((meeting.status === "CANCELED") !== (meeting.canceledBy !== undefined)) {
    violations.push(`${is} is canceled by ${meeting.canceledBy}`);
  }
  if (meeting.status === "CANCELED") return violations;
  const availability = availabilities.find(
    ({ id, owner }) => id === meeting.availabilityId && owner === meeting.owner,
  );
  if (!availability) return [...violations, `${is} has no open time`];
  if (availability.seats[meeting.participant]?.meetingId !== meeting.id) violations.push(`${is} has no seat`);
  const told = (["location", "link", "description"] as const).filter(
    (field) => availability[field] !== meeting[field],
  );
  if (told.length > 0) violations.push(`${is} has another ${told.join(" and ")} than its open time`);
  return violations;
}

function openingViolations(
  openings: readonly Opening[],
  availabilities: readonly AvailabilityRecord[],
): string[] {
  const asText = (opening: Opening) => JSON.stringify(Object.entries(opening).sort());
  const expected = availabilities.flatMap(openingsOf).map(asText);
  const stored = openings.map(asText);
  return [
    ...without(expected, stored).map((missing) => `There is no opening ${missing}`),
    ...without(stored, expected).map((extra) => `There is an opening without its open time: ${extra}`),
  ];
}

function personViolations(person: Person): string[] {
  const violations: string[] = [];
  const meetings = [...person.owned, ...person.joined];

  const asStored = meetings.map((meeting) => {
    const { id, availabilityId, startTime, status } = meeting;
    const kind = status === "CANCELED" ? "canceled" : "meeting";
    return story(meeting, availabilityId, status, `${kind}#${startTime}#${id}`);
  });
  const asCalendar = person.meetingEntries.map((entry) =>
    story(entry, entry.availabilityId, entry.status, entry.entry),
  );
  for (const missing of without(asStored, asCalendar)) {
    violations.push(`${missing} is not in the calendar of ${person.username}`);
  }
  for (const extra of without(asCalendar, asStored)) {
    violations.push(`${extra} is only in the calendar of ${person.username}`);
  }

  const scheduled = meetings.filter(({ status }) => status === "SCHEDULED");
  const expected = scheduled.flatMap(({ id, availabilityId, bookings, startTime, endTime }) =>
    [startTime, shift(endTime, -1)].map(
      (at) => `${at.slice(0, 10)} ${bookings === "several" ? id : availabilityId} ${startTime} ${endTime}`,
    ),
  );
  const stored = person.busyDays.flatMap(({ entry, busy }) =>
    Object.entries(busy).map(
      ([id, { startTime, endTime }]) => `${entry.slice(4)} ${id} ${startTime} ${endTime}`,
    ),
  );
  const wrong = [...new Set([...expected, ...stored])].filter(
    (one) => expected.includes(one) !== stored.includes(one),
  );
  for (const one of wrong) violations.push(`${person.username} has a wrong busy time: ${one}`);

  const availabilities = person.availabilities.map((availability) =>
    story(availability, availability.expiresAt),
  );
  const availabilityEntries = person.availabilityEntries.map((entry) => story(entry, entry.expiresAt));
  for (const missing of without(availabilities, availabilityEntries))
    violations.push(`open time ${missing} has no entry`);
  for (const extra of without(availabilityEntries, availabilities))
    violations.push(`open time ${extra} has only an entry`);

  // The seats of one group session are one meeting for its owner.
  const sessions = new Map(
    meetings
      .filter((meeting) => meeting.status === "SCHEDULED")
      .map((meeting) => [
        isOneSession(meeting, person.username) ? meeting.availabilityId : meeting.id,
        meeting,
      ]),
  );
  const inOrder = [...sessions.values()].sort(byStart);
  for (const [at, meeting] of inOrder.entries()) {
    for (const other of inOrder.slice(at + 1)) {
      if (overlaps(meeting, other)) {
        violations.push(`${person.username} is in two places: meetings ${meeting.id} and ${other.id}`);
      }
    }
  }
  return violations;
}

function isOneSession(meeting: MeetingRecord, username: string): boolean {
  return meeting.owner === username && meeting.bookings !== "several";
}

function story(of: { id: string; startTime: string; endTime: string }, ...more: (string | number)[]): string {
  return [of.id, of.startTime, of.endTime, ...more].join(" ");
}

function without(items: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return items.filter((item) => !known.has(item));
}
