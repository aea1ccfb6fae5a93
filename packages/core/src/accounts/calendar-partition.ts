import { DeleteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";

/** An item of a member's Calendar partition, of any kind. */
export interface CalendarItem {
  username: string;
  /** `<kind>#…` */
  entry: string;
  /** Only for entries of availabilities and meetings. */
  id?: string;
}

/**
 * Lists items of a member's Calendar partition in key order, with strong consistency.
 * @param range.prefix the kind with its `#`; all kinds if left out
 * @param range.after the key to start after
 */
export async function listCalendarItems(
  database: Database,
  username: string,
  range: { prefix?: string; after?: string | undefined; atMost: number },
): Promise<CalendarItem[]> {
  const { prefix, after, atMost } = range;
  const { Items = [] } = await database.client.send(
    new QueryCommand({
      TableName: database.names.Calendar,
      ConsistentRead: true,
      KeyConditionExpression: prefix
        ? "username = :username AND begins_with(entry, :prefix)"
        : "username = :username",
      ExpressionAttributeValues: { ":username": username, ...(prefix && { ":prefix": prefix }) },
      ...(after !== undefined && { ExclusiveStartKey: { username, entry: after } }),
      Limit: atMost,
    }),
  );
  return Items as CalendarItem[];
}

export async function deleteCalendarItem(
  database: Database,
  { username, entry }: CalendarItem,
): Promise<void> {
  await database.client.send(
    new DeleteCommand({ TableName: database.names.Calendar, Key: { username, entry } }),
  );
}
