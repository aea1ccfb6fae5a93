import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { deleteAvailabilityEntry, putAvailabilityEntry } from "../agenda/repository.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import { forEachOf } from "../database/for-each-of.ts";
import { conditionalWrite, largestTransaction, type TransactItem, transact } from "../database/transact.ts";
import { byStart } from "../instant.ts";
import { describeMeeting, findMeetings } from "../meetings/repository.ts";
import type { AvailabilityStatus, Bookings } from "../states.ts";
import { changeOpenings } from "./openings.ts";

/** One booked seat of an availability, by the username of its holder. */
export interface Seat {
  meetingId: string;
  displayName: string;
  cohort: string | null;
  type: string;
  startTime: string;
  endTime: string;
  bookedAt: string;
  /**
   * The revision of the participant's profile that name and cohort come from; missing on seats stored before this field
   * existed.
   */
  revision?: number;
}

/** A span of time between two instants. */
export interface Span {
  startTime: string;
  endTime: string;
}

/** An availability as stored. */
export interface AvailabilityRecord {
  owner: string;
  id: string;
  ownerDisplayName: string;
  ownerCohort: string | null;
  /** The revision of the owner's profile that name and cohort come from. */
  ownerRevision: number;
  startTime: string;
  endTime: string;
  /** The last instant at which another meeting may still start. */
  lastStart: string;
  durationMinutes: number;
  types: string[];
  cohorts: string[];
  maxParticipants: number;
  bookings: Bookings;
  seats: Record<string, Seat>;
  seatCount: number;
  /**
   * Increases with each booking and cancelation if `bookings` is `several`, because each depends on which times were
   * taken.
   */
  seatsVersion: number;
  /** Times that stay closed because the owner canceled a meeting then. */
  closed: Span[];
  location: string;
  /** The meeting link of this availability alone; empty if it has none. */
  link: string;
  description: string;
  /** The reason shown to the participants of a withdrawn availability. */
  withdrawReason?: string;
  status: AvailabilityStatus;
  /** Increases with each edit by the owner. A booking commits only if the revision is unchanged. */
  revision: number;
  createdAt: string;
  updatedAt: string;
  /** Seconds since the epoch after which DynamoDB may remove it. */
  expiresAt: number;
}

declare module "../database/records.ts" {
  interface TableRecords {
    Availabilities: AvailabilityRecord;
  }
}

/** An availability as read. Items that were stored before these fields existed get their defaults. */
export function asAvailability(item: object): AvailabilityRecord {
  const added = { ownerRevision: 0, bookings: "one", seatsVersion: 0, closed: [], link: "" } as const;
  return { ...added, ...(item as AvailabilityRecord) };
}

export async function findAvailability(
  database: Database,
  key: { owner: string; id: string },
): Promise<AvailabilityRecord | undefined> {
  const { owner, id } = key;
  const { Item } = await database.client.send(
    new GetCommand({ TableName: database.names.Availabilities, Key: { owner, id }, ConsistentRead: true }),
  );
  return Item && asAvailability(Item);
}

/**
 * Returns availabilities in order of start and id, without those that have expired. A key may be given twice: an
 * availability that moves while its entries are read is seen at both times.
 */
export async function findAvailabilities(
  database: Database,
  named: readonly { owner: string; id: string }[],
): Promise<AvailabilityRecord[]> {
  const keys = new Map(named.map(({ owner, id }) => [`${owner} ${id}`, { owner, id }]));
  const { Availabilities } = await batchGet(database, { Availabilities: [...keys.values()] });
  return Availabilities.map(asAvailability).sort(byStart);
}

/** @param held further conditions of the posting */
export async function insertAvailability(
  database: Database,
  availability: AvailabilityRecord,
  held: Record<string, TransactItem> = {},
): Promise<void> {
  await transact(database, {
    availability: {
      Put: {
        TableName: database.names.Availabilities,
        Item: availability,
        ConditionExpression: "attribute_not_exists(id)",
      },
    },
    entry: putAvailabilityEntry(database, availability),
    ...changeOpenings(database, undefined, availability),
    ...held,
  });
}

/** Condition: the taken times are unchanged since they were read. Items stored before the version existed have none. */
export const sameTimes = "(attribute_not_exists(seatsVersion) OR seatsVersion = :seatsVersion)";

