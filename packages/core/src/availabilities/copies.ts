import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";
import { isOlder } from "../database/revision.ts";
import { ConflictError, conditionalWrite, retryOnConflict, transact } from "../database/transact.ts";
import type { UserRecord } from "../users/repository.ts";
import { changeOpenings } from "./openings.ts";
import { type AvailabilityRecord, findAvailability, sameTimes } from "./repository.ts";

/** The name and cohort to show for a member. */
export type ShownMember = Pick<UserRecord, "username" | "displayName" | "cohort" | "revision">;

/**
 * Updates an owner's name and cohort in one of their availabilities and its openings, unless they are already as new or
 * newer there. A new cohort changes the openings, so it also increases the availability's revision, which every write
 * of the openings checks.
 */
export async function refreshOwner(
  database: Database,
  owner: ShownMember,
  key: { owner: string; id: string },
  seen?: AvailabilityRecord,
): Promise<void> {
  let known = seen;
  await retryOnConflict(async () => {
    const availability = known ?? (await findAvailability(database, key));
    known = undefined;
    if (!availability || availability.ownerRevision >= owner.revision) return;
    const isNewCohort = availability.ownerCohort !== owner.cohort;
    const change = {
      Update: {
        TableName: database.names.Availabilities,
        Key: { owner: availability.owner, id: availability.id },
        UpdateExpression: `SET ownerDisplayName = :name, ownerCohort = :cohort, ownerRevision = :revision${isNewCohort ? ", revision = :next" : ""}`,
        ConditionExpression: `revision = :seen AND #status = :status AND ${isOlder("ownerRevision")} AND ${sameTimes}`,
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: {
          ":name": owner.displayName,
          ":cohort": owner.cohort,
          ":revision": owner.revision,
          ":seen": availability.revision,
          ":status": availability.status,
          ":seatsVersion": availability.seatsVersion,
          ...(isNewCohort && { ":next": availability.revision + 1 }),
        },
      },
    };
    const openings = changeOpenings(database, availability, { ...availability, ownerCohort: owner.cohort });
    if (Object.keys(openings).length > 0) return transact(database, { availability: change, ...openings });
    const { Update } = change;
    const updated = await conditionalWrite(() => database.client.send(new UpdateCommand(Update)));
    if (!updated) throw new ConflictError();
  });
}

/** Updates a participant's name and cohort on the seat of a meeting, if they still hold it. */
export async function refreshSeat(
  database: Database,
  participant: ShownMember,
  meeting: { id: string; owner: string; availabilityId: string },
): Promise<void> {
  await conditionalWrite(() =>
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
