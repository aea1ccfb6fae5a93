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
  /** The meeting link of windows that have none of their own; empty where there is none. */
  defaultLink: string;
  /** Increases with each change of the profile: of two copies of a name, the one of the higher revision is newer. */
  revision: number;
  /** Usernames of the members whom this member has blocked. */
  blocked: string[];
  /** How many members have blocked this one. */
  blockedBy: number;
  createdAt: string;
  updatedAt: string;
  /** When the account was deleted: the rest of the profile is erased then. */
  deletedAt?: string;
}

/** A user as read: items that were stored before these fields existed have none of them. */
export function asUser(item: object): UserRecord {
  const added = { defaultLink: "", revision: 0, blocked: [], blockedBy: 0 };
  return { ...added, ...(item as UserRecord) };
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
  return Item && asUser(Item);
}

type ProfileChanges = SetUserInput & { email?: string };

/** Changes the named fields of a user, increases the revision, and returns the whole; undefined where there is no such user. */
export async function updateUser(
  database: Database,
  username: string,
  changes: ProfileChanges & { updatedAt: string },
): Promise<UserRecord | undefined> {
  const fields = Object.entries(changes).filter(([, value]) => value !== undefined);
  const updated = await ifStill(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Users,
        Key: { username },
        UpdateExpression: `SET ${fields.map((_, index) => `#f${index} = :v${index}`).join(", ")} ADD revision :one`,
        ConditionExpression: "attribute_exists(username) AND attribute_not_exists(deletedAt)",
        ExpressionAttributeNames: Object.fromEntries(fields.map(([name], index) => [`#f${index}`, name])),
        ExpressionAttributeValues: {
          ":one": 1,
          ...Object.fromEntries(fields.map(([, value], index) => [`:v${index}`, value])),
        },
        ReturnValues: "ALL_NEW",
      }),
    ),
  );
  return updated?.Attributes && asUser(updated.Attributes);
}
