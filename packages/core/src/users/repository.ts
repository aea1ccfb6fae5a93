import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";
import { ifStill } from "../database/transact.ts";
import type { Notifications, SetUserInput } from "./schema.ts";

/** A user as stored. */
export interface UserRecord {
  username: string;
  email: string;
  displayName: string;
  cohort: string | null;
  timezone: string | null;
  bio: string;
  discordUsername: string;
  notifications: Notifications;
  createdAt: string;
  updatedAt: string;
}

/** Stores a new user; false where there is one of that name already, which is left as it is. */
export async function insertUser(database: Database, user: UserRecord): Promise<boolean> {
  const inserted = await ifStill(() =>
    database.client.send(
      new PutCommand({
        TableName: database.names.Users,
        Item: user,
        ConditionExpression: "attribute_not_exists(username)",
      }),
    ),
  );
  return inserted !== undefined;
}

export async function findUser(database: Database, username: string): Promise<UserRecord | undefined> {
  const { Item } = await database.client.send(
    new GetCommand({ TableName: database.names.Users, Key: { username }, ConsistentRead: true }),
  );
  return Item as UserRecord | undefined;
}

/** Changes the named fields of a user and answers the whole; undefined where there is no such user. */
export async function updateUser(
  database: Database,
  username: string,
  changes: SetUserInput & { updatedAt: string },
): Promise<UserRecord | undefined> {
  const fields = Object.entries(changes).filter(([, value]) => value !== undefined);
  const updated = await ifStill(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Users,
        Key: { username },
        UpdateExpression: `SET ${fields.map((_, index) => `#f${index} = :v${index}`).join(", ")}`,
        ConditionExpression: "attribute_exists(username)",
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name], index) => [`#f${index}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          fields.map(([, value], index) => [`:v${index}`, value]),
        ),
        ReturnValues: "ALL_NEW",
      }),
    ),
  );
  return updated?.Attributes as UserRecord | undefined;
}
