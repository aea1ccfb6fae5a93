import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { deleteWindowEntry, putWindowEntry } from "../calendar/repository.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import { forEachOf } from "../database/for-each-of.ts";
import { isOlder } from "../database/revision.ts";
import {
  Contention,
  ifStill,
  largestTransaction,
  type TransactItem,
  transact,
  withFreshReads,
} from "../database/transact.ts";
import { byStart } from "../instant.ts";
import { describeMeeting, findMeetings } from "../meetings/repository.ts";
import type { UserRecord } from "../users/repository.ts";
import { changeOpenings } from "./openings.ts";
import type { AvailabilityStatus, Bookings } from "./schema.ts";

/** One booked seat of a window, by the username that holds it. */
export interface Seat {
  meetingId: string;
  displayName: string;
  cohort: string | null;
  type: string;
  startTime: string;
  endTime: string;
  bookedAt: string;
  /** The revision of the participant's profile that name and cohort are from; seats that were stored before it have none. */
  revision?: number;
}

/** A span of time, from an instant to another one. */
export interface Span {
  startTime: string;
  endTime: string;
}

/** A window as stored. */
export interface AvailabilityRecord {
  owner: string;
  id: string;
  ownerDisplayName: string;
  ownerCohort: string | null;
  /** The revision of the owner's profile that name and cohort are from. */
  ownerRevision: number;
  startTime: string;
  endTime: string;
  /** The last instant at which a meeting in it may start, beside those that are booked. */
  lastStart: string;
  durationMinutes: number;
  types: string[];
  cohorts: string[];
  maxParticipants: number;
  bookings: Bookings;
  seats: Record<string, Seat>;
  seatCount: number;
  /** Increases with each booking and cancelation where `bookings` is `several`: each rests on the times seen taken. */
  seatsVersion: number;
  /** Times that stay closed because the owner canceled a meeting then. */
  closed: Span[];
  location: string;
  /** The meeting link of this window alone; empty where there is none. */
  link: string;
  description: string;
  /** What the participants of a withdrawn window are told. */
  withdrawReason?: string;
  status: AvailabilityStatus;
  /** Steps with each edit by the owner: a booking rests on the revision it has seen. */
  revision: number;
  createdAt: string;
  updatedAt: string;
  /** Seconds since the epoch after which DynamoDB may remove it. */
  expiresAt: number;
}

/** A window as read: items that were stored before these fields existed have none of them. */
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
 * Windows in order of start and id; those that have expired are left out. One may be named twice: a window that moves
 * while its entries are read is seen at both times.
 */
export async function findAvailabilities(
  database: Database,
  named: readonly { owner: string; id: string }[],
): Promise<AvailabilityRecord[]> {
  const keys = new Map(named.map(({ owner, id }) => [`${owner} ${id}`, { owner, id }]));
  const { Availabilities } = await batchGet(database, { Availabilities: [...keys.values()] });
  return Availabilities.map(asAvailability).sort(byStart);
}

/** @param held what else the posting rests on */
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
    entry: putWindowEntry(database, availability),
    ...changeOpenings(database, undefined, availability),
    ...held,
  });
}

/** What an edit by the owner changes. */
export type AvailabilityChanges = Omit<
  AvailabilityRecord,
  "owner" | "id" | "seats" | "seatCount" | "seatsVersion" | "revision" | "createdAt"
>;

/**
 * Changes a window, its calendar entry, its openings, and the place of its booked meetings, provided that it still is as
 * `seen`. Meetings for which the transaction has no room follow at once (`followEdit`).
 * @throws Contention where it was edited, booked or freed meanwhile, or shows a newer name of its owner
 */
