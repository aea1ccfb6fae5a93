import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import { longestAvailability, shift } from "../instant.ts";
import type { AvailabilityStatus, MeetingStatus } from "../states.ts";

/**
 * The Calendar table: a member's availabilities and meetings in time order. Its sort key is `<prefix><startTime>#<id>`,
 * so each kind is one range. The days on which a member is busy are in the same table (busy.ts).
 * Scheduled meetings have the kind `meeting`, canceled ones `canceled`, so that no number of canceled meetings slows
 * down reading scheduled ones. Entries that older versions canceled stay in `meeting` until a migration moves them.
 */
export type EntryKind = keyof Entries;

interface EntryRecord {
  username: string;
  entry: string;
  id: string;
  startTime: string;
  endTime: string;
}

/** A meeting in one person's calendar. */
export interface MeetingEntry extends EntryRecord {
  availabilityId: string;
  status: MeetingStatus;
}

/** An availability in its owner's calendar; it expires with the availability. */
export interface AvailabilityEntry extends EntryRecord {
  status: AvailabilityStatus;
  expiresAt: number;
}

interface Entries {
  canceled: MeetingEntry;
  meeting: MeetingEntry;
  availability: AvailabilityEntry;
}

/** An entry as read. Entries that were stored before the status existed count as scheduled. */
function asEntry<Kind extends EntryKind>(item: object): Entries[Kind] {
  return { status: "SCHEDULED", ...item } as Entries[Kind];
}

/** The start of the sort key. Availabilities were called windows when the first entries were stored. */
export const entryPrefix = {
  canceled: "canceled#",
  meeting: "meeting#",
  availability: "window#",
} as const satisfies Record<EntryKind, string>;

function entryKey(kind: EntryKind, startTime: string, id: string): string {
  return `${entryPrefix[kind]}${startTime}#${id}`;
}

interface MeetingTimes {
  id: string;
  availabilityId: string;
  startTime: string;
  endTime: string;
}

/** The write that adds a meeting's entry to one person's calendar, in the range of its status. */
export function addMeetingEntry(
  database: Database,
  username: string,
  meeting: MeetingTimes & { status: MeetingStatus },
): TransactItem {
  const { id, availabilityId, startTime, endTime, status } = meeting;
  const entry = entryKey(status === "CANCELED" ? "canceled" : "meeting", startTime, id);
  const Item: MeetingEntry = { username, entry, id, availabilityId, startTime, endTime, status };
  return { Put: { TableName: database.names.Calendar, Item } };
}

/**
 * The writes that move a scheduled meeting's entry in one person's calendar to the canceled ones, by label for a
 * transaction.
 */
export function cancelMeetingEntry(
  database: Database,
  username: string,
  meeting: MeetingTimes,
): Record<string, TransactItem> {
  return {
    [`${username}'s entry`]: {
      Delete: {
        TableName: database.names.Calendar,
        Key: { username, entry: entryKey("meeting", meeting.startTime, meeting.id) },
        ConditionExpression: "attribute_exists(entry)",
      },
    },
    [`${username}'s canceled entry`]: addMeetingEntry(database, username, {
      ...meeting,
      status: "CANCELED",
    }),
  };
}

interface AvailabilityTimes {
  owner: string;
  id: string;
  startTime: string;
  endTime: string;
  status: AvailabilityStatus;
  expiresAt: number;
}

export function putAvailabilityEntry(database: Database, availability: AvailabilityTimes): TransactItem {
  const { owner, id, startTime, endTime, status, expiresAt } = availability;
  const entry = entryKey("availability", startTime, id);
  const Item: AvailabilityEntry = { username: owner, entry, id, startTime, endTime, status, expiresAt };
  return { Put: { TableName: database.names.Calendar, Item } };
}

export function deleteAvailabilityEntry(
  database: Database,
  availability: Pick<AvailabilityTimes, "owner" | "id" | "startTime">,
): TransactItem {
  const entry = entryKey("availability", availability.startTime, availability.id);
  return { Delete: { TableName: database.names.Calendar, Key: { username: availability.owner, entry } } };
}

export interface EntrySpan {
  /** Entries that end after this instant; open if left out. */
  from?: string | undefined;
  /** Entries that start before this instant; open if left out. */
  to?: string | undefined;
}

/**
 * Builds the Query for one member's entries of a kind that overlap a span, with strong consistency. The range begins
 * one longest availability before `from`, because an entry that began by then may still run.
 */
export function overlapping(
  database: Database,
  username: string,
  kind: EntryKind,
  span: EntrySpan,
): QueryCommandInput & { ExpressionAttributeValues: Record<string, string> } {
  const prefix = entryPrefix[kind];
  return {
    TableName: database.names.Calendar,
    ConsistentRead: true,
    KeyConditionExpression: "username = :username AND entry BETWEEN :first AND :last",
    ...(span.from && { FilterExpression: "endTime > :from" }),
    ExpressionAttributeValues: {
      ":username": username,
      ":first": `${prefix}${span.from ? shift(span.from, -longestAvailability) : ""}`,
      // `$` follows `#`: the first key after those that begin with the prefix.
      ":last": span.to ? `${prefix}${span.to}` : prefix.replace("#", "$"),
      ...(span.from && { ":from": span.from }),
    },
  };
}

/**
 * Lists one member's entries of a kind that overlap a span, in order of start and id, with strong consistency.
 * @param page.after the sort key to start after
 * @param page.atMost how many to return; all if left out
 */
export async function listEntries<Kind extends EntryKind>(
  database: Database,
  username: string,
  kind: Kind,
  span: EntrySpan,
  page: { after?: string | undefined; atMost?: number } = {},
): Promise<Entries[Kind][]> {
  const query = overlapping(database, username, kind, span);
  if (page.after !== undefined) query.ExpressionAttributeValues[":first"] = page.after;
  if (page.atMost !== undefined) query.Limit = page.atMost + 1;
  const entries: Entries[Kind][] = [];
  do {
    const { Items = [], LastEvaluatedKey } = await database.client.send(new QueryCommand(query));
    for (const item of Items) {
      const entry = asEntry<Kind>(item);
      if (entry.entry === page.after) continue;
      entries.push(entry);
      if (entries.length === page.atMost) return entries;
    }
    query.ExclusiveStartKey = LastEvaluatedKey;
    // Entries that ended before the span count toward the limit, so each further request reads ten times as many.
    if (query.Limit !== undefined) query.Limit *= 10;
  } while (query.ExclusiveStartKey);
  return entries;
}

/**
 * Lists one member's canceled meetings that overlap a span, latest start first, with strong consistency. It sends one
 * request, which reads at most 1 MB (some 3,000 entries) and misses earlier ones beyond that.
 */
export async function listLatestCanceled(
  database: Database,
  username: string,
  span: EntrySpan,
): Promise<Pick<MeetingEntry, "id" | "startTime">[]> {
  const query = overlapping(database, username, "canceled", span);
  const { Items = [] } = await database.client.send(
    new QueryCommand({ ...query, ScanIndexForward: false, ProjectionExpression: "id, startTime" }),
  );
  return Items as Pick<MeetingEntry, "id" | "startTime">[];
}
