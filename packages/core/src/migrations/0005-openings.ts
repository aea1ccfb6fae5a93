import { type OfferedWindow, openingsOf } from "../availabilities/openings.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Migration } from "./migration.ts";

/** Windows from before there were openings get them, so that search finds them. */
export const openings: Migration = {
  id: "0005-openings",
  table: "Availabilities",
  async writes({ database, now }, item) {
    const window = item as unknown as OfferedWindow & { revision: number };
    // What can no longer be booked needs none.
    if (window.lastStart <= now.toISOString()) return undefined;
    const wanted = openingsOf(window);
    const keys = wanted.map(({ cohort, opening }) => ({ cohort, opening }));
    const { Openings: found } = await batchGet(database, { Openings: keys });
    const present = new Set(found.map(({ cohort }) => cohort));
    const absent = wanted.filter(({ cohort }) => !present.has(cohort));
    if (absent.length === 0) return undefined;
    return {
      // Openings follow the status and the revision of their window.
      window: {
        ConditionCheck: {
          TableName: database.names.Availabilities,
          Key: { owner: window.owner, id: window.id },
          ConditionExpression: "revision = :revision AND #status = :status",
          ExpressionAttributeNames: { "#status": "status" },
          ExpressionAttributeValues: { ":revision": window.revision, ":status": window.status },
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