export async function updateAvailability(
  database: Database,
  seen: AvailabilityRecord,
  changes: AvailabilityChanges,
): Promise<void> {
  const fields = Object.entries(changes);
  const edited = { ...seen, ...changes, revision: seen.revision + 1 };
  const formerEntry = edited.startTime === seen.startTime ? undefined : deleteWindowEntry(database, seen);
  const items: Record<string, TransactItem> = {
    availability: {
      Update: {
        TableName: database.names.Availabilities,
        Key: { owner: seen.owner, id: seen.id },
        UpdateExpression: `SET revision = :next, ${fields.map((_, index) => `#f${index} = :f${index}`).join(", ")}`,
        // A window that was booked and withdrawn since looks as before, but for its status.
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
    entry: putWindowEntry(database, edited),
    ...(formerEntry && { formerEntry }),
    ...changeOpenings(database, seen, edited),
  };
  const meetingIds = Object.values(seen.seats).map(({ meetingId }) => meetingId);
  const room = largestTransaction - Object.keys(items).length;
  for (const id of meetingIds.slice(0, room)) items[`meeting ${id}`] = describeMeeting(database, id, edited);
  await transact(database, items);
  await describeMeetings(database, edited, meetingIds.slice(room));
}

/** Tells all booked meetings of a window its place, link and description, unless they know a later one. */
export async function followEdit(database: Database, window: AvailabilityRecord): Promise<void> {
  const meetings = await findMeetings(
    database,
    Object.values(window.seats).map(({ meetingId }) => meetingId),
  );
  const behind = meetings.filter(
    ({ status, windowRevision }) => status === "SCHEDULED" && windowRevision < window.revision,
  );
  await describeMeetings(
    database,
    window,
    behind.map(({ id }) => id),
  );
}

/** Single writes: whatever another edit has written later stays. */
async function describeMeetings(
  database: Database,
  window: AvailabilityRecord,
  meetingIds: readonly string[],
): Promise<void> {
  await forEachOf(meetingIds, async (id) => {
    const { Update } = describeMeeting(database, id, window);
    await ifStill(() => database.client.send(new UpdateCommand(Update)));
  });
}

/**
 * Deletes a window, its calendar entry and its openings, provided that no seat is booked and it was not edited since
 * `seen`.
 * @throws Contention otherwise
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
    entry: deleteWindowEntry(database, seen),
    ...changeOpenings(database, seen, undefined),
  });
}

/** The times that are taken are as they were seen; items that were stored before the version existed have none. */
const sameTimes = "(attribute_not_exists(seatsVersion) OR seatsVersion = :seatsVersion)";

/** What a booking or a cancelation changes beside the seat where a window takes several bookings. */
function timesChange(seen: AvailabilityRecord, after: Pick<AvailabilityRecord, "lastStart" | "closed">) {
  if (seen.bookings !== "several") return { set: "", condition: "", values: {} };
  return {
    set: ", lastStart = :lastStart, closed = :closed, seatsVersion = :nextVersion",
    condition: ` AND ${sameTimes}`,
    values: {
      ":lastStart": after.lastStart,
      ":closed": after.closed,
      ":seatsVersion": seen.seatsVersion,
      ":nextVersion": seen.seatsVersion + 1,
    },
  };
}

/**
 * Takes a seat in the window as it was `seen`; the last one takes the openings along. The condition is the truth:
 * scheduled, unedited, a seat left, and the participant not in. The first seat and the last one hold the number of seats
 * exactly; those between let others come in at the same time. Where the window takes several bookings, each holds the
 * times that were seen taken.
 * @param offer what the window offers afterward
 */
export function takeSeat(
  database: Database,
  seen: AvailabilityRecord,
  participant: string,
  seat: Seat,
  offer: Pick<AvailabilityRecord, "status" | "lastStart">,
): { seat: TransactItem } & Record<string, TransactItem> {
  const { status, lastStart } = offer;
  const exact = status === "BOOKED" || seen.seatCount === 0;
  const times = timesChange(seen, { lastStart, closed: seen.closed });
  // Several bookings hold the very times, and so the number of seats.
  const counted = seen.bookings === "several" ? "" : " AND seatCount BETWEEN :least AND :most";
  const item: TransactItem = {
    Update: {
      TableName: database.names.Availabilities,
      Key: { owner: seen.owner, id: seen.id },
      UpdateExpression: `SET seats.#participant = :seat, seatCount = seatCount + :one, #status = :status, updatedAt = :now${times.set}`,
      ConditionExpression: `#status = :scheduled AND revision = :revision AND attribute_not_exists(seats.#participant)${counted}${times.condition}`,
      ExpressionAttributeNames: { "#participant": participant, "#status": "status" },
      ExpressionAttributeValues: {
        ":seat": seat,
        ":one": 1,
        ":status": status,
        ":scheduled": "SCHEDULED" satisfies AvailabilityStatus,
        ":revision": seen.revision,
        ...(counted && {
          ":least": exact ? seen.seatCount : 1,
          ":most": exact ? seen.seatCount : seen.maxParticipants - 2,
        }),
        ":now": seat.bookedAt,
        ...times.values,
      },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
  return { seat: item, ...changeOpenings(database, seen, { ...seen, status, lastStart }) };
}

/**
 * Frees the seat that a meeting holds in the window as it was `seen`: unedited, of that status, and the seat the last one
 * taken, or not. A window that may be booked again is found again.
 * @param change what the window becomes
 */
export function freeSeat(
  database: Database,
  meeting: { id: string; participant: string },
  seen: AvailabilityRecord,
  change: Pick<AvailabilityRecord, "status" | "lastStart" | "closed"> & { now: Date },
): Record<string, TransactItem> {
  const { status, lastStart } = change;
  const times = timesChange(seen, change);
  const seat: TransactItem = {
    Update: {
      TableName: database.names.Availabilities,
      Key: { owner: seen.owner, id: seen.id },
      UpdateExpression: `SET seatCount = seatCount - :one, #status = :status, updatedAt = :now${times.set} REMOVE seats.#participant`,
      ConditionExpression: `seats.#participant.meetingId = :meeting AND seatCount ${seen.seatCount === 1 ? "=" : ">"} :one AND revision = :revision AND #status = :seen${times.condition}`,
      ExpressionAttributeNames: { "#participant": meeting.participant, "#status": "status" },
      ExpressionAttributeValues: {
        ":one": 1,
        ":status": status,
        ":seen": seen.status,
        ":revision": seen.revision,
        ":now": change.now.toISOString(),
        ":meeting": meeting.id,
        ...times.values,
      },
    },
  };
  const withdraws = status === "CANCELED" && seen.status !== "CANCELED";
  return {
    seat,
    ...(withdraws && { windowEntry: putWindowEntry(database, { ...seen, status }) }),
    ...changeOpenings(database, seen, { ...seen, status, lastStart }),
  };
}

/**
 * Withdraws the window as it was `seen`, and frees the seats of some participants. A withdrawn window that has seats left
 * goes on with those.
 * @param change.reason what the participants are told
 */
export function withdrawSeats(
  database: Database,
  seen: AvailabilityRecord,
  participants: readonly string[],
  change: { reason: string; now: Date },
): Record<string, TransactItem> {
  const seats = participants.map((_, index) => `seats.#p${index}`);
  const held = participants.map((_, index) => ` AND seats.#p${index}.meetingId = :m${index}`);
  const availability: TransactItem = {
    Update: {
      TableName: database.names.Availabilities,
      Key: { owner: seen.owner, id: seen.id },
      UpdateExpression: [
        "SET #status = :canceled, revision = :next, seatCount = seatCount - :freed, withdrawReason = :reason, updatedAt = :now",
        ...(seats.length > 0 ? [`REMOVE ${seats.join(", ")}`] : []),
      ].join(" "),
      ConditionExpression: `revision = :seen AND seatCount = :seatCount AND ${sameTimes}${held.join("")}`,
      ExpressionAttributeNames: {
        "#status": "status",
        ...Object.fromEntries(participants.map((name, index) => [`#p${index}`, name])),
      },
      ExpressionAttributeValues: {
        ":canceled": "CANCELED" satisfies AvailabilityStatus,
        ":seen": seen.revision,
        ":next": seen.revision + 1,
        ":seatCount": seen.seatCount,
        ":seatsVersion": seen.seatsVersion,
        ":freed": participants.length,
        ":reason": change.reason,
        ":now": change.now.toISOString(),
        ...Object.fromEntries(participants.map((name, index) => [`:m${index}`, seen.seats[name]?.meetingId])),
      },
    },
  };
  const withdrawn = { ...seen, status: "CANCELED" } as const;
  return {
    availability,
    entry: putWindowEntry(database, withdrawn),
    ...changeOpenings(database, seen, withdrawn),
  };
}

/** The name and cohort by which a member is shown. */
export type ShownMember = Pick<UserRecord, "username" | "displayName" | "cohort" | "revision">;

/**
 * Shows an owner by their present name and cohort on one of their windows and its openings, unless it shows a later
 * one. A new cohort changes the openings, and so steps the revision of the window, on which whatever changes them rests.
 */
export async function refreshOwner(
  database: Database,
  owner: ShownMember,
  key: { owner: string; id: string },
  seen?: AvailabilityRecord,
): Promise<void> {
  let known = seen;
  await withFreshReads(async () => {
    const window = known ?? (await findAvailability(database, key));
    known = undefined;
    if (!window || window.ownerRevision >= owner.revision) return;
    const isNewCohort = window.ownerCohort !== owner.cohort;
    const availability = {
      Update: {
        TableName: database.names.Availabilities,
        Key: { owner: window.owner, id: window.id },
        UpdateExpression: `SET ownerDisplayName = :name, ownerCohort = :cohort, ownerRevision = :revision${isNewCohort ? ", revision = :next" : ""}`,
        ConditionExpression: `revision = :seen AND #status = :status AND ${isOlder("ownerRevision")} AND ${sameTimes}`,
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: {
          ":name": owner.displayName,
          ":cohort": owner.cohort,
          ":revision": owner.revision,
          ":seen": window.revision,
          ":status": window.status,
          ":seatsVersion": window.seatsVersion,
          ...(isNewCohort && { ":next": window.revision + 1 }),
        },
      },
    };
    const openings = changeOpenings(database, window, { ...window, ownerCohort: owner.cohort });
    if (Object.keys(openings).length > 0) return transact(database, { availability, ...openings });
    const { Update } = availability;
    const updated = await ifStill(() => database.client.send(new UpdateCommand(Update)));
    if (!updated) throw new Contention();
  });
}

/** Shows a participant by their present name and cohort on the seat of a meeting, if they still hold it. */
export async function refreshSeat(
  database: Database,
  participant: ShownMember,
  meeting: { id: string; owner: string; availabilityId: string },
): Promise<void> {
  await ifStill(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Availabilities,
        Key: { owner: meeting.owner, id: meeting.availabilityId },
        UpdateExpression:
          "SET seats.#participant.displayName = :name, seats.#participant.cohort = :cohort, seats.#participant.revision = :revision",
        ConditionExpression: `seats.#participant.meetingId = :meeting AND ${isOlder("seats.#participant.revision")}`,
        ExpressionAttributeNames: { "#participant": participant.username },
        ExpressionAttributeValues: {
          ":name": participant.displayName,
          ":cohort": participant.cohort,
          ":revision": participant.revision,
          ":meeting": meeting.id,
        },
      }),
    ),
  );
}
