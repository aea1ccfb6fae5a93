import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { type Opening, openingsOf } from "../availabilities/openings.ts";
import { type AvailabilityRecord, asAvailability } from "../availabilities/repository.ts";
import { isSeveral, offerOf, takenTimes } from "../availabilities/rules.ts";
import type { BusyDay } from "../calendar/busy.ts";
import type { MeetingEntry, WindowEntry } from "../calendar/repository.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import type { TableName } from "../database/tables.ts";
import { byStart, overlaps, shift } from "../instant.ts";
import { asMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { asUser, type UserRecord } from "../users/repository.ts";
import { testDatabase } from "./database.ts";
import { now as testClock } from "./records.ts";

/**
 * Holds what must always hold against everything that is stored of some members: no window overbooked, nobody in two
 * places, every free seat findable, and windows, openings, meetings and calendars telling the same story.
 * @param members everybody who took part: meetings with others are not understood
 * @throws Error that names each violation
 */
export async function checkInvariants(members: readonly { actor: string }[]): Promise<void> {
  const violations = await findViolations(members);
  if (violations.length > 0) throw new Error(`What must always hold does not:\n${violations.join("\n")}`);
}

/**
 * The violations that `checkInvariants` throws.
 * @param now what is over by then keeps the names it had; all else shows the profiles, once what follows commits is done
 */
export async function findViolations(
  members: readonly { actor: string }[],
  database = testDatabase(),
  now = testClock,
): Promise<string[]> {
  const [openings, profiles, ...people] = await Promise.all([
    readOpeningsOf(
      database,
      members.map(({ actor }) => actor),
    ),
    readProfiles(
      database,
      members.map(({ actor }) => actor),
    ),
    ...members.map(({ actor }) => readPerson(database, actor)),
  ]);
  const windows = people.flatMap((person) => person.windows);
  const meetings = people.flatMap((person) => person.owned);
  return [
    ...windows.flatMap((window) => windowViolations(window, meetings)),
    ...meetings.flatMap((meeting) => meetingViolations(meeting, windows)),
    ...people.flatMap(personViolations),
    ...openingViolations(openings, windows),
    ...copyViolations(profiles, windows, meetings, now),
  ];
}

async function readProfiles(
  database: Database,
  usernames: readonly string[],
): Promise<Map<string, UserRecord>> {
  const { Users } = await batchGet(database, { Users: usernames.map((username) => ({ username })) });
  return new Map(Users.map(asUser).map((user) => [user.username, user]));
}

/** What shows another name, cohort or link than the profile that it is from. */
function copyViolations(
  profiles: ReadonlyMap<string, UserRecord>,
  windows: readonly AvailabilityRecord[],
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
        `${what} shows ${username} as ${field} ${shown[field]}, and the profile says ${profile[field]}`,
      );
    }
  };
  for (const window of windows.filter(isAhead)) {
    const { owner, ownerDisplayName: displayName, ownerCohort: cohort } = window;
    compare(`window ${window.id}`, owner, { displayName, cohort });
    for (const [username, seat] of Object.entries(window.seats)) {
      compare(`the seat in window ${window.id}`, username, seat);
    }
  }
  for (const meeting of meetings.filter((each) => isAhead(each) && each.status === "SCHEDULED")) {
    const { owner, ownerDisplayName, participant, participantDisplayName, hostLink } = meeting;
    compare(`meeting ${meeting.id}`, owner, { displayName: ownerDisplayName, defaultLink: hostLink });
    compare(`meeting ${meeting.id}`, participant, { displayName: participantDisplayName });
  }
  return violations;
}

interface Person {
  username: string;
  windows: AvailabilityRecord[];
  /** Meetings as owner, and as participant. */
  owned: MeetingRecord[];
  joined: MeetingRecord[];
  meetingEntries: MeetingEntry[];
  windowEntries: WindowEntry[];
  busyDays: BusyDay[];
}

async function readPerson(database: Database, username: string): Promise<Person> {
  const [windows, owned, joined, entries] = await Promise.all([
    queryAll<AvailabilityRecord>(database, "Availabilities", "owner", username),
    queryAll<MeetingRecord>(database, "Meetings", "owner", username, "byOwner"),
    queryAll<MeetingRecord>(database, "Meetings", "participant", username, "byParticipant"),
    queryAll<MeetingEntry | WindowEntry | BusyDay>(database, "Calendar", "username", username),
  ]);
  return {
    username,
    windows: windows.map(asAvailability),
    owned: owned.map(asMeeting),
    joined: joined.map(asMeeting),
    meetingEntries: entries.filter((entry): entry is MeetingEntry =>
      /^(canceled|meeting)#/.test(entry.entry),
    ),
    windowEntries: entries.filter((entry): entry is WindowEntry => entry.entry.startsWith("window#")),
    busyDays: entries.filter((entry): entry is BusyDay => entry.entry.startsWith("day#")),
  };
}

