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
  /** The meeting link for availabilities without a link; empty if there is none. */
  defaultLink: string;
  /** Increases with each change of the profile: of two copies, the one with the higher revision is newer. */
  revision: number;
  /** Usernames of the members whom this member has blocked. */
  blocked: string[];
  /** How many members have blocked this one. */
  blockedBy: number;
  createdAt: string;
  updatedAt: string;
  /** When the account was deleted, which erased the rest of the profile. */
  deletedAt?: string;
  /** Only of a deleted account: how often its follow-up had to run again. */
  erasures?: number;
  /** Only of a deleted account: seconds since the epoch after which DynamoDB may remove the record. */
  expiresAt?: number;
}

declare module "../database/records.ts" {
  interface TableRecords {
    Users: UserRecord;
  }
}

/** The name that others see for a member whose account is deleted. */
const formerMember = "Former member";

/** How long a deleted account is remembered: longer than any of its tokens lives. */
const tombstoneSeconds = 30 * 86_400;

/**
 * After this time a deleted account may be created again: someone who signs in with Google always has the same
 * username.
 */
const returnMs = 86_400_000;

/** A user as read. Items that were stored before these fields existed get their defaults. */
export function asUser(item: object): UserRecord {
  const added = { defaultLink: "", revision: 0, blocked: [], blockedBy: 0 };
  return { ...added, ...(item as UserRecord) };
}

/**
 * Stores a new user. Returns false and changes nothing if the username exists, also if its account was deleted less
 * than a day ago: Cognito may repeat the event of a sign-up.
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
      // If there is an item, it is a tombstone.
      if (error instanceof ConditionalCheckFailedException && error.Item) throw new AccountClosed();
      throw error;
    }),
  );
  return updated?.Attributes && asUser(updated.Attributes);
}

/**
 * Turns a user's record into a tombstone, without anything of the profile. Idempotent; does nothing if there is no such
 * user.
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

/** Changes a tombstone, so that the table's stream reports it again. */
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
