import { openingsOf } from "../availabilities/openings.ts";
import { asAvailability } from "../availabilities/repository.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Migration } from "./migration.ts";

/** Adds openings to availabilities that were stored before openings existed, so that search finds them. */
export const openings: Migration = {
  id: "0005-openings",
  table: "Availabilities",
  async writes({ database, now }, item) {
    const availability = asAvailability(item);
    // An availability that can no longer be booked needs no openings.
    if (availability.lastStart <= now.toISOString()) return undefined;
    const wanted = openingsOf(availability);
    const keys = wanted.map(({ cohort, opening }) => ({ cohort, opening }));
    const { Openings: found } = await batchGet(database, { Openings: keys });
    const present = new Set(found.map(({ cohort }) => cohort));
    const absent = wanted.filter(({ cohort }) => !present.has(cohort));
    if (absent.length === 0) return undefined;
    return {
      // Openings depend on the status and the revision of their availability.
      availability: {
        ConditionCheck: {
          TableName: database.names.Availabilities,
          Key: { owner: availability.owner, id: availability.id },
          ConditionExpression: "revision = :revision AND #status = :status",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: { ":revision": availability.revision, ":status": availability.status },
        },
      },
      ...Object.fromEntries(
        absent.map((Item) => [
          `opening for ${Item.cohort}`,
          { Put: { TableName: database.names.Openings, Item } },
        ]),
      ),
    };
  },
};
