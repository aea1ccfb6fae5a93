import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import { isOlder } from "../database/revision.ts";
import { conditionalWrite, type TransactItem } from "../database/transact.ts";
import { byStart } from "../instant.ts";
import type { Bookings, MeetingStatus } from "../states.ts";
import type { UserRecord } from "../users/repository.ts";
import type { Meeting } from "./schema.ts";

/** A meeting as stored. */
export interface MeetingRecord extends Omit<Meeting, "link"> {
  /** The revisions of the two people's profiles that their names come from. */
  ownerRevision: number;
  participantRevision: number;
  /** The revision of the availability that place, link and description come from. */
  windowRevision: number;
  /**
   * The link of the availability, and the owner's default link, which applies to availabilities without a link; empty
   * if there is none.
   */
  link: string;
  hostLink: string;
  /** The same as on its availability. */
  bookings: Bookings;
}

declare module "../database/records.ts" {
  interface TableRecords {
    Meetings: MeetingRecord;
  }
}

/** Whose names a meeting shows, and from which revisions of their profiles. */
export type MeetingCopies = Pick<
  MeetingRecord,
  "id" | "owner" | "participant" | "availabilityId" | "ownerRevision" | "participantRevision"
>;

/** A meeting as read. Items that were stored before these fields existed get their defaults. */
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

/** Reads meetings by id, in order of start and id. */
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

/** Cancels a meeting, if it is still scheduled. */
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

/**
 * Updates the name of one of a scheduled meeting's two people, unless it shows a later one; for the owner also the
 * default link.
 */
export async function refreshPerson(
  database: Database,
  person: Pick<UserRecord, "username" | "displayName" | "defaultLink" | "revision">,
  meeting: Pick<MeetingRecord, "id" | "owner">,
): Promise<void> {
  const isOwner = person.username === meeting.owner;
  await conditionalWrite(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Meetings,
        Key: { id: meeting.id },
        UpdateExpression: `SET #name = :name, #revision = :revision${isOwner ? ", hostLink = :link" : ""}`,
        ConditionExpression: `#status = :scheduled AND ${isOlder("#revision")}`,
        ExpressionAttributeNames: {
          "#name": isOwner ? "ownerDisplayName" : "participantDisplayName",
          "#revision": isOwner ? "ownerRevision" : "participantRevision",
          "#status": "status",
        },
        ExpressionAttributeValues: {
          ":name": person.displayName,
          ":revision": person.revision,
          ...(isOwner && { ":link": person.defaultLink }),
          ":scheduled": "SCHEDULED" satisfies MeetingStatus,
        },
      }),
    ),
  );
}

/** Copies an availability's place, link and description to a scheduled meeting, unless it has those of a later edit. */
export function describeMeeting(
  database: Database,
  id: string,
  availability: { location: string; link: string; description: string; revision: number; updatedAt: string },
) {
  return {
    Update: {
      TableName: database.names.Meetings,
      Key: { id },
      UpdateExpression:
        "SET #location = :location, #link = :link, description = :description, windowRevision = :revision, updatedAt = :now",
      ConditionExpression: `#status = :scheduled AND ${isOlder("windowRevision")}`,
      ExpressionAttributeNames: { "#status": "status", "#location": "location", "#link": "link" },
      ExpressionAttributeValues: {
        ":location": availability.location,
        ":link": availability.link,
        ":description": availability.description,
        ":revision": availability.revision,
        ":now": availability.updatedAt,
        ":scheduled": "SCHEDULED" satisfies MeetingStatus,
      },
    },
  };
}
