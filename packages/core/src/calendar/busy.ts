import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import { day, overlaps, shift } from "../instant.ts";

/**
 * When a person is busy, an item for each UTC day: what decides that nobody is booked twice at once. One item is read
 * whole and as committed, which a Query beside a transaction is not; and a booking holds it to the version it has seen.
 */
export interface BusyDay {
  username: string;
  /** `day#2026-11-22` */
  entry: string;
  version: number;
  /** The scheduled meetings that touch the day, by the window they are in: the seats of a group are one for its owner. */
  busy: Record<string, Span>;
  /** Seconds since the epoch after which DynamoDB may remove it. */
  expiresAt: number;
}

interface Span {
  startTime: string;
  endTime: string;
}

/** How long a day is kept after it has ended: no meeting of it can be booked or canceled any more. */
const keptAfterEnd = 2 * day;

interface Day {
  readonly username: string;
  /** UTC, e.g. `2026-11-22`. */
  readonly date: string;
}

/** One day of one person as it was seen; without a record nothing was ever booked on it. */
export interface SeenDay extends Day {
  readonly record: BusyDay | undefined;
}

/** The UTC dates that a span touches: two at most, because no meeting lasts longer than a day. */
function datesOf(span: Span): string[] {
  const first = span.startTime.slice(0, 10);
  const last = shift(span.endTime, -1).slice(0, 10);
  return first === last ? [first] : [first, last];
}

function keyOf({ username, date }: Day): { username: string; entry: string } {
  return { username, entry: `day#${date}` };
}

/** The days of these people on which a meeting begins at `startTime`: `keys` for a read, `seen` for what it found. */
export function firstDays(usernames: readonly string[], startTime: string) {
  const days = usernames.map((username) => ({ username, date: startTime.slice(0, 10) }));
  return { keys: days.map(keyOf), seen: (items: readonly object[]) => pair(days, items) };
}

function pair(days: readonly Day[], items: readonly object[]): SeenDay[] {
  const records = items as readonly BusyDay[];
  return days.map((day) => {
    const { username, entry } = keyOf(day);
    return { ...day, record: records.find((found) => found.username === username && found.entry === entry) };
  });
}

/** The days of these people that a span touches: as they were `seen` already, and the others by one request. */
export async function readDays(
  database: Database,
  usernames: readonly string[],
  span: Span,
  seen: readonly SeenDay[] = [],
): Promise<SeenDay[]> {
  const dates = datesOf(span);
  const known = seen.filter(({ username, date }) => usernames.includes(username) && dates.includes(date));
  const missing = usernames
    .flatMap((username) => dates.map((date) => ({ username, date })))
    .filter((day) => !known.some(({ username, date }) => username === day.username && date === day.date));
  const { Calendar } = await batchGet(database, { Calendar: missing.map(keyOf) });
  return [...known, ...pair(missing, Calendar)];
}

/**
 * Whether a member, as owner or participant, has a scheduled meeting during a span.
 * @param days that `readDays` has read for the span
 * @param except the window whose own meetings do not count
 */
export function isBusy(days: readonly SeenDay[], username: string, span: Span, except: string): boolean {
  return days
    .filter((seen) => seen.username === username)
    .flatMap((seen) => Object.entries(seen.record?.busy ?? {}))
    .some(([window, other]) => window !== except && overlaps(other, span));
}

/** Makes a person busy for a meeting in a window, provided that their day is as it was seen. */
export function takeTime(database: Database, seen: SeenDay, window: string, span: Span): TransactItem {
  const { startTime, endTime } = span;
  const Key = keyOf(seen);
  if (!seen.record) {
    const Item: BusyDay = {
      ...Key,
      version: 1,
      busy: { [window]: { startTime, endTime } },
      expiresAt: (Date.parse(seen.date) + day + keptAfterEnd) / 1_000,
    };
    return {
      Put: { TableName: database.names.Calendar, Item, ConditionExpression: "attribute_not_exists(entry)" },
    };
  }
  return {
    Update: {
      TableName: database.names.Calendar,
      Key,
      UpdateExpression: "SET busy.#window = :span, version = :next",
      ConditionExpression: "version = :seen",
      ExpressionAttributeNames: { "#window": window },
      ExpressionAttributeValues: {
        ":span": { startTime, endTime },
        ":seen": seen.record.version,
        ":next": seen.record.version + 1,
      },
    },
  };
}

/** Frees a person of the meeting in a window, on each day that it touches; by label for a transaction. */
export function freeTime(
  database: Database,
  username: string,
  meeting: Span & { availabilityId: string },
): Record<string, TransactItem> {
  return Object.fromEntries(
    datesOf(meeting).map((date) => [
      `${username} on ${date}`,
      {
        Update: {
          TableName: database.names.Calendar,
          Key: keyOf({ username, date }),
          UpdateExpression: "REMOVE busy.#window",
          ConditionExpression: "attribute_exists(busy.#window)",
          ExpressionAttributeNames: { "#window": meeting.availabilityId },
        },
      },
    ]),
  );
}
