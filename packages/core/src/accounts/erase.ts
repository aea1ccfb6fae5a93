import { DeleteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";
import { conditionalWrite } from "../database/transact.ts";
import type { MeetingRecord } from "../meetings/repository.ts";
import type { UserRecord } from "../users/repository.ts";

/**
 * Removes a former member's name and texts from a meeting that the other person keeps.
 * @param user the tombstone, with its placeholder name
 * @param ownReason the cancel reason that the deletion itself wrote; it stays
 */
export async function erasePerson(
  database: Database,
  meeting: MeetingRecord,
  user: UserRecord,
  ownReason: string,
): Promise<void> {
  const { username, displayName, revision } = user;
  const isOwner = meeting.owner === username;
  const isTheirReason = meeting.canceledBy === username && meeting.cancelReason !== ownReason;
  const changes = isOwner
    ? {
        ownerDisplayName: displayName,
        ownerRevision: revision,
        location: "",
        description: "",
        link: "",
        hostLink: "",
      }
    : { participantDisplayName: displayName, participantRevision: revision };
  const fields = Object.entries(changes);
  await conditionalWrite(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Meetings,
        Key: { id: meeting.id },
        UpdateExpression: `SET ${fields.map((_, at) => `#f${at} = :f${at}`).join(", ")}${isTheirReason ? " REMOVE cancelReason" : ""}`,
        ConditionExpression: "attribute_exists(id)",
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name], at) => [`#f${at}`, name])),
        ExpressionAttributeValues: Object.fromEntries(fields.map(([, value], at) => [`:f${at}`, value])),
      }),
    ),
  );
}

/** Removes a former member's name from the seat of a meeting that is over, if its availability is still stored. */
export async function eraseSeat(database: Database, meeting: MeetingRecord, user: UserRecord): Promise<void> {
  const { username, displayName, cohort, revision } = user;
  await conditionalWrite(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Availabilities,
        Key: { owner: meeting.owner, id: meeting.availabilityId },
        UpdateExpression:
          "SET seats.#participant.displayName = :name, seats.#participant.cohort = :cohort, seats.#participant.revision = :revision",
        ConditionExpression: "seats.#participant.meetingId = :meeting",
        ExpressionAttributeNames: { "#participant": username },
        ExpressionAttributeValues: {
          ":name": displayName,
          ":cohort": cohort,
          ":revision": revision,
          ":meeting": meeting.id,
        },
      }),
    ),
  );
}

export async function deleteMeeting(database: Database, id: string): Promise<void> {
  await database.client.send(new DeleteCommand({ TableName: database.names.Meetings, Key: { id } }));
}
