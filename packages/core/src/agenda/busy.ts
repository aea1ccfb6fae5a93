import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import { compareTexts, day, earlierOf, laterOf, overlaps, shift } from "../instant.ts";
import type { Bookings } from "../states.ts";

/**
 * When a person is busy, an item for each UTC day. This item is what prevents double bookings: a read of one item is
 * consistent, which a Query during a transaction is not, and a booking commits only if the item still has the version
 * that was read.
 */
export interface BusyDay {
  username: string;
  /** `day#2026-11-22` */
  entry: string;
  version: number;
  /** The scheduled meetings that touch the day, by `busyKey`. */
  busy: Record<string, BusySpan>;
  /** Seconds since the epoch after which DynamoDB may remove it. */
  expiresAt: number;
}

interface Span {
  startTime: string;
  endTime: string;
}

interface BusySpan extends Span {
  /** The availability of the meeting, if the key is not the availability. */
  availabilityId?: string;
}

interface BookedTime extends Span {
  id: string;
  availabilityId: string;
  bookings: Bookings;
}

/**
 * The key of a meeting in a day. By availability, the seats of a group are one meeting for its owner; an availability
 * that takes several bookings uses the meeting's own id.
 */
function busyKey(meeting: Pick<BookedTime, "id" | "availabilityId" | "bookings">): string {
  return meeting.bookings === "several" ? meeting.id : meeting.availabilityId;
}

/** How long a day is kept after it has ended. By then no meeting on it can be booked or canceled. */
const keptAfterEnd = 2 * day;

interface Day {
  readonly username: string;
  /** UTC, e.g. `2026-11-22`. */
  readonly date: string;
}

/** One day of one person as it was read. Without a record, nothing was ever booked on it. */
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

/**
 * The days of these people on which a meeting starts at `startTime`: `keys` to read, and `seen` to pick the days from
 * what was read.
 */
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

/**
 * Returns the days of these people that a span touches. Days in `seen` are not read again; one request reads the
 * others.
 */
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

/** The days of a person that a span touches: `keys` to read, and `seen` to pick the days from what was read. */
export function daysOf(username: string, span: Span) {
  const days = datesOf(span).map((date) => ({ username, date }));
  return { keys: days.map(keyOf), seen: (items: readonly object[]) => pair(days, items) };
}

/**
 * Returns when a member, as owner or participant, has scheduled meetings during a span, in order and cut to the span.
 * @param days the days that were read for the span
 * @param except the availability whose own meetings do not count
 */
export function busyTimes(days: readonly SeenDay[], username: string, span: Span, except: string): Span[] {
  const times = days
    .filter((seen) => seen.username === username)
    .flatMap((seen) => Object.entries(seen.record?.busy ?? {}))
    .filter(([key, other]) => (other.availabilityId ?? key) !== except && overlaps(other, span))
    .map(([key, { startTime, endTime }]) => {
      const part = {
        startTime: laterOf(startTime, span.startTime),
        endTime: earlierOf(endTime, span.endTime),
      };
      return [key, part] as const;
    });
  // A meeting over midnight (UTC) is in two days.
  return [...new Map(times).values()].sort((a, b) => compareTexts(a.startTime, b.startTime));
}

/** Whether a member has a scheduled meeting during a span. Parameters as for `busyTimes`. */
export function isBusy(days: readonly SeenDay[], username: string, span: Span, except: string): boolean {
  return busyTimes(days, username, span, except).length > 0;
}

/** Marks a person as busy for a meeting, on condition that their day is unchanged since it was read. */
export function takeTime(database: Database, seen: SeenDay, meeting: BookedTime): TransactItem {
  const { startTime, endTime, availabilityId } = meeting;
  const key = busyKey(meeting);
  const span: BusySpan = { startTime, endTime, ...(key !== availabilityId && { availabilityId }) };
  const Key = keyOf(seen);
  if (!seen.record) {
    const Item: BusyDay = {
      ...Key,
      version: 1,
      busy: { [key]: span },
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
      UpdateExpression: "SET busy.#key = :span, version = :next",
      ConditionExpression: "version = :seen",
      ExpressionAttributeNames: { "#key": key },
      ExpressionAttributeValues: {
        ":span": span,
        ":seen": seen.record.version,
        ":next": seen.record.version + 1,
      },
    },
  };
}

/** Removes meetings from a person's busy days. Returns an item for each day, by label for a transaction. */
export function freeTime(
  database: Database,
  username: string,
  meetings: readonly BookedTime[],
): Record<string, TransactItem> {
  const keysByDate = new Map<string, Set<string>>();
  for (const meeting of meetings) {
    for (const date of datesOf(meeting)) {
      keysByDate.set(date, (keysByDate.get(date) ?? new Set()).add(busyKey(meeting)));
    }
  }
  return Object.fromEntries(
    [...keysByDate].map(([date, keys]) => {
      const names = Object.fromEntries([...keys].map((key, index) => [`#k${index}`, key]));
      const spans = Object.keys(names).map((name) => `busy.${name}`);
      const item: TransactItem = {
        Update: {
          TableName: database.names.Calendar,
          Key: keyOf({ username, date }),
          UpdateExpression: `REMOVE ${spans.join(", ")}`,
          ConditionExpression: spans.map((span) => `attribute_exists(${span})`).join(" AND "),
          ExpressionAttributeNames: names,
        },
      };
      return [`${username} on ${date}`, item];
    }),
  );
}
