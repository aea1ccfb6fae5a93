import { GetCommand, QueryCommand, type QueryCommandInput, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { deleteWindowEntry, putWindowEntry } from "../calendar/repository.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import { ifStill, type TransactItem, transact } from "../database/transact.ts";
import { byStart, longestWindow, shift } from "../instant.ts";
import type { AvailabilityStatus } from "./schema.ts";

/** One booked seat of a window, by the username that holds it. */
export interface Seat {
  meetingId: string;
  displayName: string;
  cohort: string | null;
  type: string;
  startTime: string;
  endTime: string;
  bookedAt: string;
}

/** A window as stored. */
export interface AvailabilityRecord {
  owner: string;
  id: string;
  ownerDisplayName: string;
  ownerCohort: string | null;
  startTime: string;
  endTime: string;
  /** The last instant at which a meeting in it may start. */
  lastStart: string;
  durationMinutes: number;
  types: string[];
  cohorts: string[];
  maxParticipants: number;
  seats: Record<string, Seat>;
  seatCount: number;
  location: string;
  description: string;
  status: AvailabilityStatus;
  /** Steps with each edit by the owner: a booking rests on the revision it has seen. */
  revision: number;
  createdAt: string;
  updatedAt: string;
  /** Seconds since the epoch after which DynamoDB may remove it. */
  expiresAt: number;
}

export async function findAvailability(
  database: Database,
  key: { owner: string; id: string },
): Promise<AvailabilityRecord | undefined> {
  const { owner, id } = key;
  const { Item } = await database.client.send(
    new GetCommand({ TableName: database.names.Availabilities, Key: { owner, id }, ConsistentRead: true }),
  );
  return Item as AvailabilityRecord | undefined;
}

/**
 * Windows of one owner by id, in order of start and id; those that have expired are left out. An id may stand twice: a
 * window that moves while its calendar is read is seen at both times.
 */
export async function findAvailabilities(
  database: Database,
  owner: string,
  ids: readonly string[],
): Promise<AvailabilityRecord[]> {
  const keys = [...new Set(ids)].map((id) => ({ owner, id }));
  const { Availabilities } = await batchGet(database, { Availabilities: keys });
  return (Availabilities as unknown as AvailabilityRecord[]).sort(byStart);
}

export async function insertAvailability(
  database: Database,
  availability: AvailabilityRecord,
): Promise<void> {
  await transact(database, {
    availability: {
      Put: {
        TableName: database.names.Availabilities,
        Item: availability,
        ConditionExpression: "attribute_not_exists(id)",
      },
    },
    entry: putWindowEntry(database, availability),
  });
}

/** What an edit by the owner changes. */
export type AvailabilityChanges = Omit<
  AvailabilityRecord,
  "owner" | "id" | "seats" | "seatCount" | "revision" | "createdAt"
>;

/**
 * Changes a window and its calendar entry, provided that it still is as `seen`.
 * @param alongside what else changes with it, by label
 * @throws Contention where it was edited, booked or freed meanwhile
 */
export async function updateAvailability(
  database: Database,
  seen: AvailabilityRecord,
  changes: AvailabilityChanges,
  alongside: Record<string, TransactItem>,
): Promise<void> {
  const fields = Object.entries(changes);
  const edited = { ...seen, ...changes };
  await transact(database, {
    availability: {
      Update: {
        TableName: database.names.Availabilities,
        Key: { owner: seen.owner, id: seen.id },
        UpdateExpression: `SET revision = :next, ${fields.map((_, index) => `#f${index} = :f${index}`).join(", ")}`,
        ConditionExpression: "revision = :seen AND seats = :seats",
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name], index) => [`#f${index}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(fields.map(([, value], index) => [`:f${index}`, value])),
          ":seen": seen.revision,
          ":next": seen.revision + 1,
          ":seats": seen.seats,
        },
      },
    },
    entry: putWindowEntry(database, edited),
    formerEntry: edited.startTime === seen.startTime ? undefined : deleteWindowEntry(database, seen),
    ...alongside,
  });
}

/**
 * Deletes a window and its calendar entry, provided that no seat is booked and it was not edited since `seen`.
 * @throws Contention otherwise
 */
export async function deleteAvailabilityRecord(database: Database, seen: AvailabilityRecord): Promise<void> {
  await transact(database, {
    availability: {
      Delete: {
        TableName: database.names.Availabilities,
        Key: { owner: seen.owner, id: seen.id },
        ConditionExpression: "revision = :seen AND seatCount = :none",
        ExpressionAttributeValues: { ":seen": seen.revision, ":none": 0 },
      },
    },
    entry: deleteWindowEntry(database, seen),
  });
}

/**
 * Takes a seat in the window as it was `seen`. The condition is the truth: scheduled, unedited, a seat left, and
 * the participant not in. The first seat and the last one hold the number of seats exactly; those between let others
 * come in at the same time.
 */
export function takeSeat(
  database: Database,
  seen: AvailabilityRecord,
  participant: string,
  seat: Seat,
): TransactItem {
  const last = seen.seatCount + 1 === seen.maxParticipants;
  const exact = last || seen.seatCount === 0;
  return {
    Update: {
      TableName: database.names.Availabilities,
      Key: { owner: seen.owner, id: seen.id },
      UpdateExpression:
        "SET seats.#participant = :seat, seatCount = seatCount + :one, #status = :status, updatedAt = :now",
      ConditionExpression:
        "#status = :scheduled AND revision = :revision AND attribute_not_exists(seats.#participant) AND seatCount BETWEEN :least AND :most",
      ExpressionAttributeNames: { "#participant": participant, "#status": "status" },
      ExpressionAttributeValues: {
        ":seat": seat,
        ":one": 1,
        ":status": (last ? "BOOKED" : "SCHEDULED") satisfies AvailabilityStatus,
        ":scheduled": "SCHEDULED" satisfies AvailabilityStatus,
        ":revision": seen.revision,
        ":least": exact ? seen.seatCount : 1,
        ":most": exact ? seen.seatCount : seen.maxParticipants - 2,
        ":now": seat.bookedAt,
      },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
}

/**
 * Frees the seat that a meeting holds, provided that it is the last one taken, or is not, as it was seen.
 * @param change.status what the window becomes
 */
export function freeSeat(
  database: Database,
  meeting: { id: string; owner: string; availabilityId: string; participant: string },
  change: { isLast: boolean; status: AvailabilityStatus; now: Date },
): TransactItem {
  return {
    Update: {
      TableName: database.names.Availabilities,
      Key: { owner: meeting.owner, id: meeting.availabilityId },
      UpdateExpression:
        "SET seatCount = seatCount - :one, #status = :status, updatedAt = :now REMOVE seats.#participant",
      ConditionExpression: `seats.#participant.meetingId = :meeting AND seatCount ${change.isLast ? "=" : ">"} :one`,
      ExpressionAttributeNames: { "#participant": meeting.participant, "#status": "status" },
      ExpressionAttributeValues: {
        ":one": 1,
        ":status": change.status,
        ":now": change.now.toISOString(),
        ":meeting": meeting.id,
      },
    },
  };
}

/** Shows an owner by their new name and cohort on one of their windows, if it is still there. */
export async function renameOwner(
  database: Database,
  window: { id: string; owner: { username: string; displayName: string; cohort: string | null } },
): Promise<void> {
  const { id, owner } = window;
  await ifStill(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Availabilities,
        Key: { owner: owner.username, id },
        UpdateExpression: "SET ownerDisplayName = :name, ownerCohort = :cohort",
        ConditionExpression: "attribute_exists(id)",
        ExpressionAttributeValues: { ":name": owner.displayName, ":cohort": owner.cohort },
      }),
    ),
  );
}

