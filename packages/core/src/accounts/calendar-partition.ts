import { DeleteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";

/** An item of a member's Calendar partition, of whatever kind. */
export interface CalendarItem {
  username: string;
  /** `<kind>#…` */
  entry: string;
  /** Of an availability or meeting. */
  id?: string;
}

/**
 * Some items of a member's Calendar partition, in the order of their keys, with strong consistency.
 * @param range.prefix the kind with its `#`; all kinds where left out
 * @param range.after the key after which to begin
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