/** What an edit by the owner changes. */
export type AvailabilityChanges = Omit<
  AvailabilityRecord,
  "owner" | "id" | "seats" | "seatCount" | "seatsVersion" | "revision" | "createdAt"
>;

/**
 * Changes an availability, its calendar entry, its openings, and the place of its booked meetings, if it is still as
 * `seen`. Meetings that do not fit into the transaction are updated right after it (`describeMeetings`).
 * @throws ConflictError if it was edited, booked or freed meanwhile, or shows a newer name of its owner
 */
export async function updateAvailability(
  database: Database,
  seen: AvailabilityRecord,
  changes: AvailabilityChanges,
): Promise<void> {
  const fields = Object.entries(changes);
  const edited = { ...seen, ...changes, revision: seen.revision + 1 };
  const formerEntry =
    edited.startTime === seen.startTime ? undefined : deleteAvailabilityEntry(database, seen);
  const items: Record<string, TransactItem> = {
    availability: {
      Update: {
        TableName: database.names.Availabilities,
        Key: { owner: seen.owner, id: seen.id },
        UpdateExpression: `SET revision = :next, ${fields.map((_, index) => `#f${index} = :f${index}`).join(", ")}`,
        // An availability that was booked and withdrawn since looks the same except for its status.
        ConditionExpression: `revision = :seen AND seats = :seats AND #status = :status AND (attribute_not_exists(ownerRevision) OR ownerRevision <= :ownerRevision) AND ${sameTimes}`,
        ExpressionAttributeNames: {
          ...Object.fromEntries(fields.map(([name], index) => [`#f${index}`, name])),
          "#status": "status",
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(fields.map(([, value], index) => [`:f${index}`, value])),
          ":seen": seen.revision,
          ":next": edited.revision,
          ":seats": seen.seats,
          ":status": seen.status,
          ":seatsVersion": seen.seatsVersion,
          ":ownerRevision": changes.ownerRevision,
        },
      },
    },
    entry: putAvailabilityEntry(database, edited),
    ...(formerEntry && { formerEntry }),
    ...changeOpenings(database, seen, edited),
  };
  const meetingIds = Object.values(seen.seats).map(({ meetingId }) => meetingId);
  const room = largestTransaction - Object.keys(items).length;
  for (const id of meetingIds.slice(0, room)) items[`meeting ${id}`] = describeMeeting(database, id, edited);
  await transact(database, items);
  await describeMeetings(database, edited, meetingIds.slice(room));
}

/**
 * Copies an availability's place, link and description to its booked meetings, unless a meeting has those of a later
 * edit.
 */
export async function followEdit(database: Database, availability: AvailabilityRecord): Promise<void> {
  const meetings = await findMeetings(
    database,
    Object.values(availability.seats).map(({ meetingId }) => meetingId),
  );
  const behind = meetings.filter(
    ({ status, windowRevision }) => status === "SCHEDULED" && windowRevision < availability.revision,
  );
  await describeMeetings(
    database,
    availability,
    behind.map(({ id }) => id),
  );
}

/** Single conditional writes: what a later edit has written stays. */
async function describeMeetings(
  database: Database,
  availability: AvailabilityRecord,
  meetingIds: readonly string[],
): Promise<void> {
  await forEachOf(meetingIds, async (id) => {
    const { Update } = describeMeeting(database, id, availability);
    await conditionalWrite(() => database.client.send(new UpdateCommand(Update)));
  });
}

/**
 * Deletes an availability, its calendar entry and its openings, if no seat is booked and it was not edited since
 * `seen`.
 * @throws ConflictError otherwise
 */
export async function deleteAvailabilityRecord(database: Database, seen: AvailabilityRecord): Promise<void> {
  await transact(database, {
    availability: {
      Delete: {
        TableName: database.names.Availabilities,
        Key: { owner: seen.owner, id: seen.id },
        ConditionExpression: "revision = :seen AND seatCount = :none AND #status = :status",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":seen": seen.revision, ":none": 0, ":status": seen.status },
      },
    },
    entry: deleteAvailabilityEntry(database, seen),
    ...changeOpenings(database, seen, undefined),
  });
}
