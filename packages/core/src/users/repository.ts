import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";
import { conditionalWrite } from "../database/transact.ts";
import { AccountClosed } from "../errors.ts";
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
  /** The meeting link of availabilities that have none of their own; empty where there is none. */
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
  /** Of a deleted account: how often its follow-up had to be called again. */
  erasures?: number;
  /** Of a deleted account: seconds since the epoch after which DynamoDB may remove the record. */
  expiresAt?: number;
}

declare module "../database/records.ts" {
  interface TableRecords {
    Users: UserRecord;
  }
}

/** As whom others see a member whose account is deleted. */
const formerMember = "Former member";

/** How long a deleted account is remembered: no token of it lives so long. */
const tombstoneSeconds = 30 * 86_400;

/** After so long a deleted account may be made again: someone who comes from Google always has the same username. */
const returnMs = 86_400_000;

/** A user as read: items that were stored before these fields existed have none of them. */
export function asUser(item: object): UserRecord {
  const added = { defaultLink: "", revision: 0, blocked: [], blockedBy: 0 };
  return { ...added, ...(item as UserRecord) };
}

/**
 * Stores a new user; false where there is one of that name already, which is left as it is, also one that was deleted a
 * moment ago: Cognito may repeat what it has to say of a sign-up.
 */
export async function insertUser(database: Database, user: UserRecord): Promise<boolean> {
  const inserted = await conditionalWrite(() =>
    database.client.send(
      new PutCommand({
        TableName: database.names.Users,
        Item: user,
        ConditionExpression: "attribute_not_exists(username) OR deletedAt < :longAgo",
        ExpressionAttributeValues: {
          ":longAgo": new Date(Date.parse(user.createdAt) - returnMs).toISOString(),
        },
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

/** Changes the named fields of a user, increases the revision, and returns the whole; undefined where there is no such user.
 * @throws AccountClosed for a deleted one
 */
export async function updateUser(
  database: Database,
  username: string,
  changes: ProfileChanges & { updatedAt: string },
): Promise<UserRecord | undefined> {
  const fields = Object.entries(changes).filter(([, value]) => value !== undefined);
  const command = new UpdateCommand({
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
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
  const updated = await conditionalWrite(() =>
    database.client.send(command).catch((error: unknown) => {
      // Where there is something, it is a tombstone.
      if (error instanceof ConditionalCheckFailedException && error.Item) throw new AccountClosed();
      throw error;
    }),
  );
  return updated?.Attributes && asUser(updated.Attributes);
}

/**
 * Makes a user's record a tombstone: nothing of the profile stays. Repeating it changes nothing, and neither does it where
 * there is no such user.
 */
export async function closeUser(database: Database, username: string, now: Date): Promise<void> {
  const erased = {
    email: "",
    displayName: formerMember,
    cohort: null,
    timezone: null,
    bio: "",
    discordUsername: "",
    notifications: { email: false },
    defaultLink: "",
    deletedAt: now.toISOString(),
    updatedAt: now.toISOString(),
    expiresAt: Math.ceil(now.getTime() / 1_000) + tombstoneSeconds,
  } satisfies Partial<UserRecord>;
  const fields = Object.entries(erased);
  await conditionalWrite(() =>
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
      }),
    ),
  );
}

/** Changes a tombstone, so that the table's stream tells of it once more. */
export async function touchTombstone(database: Database, username: string): Promise<void> {
  await conditionalWrite(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Users,
        Key: { username },
        UpdateExpression: "ADD erasures :one",
        ConditionExpression: "attribute_exists(deletedAt)",
        ExpressionAttributeValues: { ":one": 1 },
      }),
    ),
  );
}
