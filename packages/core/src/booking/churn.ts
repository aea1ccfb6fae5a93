import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import { Refusal } from "../errors.ts";

/** How often a member may book and cancel one availability. */
const mostCancelations = 3;

/** How often a member has canceled their own booking of an availability; it expires with the availability. */
interface ChurnRecord {
  username: string;
  /** `churn#<availabilityId>` */
  entry: string;
  count: number;
}

export function churnKey(username: string, availabilityId: string): { username: string; entry: string } {
  return { username, entry: `churn#${availabilityId}` };
}

/** Counts a cancelation by the participant. */
export function countCancelation(
  database: Database,
  availability: { id: string; expiresAt: number },
  participant: string,
): TransactItem {
  return {
    Update: {
      TableName: database.names.Calendar,
      Key: churnKey(participant, availability.id),
      UpdateExpression: "SET expiresAt = :expiresAt ADD #count :one",
      ExpressionAttributeNames: { "#count": "count" },
      ExpressionAttributeValues: { ":expiresAt": availability.expiresAt, ":one": 1 },
    },
  };
}

/**
 * Checks whether a member may book an availability again.
 * @param items items of a batch read that included `churnKey`
 * @returns a condition for the booking's transaction, because a cancelation may happen in between
 * @throws Refusal BOOKED_TOO_OFTEN
 */
export function checkChurn(
  database: Database,
  username: string,
  availabilityId: string,
  items: readonly object[],
): Record<string, TransactItem> {
  const Key = churnKey(username, availabilityId);
  const record = (items as readonly ChurnRecord[]).find(
    (item) => item.username === username && item.entry === Key.entry,
  );
  if (!record) return {};
  if (record.count >= mostCancelations) {
    throw new Refusal("BOOKED_TOO_OFTEN", `You have canceled this ${mostCancelations} times.`);
  }
  const churn: TransactItem = {
    ConditionCheck: {
      TableName: database.names.Calendar,
      Key,
      ConditionExpression: "#count = :seen",
      ExpressionAttributeNames: { "#count": "count" },
      ExpressionAttributeValues: { ":seen": record.count },
    },
  };
  return { churn };
}
