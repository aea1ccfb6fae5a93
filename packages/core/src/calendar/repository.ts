import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import { longestWindow, shift } from "../instant.ts";
import type { MeetingRecord } from "../meetings/repository.ts";
import type { MeetingStatus } from "../meetings/schema.ts";

/**
 * The Calendar table: a member's windows and meetings in time order. Its sort key is `<kind>#<startTime>#<id>`, so
 * that each kind is one range. The days on which a member is busy stand beside them (busy.ts).
 */
export type EntryKind = "meeting" | "window";

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

/** A window in its owner's calendar; it expires with the window. */
export interface WindowEntry extends EntryRecord {
  expiresAt: number;
}

interface Entries {
  meeting: MeetingEntry;
  window: WindowEntry;
}

function entryKey(kind: EntryKind, startTime: string, id: string): string {
  return `${kind}#${startTime}#${id}`;
}

/** A meeting's entry in the calendar of one of its two people. */
export function addMeetingEntry(
  database: Database,
  username: string,
  meeting: Pick<MeetingRecord, "id" | "availabilityId" | "startTime" | "endTime">,
): TransactItem {
  const { id, availabilityId, startTime, endTime } = meeting;
  const entry = entryKey("meeting", startTime, id);
  const Item: MeetingEntry = { username, entry, id, availabilityId, startTime, endTime, status: "SCHEDULED" };
  return { Put: { TableName: database.names.Calendar, Item } };
}

export function cancelMeetingEntry(
  database: Database,
  username: string,
  meeting: Pick<MeetingRecord, "id" | "startTime">,
): TransactItem {
  return {
    Update: {
      TableName: database.names.Calendar,
      Key: { username, entry: entryKey("meeting", meeting.startTime, meeting.id) },
      UpdateExpression: "SET #status = :canceled",
      ConditionExpression: "attribute_exists(entry)",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":canceled": "CANCELED" satisfies MeetingStatus },
    },
  };
}

interface WindowTimes {
  owner: string;
  id: string;
  startTime: string;
  endTime: string;
  expiresAt: number;
}

export function putWindowEntry(database: Database, window: WindowTimes): TransactItem {
  const { owner, id, startTime, endTime, expiresAt } = window;
  const entry = entryKey("window", startTime, id);
  const Item: WindowEntry = { username: owner, entry, id, startTime, endTime, expiresAt };
  return { Put: { TableName: database.names.Calendar, Item } };
}

export function deleteWindowEntry(
  database: Database,
  window: Pick<WindowTimes, "owner" | "id" | "startTime">,
): TransactItem {
  const entry = entryKey("window", window.startTime, window.id);
  return { Delete: { TableName: database.names.Calendar, Key: { username: window.owner, entry } } };
}

export interface EntrySpan {
  /** Entries that end after this instant; open where left out. */
  from?: string | undefined;
  /** Entries that start before this instant; open where left out. */
  to?: string | undefined;
}

/**
 * One member's entries of a kind that overlap a span, in order of start and id, with strong consistency.
 * The range begins one longest window before `from`, because an entry that began by then may still run.
 * @param page.after the sort key after which to begin
 * @param page.atMost how many to answer; all where left out
 */
export async function listEntries<Kind extends EntryKind>(
  database: Database,
  username: string,
  kind: Kind,
  span: EntrySpan,
  page: { after?: string | undefined; atMost?: number } = {},
): Promise<Entries[Kind][]> {
  const query: QueryCommandInput = {
    TableName: database.names.Calendar,
    ConsistentRead: true,
    KeyConditionExpression: "username = :username AND entry BETWEEN :first AND :last",
    ExpressionAttributeValues: {
      ":username": username,
      ":first": page.after ?? `${kind}#${span.from ? shift(span.from, -longestWindow) : ""}`,
      // `$` follows `#`: the first key after the kind's.
      ":last": span.to ? `${kind}#${span.to}` : `${kind}$`,
    },
  };
  if (page.atMost !== undefined) query.Limit = page.atMost + 1;
  const entries: Entries[Kind][] = [];
  do {
    const { Items = [], LastEvaluatedKey } = await database.client.send(new QueryCommand(query));
    for (const entry of Items as Entries[Kind][]) {
      if (entry.entry === page.after || (span.from && entry.endTime <= span.from)) continue;
      entries.push(entry);
      if (entries.length === page.atMost) return entries;
    }
    query.ExclusiveStartKey = LastEvaluatedKey;
  } while (query.ExclusiveStartKey);
  return entries;
}