/** The openings of some owners, wherever they stand: those that belong to no window any more are looked for, too. */
async function readOpeningsOf(database: Database, owners: readonly string[]): Promise<Opening[]> {
  const openings: Opening[] = [];
  // A list in a filter holds a hundred values.
  for (let at = 0; at < owners.length; at += 100) {
    const some = owners.slice(at, at + 100);
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await database.client.send(
        new ScanCommand({
          TableName: database.names.Openings,
          ConsistentRead: true,
          FilterExpression: `#owner IN (${some.map((_, index) => `:owner${index}`).join(", ")})`,
          ExpressionAttributeNames: { "#owner": "owner" },
          ExpressionAttributeValues: Object.fromEntries(
            some.map((owner, index) => [`:owner${index}`, owner]),
          ),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      openings.push(...(Items as Opening[]));
      start = LastEvaluatedKey;
    } while (start);
  }
  return openings;
}

async function queryAll<Item>(
  database: Database,
  table: TableName,
  key: string,
  value: string,
  index?: string,
): Promise<Item[]> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await database.client.send(
      new QueryCommand({
        TableName: database.names[table],
        ...(index ? { IndexName: index } : { ConsistentRead: true }),
        KeyConditionExpression: "#key = :value",
        ExpressionAttributeNames: { "#key": key },
        ExpressionAttributeValues: { ":value": value },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(Items as Item[]));
    start = LastEvaluatedKey;
  } while (start);
  return items;
}

function windowViolations(window: AvailabilityRecord, meetings: readonly MeetingRecord[]): string[] {
  const is = `window ${window.id} (${window.status}, ${window.seatCount} of ${window.maxParticipants})`;
  const violations: string[] = [];
  const seats = Object.entries(window.seats);
  if (seats.length !== window.seatCount) violations.push(`${is} holds ${seats.length} seats`);
  if (!isSeveral(window) && seats.length > window.maxParticipants) violations.push(`${is} is overbooked`);
  const taken = takenTimes(window);
  if (
    isSeveral(window) &&
    taken.some((span, at) => taken.slice(at + 1).some((other) => overlaps(span, other)))
  ) {
    violations.push(`${is} has a time taken twice`);
  }
  const { status, lastStart } = offerOf(window);
  if (window.status !== "CANCELED" && window.status !== status) violations.push(`${is} has the wrong status`);
  if (window.status === "SCHEDULED" && window.lastStart !== lastStart) {
    violations.push(`${is} has the wrong last start: ${window.lastStart}, not ${lastStart}`);
  }
  if (window.status === "CANCELED" && seats.length > 0) violations.push(`${is} is withdrawn with seats`);
  for (const [username, seat] of seats) {
    const meeting = meetings.find(({ id }) => id === seat.meetingId);
    const same =
      meeting?.status === "SCHEDULED" &&
      meeting.availabilityId === window.id &&
      meeting.owner === window.owner &&
      meeting.participant === username &&
      meeting.type === seat.type &&
      meeting.startTime === seat.startTime &&
      meeting.endTime === seat.endTime;
    if (!same) violations.push(`${is}: the seat of ${username} has no scheduled meeting`);
    if (seat.startTime < window.startTime || seat.endTime > window.endTime) {
      violations.push(`${is}: the seat of ${username} lies outside`);
    }
    if (!window.types.includes(seat.type))
      violations.push(`${is}: the seat of ${username} is of no type here`);
  }
  return violations;
}

function meetingViolations(meeting: MeetingRecord, windows: readonly AvailabilityRecord[]): string[] {
  const is = `meeting ${meeting.id} (${meeting.status})`;
  const violations: string[] = [];
  if ((meeting.status === "CANCELED") !== (meeting.canceledBy !== undefined)) {
    violations.push(`${is} is canceled by ${meeting.canceledBy}`);
  }
  if (meeting.status === "CANCELED") return violations;
  const window = windows.find(({ id, owner }) => id === meeting.availabilityId && owner === meeting.owner);
  if (!window) return [...violations, `${is} has no window`];
  if (window.seats[meeting.participant]?.meetingId !== meeting.id) violations.push(`${is} has no seat`);
  const told = (["location", "link", "description"] as const).filter(
    (field) => window[field] !== meeting[field],
  );
  if (told.length > 0) violations.push(`${is} tells another ${told.join(" and ")} than its window`);
  return violations;
}

function openingViolations(openings: readonly Opening[], windows: readonly AvailabilityRecord[]): string[] {
  const asText = (opening: Opening) => JSON.stringify(Object.entries(opening).sort());
  const expected = windows.flatMap(openingsOf).map(asText);
  const stored = openings.map(asText);
  return [
    ...without(expected, stored).map((missing) => `There is no opening ${missing}`),
    ...without(stored, expected).map((extra) => `There is an opening without its window: ${extra}`),
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
    violations.push(`${extra} is in the calendar of ${person.username} alone`);
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
  for (const one of wrong) violations.push(`${person.username} is busy, or is not: ${one}`);

  const windows = person.windows.map((window) => story(window, window.expiresAt));
  const windowEntries = person.windowEntries.map((entry) => story(entry, entry.expiresAt));
  for (const missing of without(windows, windowEntries)) violations.push(`window ${missing} has no entry`);
  for (const extra of without(windowEntries, windows)) violations.push(`window ${extra} has an entry alone`);

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
