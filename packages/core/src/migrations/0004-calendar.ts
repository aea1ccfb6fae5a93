import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "../context/context.ts";
import { type Item, keyOf, type Migration, setAttributes, type Writes } from "./migration.ts";

/** Moves canceled meetings to a separate range of the calendar, and adds the status to availability entries. */
export const calendar: Migration = {
  id: "0004-calendar",
  table: "Calendar",
  async writes(ctx, item) {
    const entry = String(item["entry"]);
    if (entry.startsWith("meeting#") && item["status"] === "CANCELED") return moveCanceled(ctx, item, entry);
    if (entry.startsWith("window#") && item["status"] === undefined) return await copyStatus(ctx, item);
    return undefined;
  },
};

/** `meeting#<start>#<id>` becomes `canceled#<start>#<id>`. */
function moveCanceled({ database }: Context, item: Item, entry: string): Writes {
  const TableName = database.names.Calendar;
  return {
    former: {
      Delete: {
        TableName,
        Key: keyOf("Calendar", item),
        ConditionExpression: "#status = :canceled",
        ExpressionAttributeNames: { "#status": "status" },
        ExpressionAttributeValues: { ":canceled": "CANCELED" },
      },
    },
    moved: { Put: { TableName, Item: { ...item, entry: entry.replace("meeting#", "canceled#") } } },
  };
}

async function copyStatus({ database }: Context, item: Item): Promise<Writes | undefined> {
  const TableName = database.names.Availabilities;
  const Key = { owner: item["username"], id: item["id"] };
  const { Item: availability } = await database.client.send(
    new GetCommand({ TableName, Key, ConsistentRead: true }),
  );
  // The availability has expired, and so will the entry.
  if (!availability) return undefined;
  // If the availability is withdrawn meanwhile, that writes the entry's status too, and wins.
  return { entry: setAttributes(database, "Calendar", item, { status: availability["status"] }) };
}