/** Shows a participant by their new name and cohort on the seat of a meeting, if they still hold it. */
export async function renameSeat(
  database: Database,
  meeting: { id: string; owner: string; availabilityId: string },
  participant: { username: string; displayName: string; cohort: string | null },
): Promise<void> {
  await ifStill(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Availabilities,
        Key: { owner: meeting.owner, id: meeting.availabilityId },
        UpdateExpression: "SET seats.#participant.displayName = :name, seats.#participant.cohort = :cohort",
        ConditionExpression: "seats.#participant.meetingId = :meeting",
        ExpressionAttributeNames: { "#participant": participant.username },
        ExpressionAttributeValues: {
          ":name": participant.displayName,
          ":cohort": participant.cohort,
          ":meeting": meeting.id,
        },
      }),
    ),
  );
}

/**
 * Scheduled windows that `member` may book, in order of start; those of one start in no particular order. Read from
 * the status index, which follows a write within moments.
 * @param query.from,query.to the windows overlap `[from, to)`
 * @param query.startingAt where given, the earliest start, for a later page
 * @param query.bookableAt a start must be possible at this instant or later
 */
export async function* scheduledWindows(
  database: Database,
  query: {
    from: string;
    to: string;
    startingAt?: string | undefined;
    bookableAt: string;
    member: { username: string; cohort: string };
    types?: readonly string[] | undefined;
  },
): AsyncGenerator<AvailabilityRecord> {
  const types = query.types ?? [];
  const offersType = types.map((_, index) => `contains(#types, :type${index})`).join(" OR ");
  const input: QueryCommandInput = {
    TableName: database.names.Availabilities,
    IndexName: "byStatus",
    KeyConditionExpression: "#status = :scheduled AND startTime BETWEEN :first AND :last",
    FilterExpression: [
      "endTime > :from AND lastStart >= :bookableAt AND #owner <> :me",
      "contains(cohorts, :cohort) AND attribute_not_exists(seats.#me)",
      ...(offersType ? [`(${offersType})`] : []),
    ].join(" AND "),
    ExpressionAttributeNames: {
      "#status": "status",
      "#owner": "owner",
      "#me": query.member.username,
      ...(offersType ? { "#types": "types" } : {}),
    },
    ExpressionAttributeValues: {
      ":scheduled": "SCHEDULED" satisfies AvailabilityStatus,
      ":first": query.startingAt ?? shift(query.from, -longestWindow),
      ":last": query.to,
      ":from": query.from,
      ":bookableAt": query.bookableAt,
      ":me": query.member.username,
      ":cohort": query.member.cohort,
      ...Object.fromEntries(types.map((type, index) => [`:type${index}`, type])),
    },
  };
  do {
    const { Items = [], LastEvaluatedKey } = await database.client.send(
      new QueryCommand({ ...input, Limit: 100 }),
    );
    for (const item of Items as AvailabilityRecord[]) {
      // BETWEEN includes its end, and a filter may not name a key.
      if (item.startTime < query.to) yield item;
    }
    input.ExclusiveStartKey = LastEvaluatedKey;
  } while (input.ExclusiveStartKey);
}
