import { QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Database } from "@kumite/core/database";

/** The query for either index. */
export interface SearchQuery {
  username: string;
  cohort: string;
  /** The span in which availabilities start, as instants. */
  from: string;
  to: string;
}

/**
 * Returns the first page by the index `status` and `startTime` of availabilities, with filters, as search did before
 * openings existed.
 */
export async function searchByStatus(
  database: Database,
  query: SearchQuery,
  limit: number,
): Promise<Record<string, unknown>[]> {
  const input: QueryCommandInput = {
    TableName: database.names.Availabilities,
    IndexName: "byStatus",
    KeyConditionExpression: "#status = :scheduled AND startTime BETWEEN :from AND :to",
    FilterExpression:
      "lastStart >= :from AND #owner <> :me AND contains(cohorts, :cohort) AND attribute_not_exists(seats.#me)",
    ExpressionAttributeNames: { "#status": "status", "#owner": "owner", "#me": query.username },
    ExpressionAttributeValues: {
      ":scheduled": "SCHEDULED",
      ":from": query.from,
      ":to": query.to,
      ":me": query.username,
      ":cohort": query.cohort,
    },
    Limit: 100,
  };
  const found: Record<string, unknown>[] = [];
  do {
    const { Items = [], LastEvaluatedKey } = await database.client.send(new QueryCommand(input));
    found.push(...Items);
    input.ExclusiveStartKey = LastEvaluatedKey;
  } while (input.ExclusiveStartKey && found.length <= limit);
  return found.slice(0, limit);
}
