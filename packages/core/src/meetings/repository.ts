import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Bookings } from "../availabilities/schema.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import { ifStill, type TransactItem } from "../database/transact.ts";
import { byStart } from "../instant.ts";
import type { Meeting, MeetingStatus } from "./schema.ts";

/** A meeting as stored. */
export interface MeetingRecord extends Omit<Meeting, "link"> {
  /** The revisions of the two people's profiles that their names are from. */
  ownerRevision: number;
  participantRevision: number;
  /** The revision of the window that place, link and description are from. */
  windowRevision: number;
  /** The link of the window, and the owner's link for windows that have none of their own; empty where there is none. */
  link: string;
  hostLink: string;
  /** As of its window. */
  bookings: Bookings;
}

/** A meeting as read: items that were stored before these fields existed have none of them. */
export function asMeeting(item: object): MeetingRecord {
  const revisions = { ownerRevision: 0, participantRevision: 0, windowRevision: 0 };
  const added = { ...revisions, link: "", hostLink: "", bookings: "one" } as const;
  return { ...added, ...(item as MeetingRecord) };
}

export async function findMeeting(database: Database, id: string): Promise<MeetingRecord | undefined> {
  const { Item } = await database.client.send(
    new GetCommand({ TableName: database.names.Meetings, Key: { id }, ConsistentRead: true }),
  );
  return Item && asMeeting(Item);
}

/** Meetings by id, in order of start and id. */
export async function findMeetings(database: Database, ids: readonly string[]): Promise<MeetingRecord[]> {
  const { Meetings } = await batchGet(database, { Meetings: ids.map((id) => ({ id })) });
  return Meetings.map(asMeeting).sort(byStart);
}

export function insertMeeting(database: Database, meeting: MeetingRecord): TransactItem {
  return {
    Put: {
      TableName: database.names.Meetings,
      Item: meeting,
      ConditionExpression: "attribute_not_exists(id)",
    },
  };
}

/** Cancels a meeting, provided that it still is scheduled. */
export function cancelMeetingRecord(
  database: Database,
  id: string,
  change: { canceledBy: string; cancelReason?: string | undefined; updatedAt: string },
): TransactItem {
  return {
    Update: {
      TableName: database.names.Meetings,
      Key: { id },
      UpdateExpression: `SET #status = :canceled, canceledBy = :by, updatedAt = :now${change.cancelReason ? ", cancelReason = :reason" : ""}`,
      ConditionExpression: "#status = :scheduled",
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: {
        ":canceled": "CANCELED" satisfies MeetingStatus,
        ":scheduled": "SCHEDULED" satisfies MeetingStatus,
        ":by": change.canceledBy,
        ":now": change.updatedAt,
        ...(change.cancelReason ? { ":reason": change.cancelReason } : {}),
      },
    },
  };
}

/** Shows one of a scheduled meeting's two people by their new name. */
export async function renamePerson(
  database: Database,
  meeting: MeetingRecord,
  person: { username: string; displayName: string },
): Promise<void> {
  await ifStill(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Meetings,
        Key: { id: meeting.id },
        UpdateExpression: "SET #name = :name",
        ConditionExpression: "#status = :scheduled",
        ExpressionAttributeNames: {
          "#name": person.username === meeting.owner ? "ownerDisplayName" : "participantDisplayName",
          "#status": "status",
        },
        ExpressionAttributeValues: {
          ":name": person.displayName,
          ":scheduled": "SCHEDULED" satisfies MeetingStatus,
        },
      }),
    ),
  );
}

/** Where and what a scheduled meeting is, as its owner has edited the window. */
export function describeMeeting(
  database: Database,
  id: string,
  change: { location: string; description: string; updatedAt: string },
): TransactItem {
  return {
    Update: {
      TableName: database.names.Meetings,
      Key: { id },
      UpdateExpression: "SET #location = :location, description = :description, updatedAt = :now",
      ConditionExpression: "#status = :scheduled",
      ExpressionAttributeNames: { "#status": "status", "#location": "location" },
      ExpressionAttributeValues: {
        ":location": change.location,
        ":description": change.description,
        ":now": change.updatedAt,
        ":scheduled": "SCHEDULED" satisfies MeetingStatus,
      },
    },
  };
}
