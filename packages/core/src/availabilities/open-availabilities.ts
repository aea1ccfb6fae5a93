import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { overlapping } from "../agenda/repository.ts";
import type { MemberContext } from "../context/context.ts";
import { batchGet } from "../database/batch-get.ts";
import type { TransactItem } from "../database/transact.ts";
import { Refusal } from "../errors.ts";

/** How many open availabilities a member may have. Open means neither withdrawn nor over. */
const mostOpen = 500;
/** How many a member may have ahead, including withdrawn ones, which stay in the calendar until they are over. */
const mostAhead = 2_000;
/** From this count on, postings of one member run one after the other, so that the limit is exact. */
const exactFrom = 400;

/** The condition that a posting must include so that the member stays within the limit. */
interface Room {
  /** @throws Refusal TOO_MANY_WINDOWS */
  held(): Record<string, TransactItem>;
}

/** Counts the availabilities that a member has ahead, by one request that reads at most `mostAhead` small entries. */
export async function roomForOneMore({ database, actor, now }: MemberContext): Promise<Room> {
  const ahead = overlapping(database, actor.username, "availability", { from: now.toISOString() });
  const { Count = 0, ScannedCount = 0 } = await database.client.send(
    new QueryCommand({
      ...ahead,
      Select: "COUNT",
      Limit: mostAhead,
      FilterExpression: `${ahead.FilterExpression} AND (attribute_not_exists(#status) OR #status <> :canceled)`,
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ...ahead.ExpressionAttributeValues, ":canceled": "CANCELED" },
    }),
  );
  const key = { username: actor.username, entry: "postings" };
  const { Calendar } = await batchGet(database, { Calendar: Count < exactFrom ? [] : [key] });
  return {
    held() {
      if (Count >= mostOpen || ScannedCount >= mostAhead) {
        throw new Refusal("TOO_MANY_WINDOWS", `You have ${mostOpen} open times.`);
      }
      if (Count < exactFrom) return {};
      const seen = Number(Calendar[0]?.["count"] ?? 0);
      const postings: TransactItem = {
        Update: {
          TableName: database.names.Calendar,
          Key: key,
          UpdateExpression: "ADD #count :one",
          ConditionExpression: seen === 0 ? "attribute_not_exists(#count)" : "#count = :seen",
          ExpressionAttributeNames: { "#count": "count" },
          ExpressionAttributeValues: { ":one": 1, ...(seen !== 0 && { ":seen": seen }) },
        },
      };
      return { postings };
    },
  };
}
