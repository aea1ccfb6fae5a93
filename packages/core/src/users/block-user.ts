import type { MemberContext } from "../context/context.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import { retryOnConflict, transact } from "../database/transact.ts";
import { InvalidInput, Refusal } from "../errors.ts";
import { blockKey } from "./blocks.ts";
import { asUser, findUser, type UserRecord } from "./repository.ts";
import { checkIsMember, publicProfile } from "./rules.ts";
import type { BlockedMembers, BlockUserInput } from "./schema.ts";

/** How many members one member can block. */
export const mostBlocked = 500;

/**
 * Blocks a member, who is not notified. Idempotent.
 * @throws Refusal NOT_FOUND, TOO_MANY_BLOCKED; InvalidInput for the actor's own username; AccountClosed; Unavailable
 */
export async function blockUser(ctx: MemberContext, input: BlockUserInput): Promise<BlockedMembers> {
  const { database, actor } = ctx;
  const { username } = input;
  if (username === actor.username) throw new InvalidInput({ username: ["You cannot block yourself"] });
  return retryOnConflict(async () => {
    const { user, other } = await findPair(database, actor.username, username);
    checkIsMember(user);
    if (user.blocked.includes(username)) return profilesOf(database, user.blocked);
    if (!other || other.deletedAt !== undefined) throw new Refusal("NOT_FOUND", "There is no such member.");
    if (user.blocked.length >= mostBlocked) {
      throw new Refusal("TOO_MANY_BLOCKED", `You have blocked ${mostBlocked} members: unblock one first.`);
    }
    await transact(database, {
      blocker: {
        Update: {
          TableName: database.names.Users,
          Key: { username: actor.username },
          UpdateExpression: "SET blocked = list_append(if_not_exists(blocked, :none), :one)",
          ConditionExpression:
            "attribute_exists(username) AND attribute_not_exists(deletedAt) AND (attribute_not_exists(blocked) OR (NOT contains(blocked, :username) AND size(blocked) < :most))",
          ExpressionAttributeValues: {
            ":none": [],
            ":one": [username],
            ":username": username,
            ":most": mostBlocked,
          },
        },
      },
      blocked: {
        Update: {
          TableName: database.names.Users,
          Key: { username },
          UpdateExpression: "ADD blockedBy :one",
          ConditionExpression: "attribute_exists(username) AND attribute_not_exists(deletedAt)",
          ExpressionAttributeValues: { ":one": 1 },
        },
      },
      entry: { Put: { TableName: database.names.Calendar, Item: blockKey(username, actor.username) } },
    });
    return profilesOf(database, [...user.blocked, username]);
  });
}

/**
 * Ends a block. Idempotent.
 * @throws Refusal NOT_FOUND if the actor never completed the sign-up; AccountClosed; Unavailable
 */
export async function unblockUser(ctx: MemberContext, input: BlockUserInput): Promise<BlockedMembers> {
  await dropBlock(ctx.database, ctx.actor.username, input.username);
  return listBlocked(ctx);
}

/**
 * Lists the members whom the actor has blocked.
 * @throws Refusal NOT_FOUND if the actor never completed the sign-up; AccountClosed
 */
export async function listBlocked(ctx: MemberContext): Promise<BlockedMembers> {
  const user = await findUser(ctx.database, ctx.actor.username);
  checkIsMember(user);
  return profilesOf(ctx.database, user.blocked);
}

/**
 * Removes a block from both members' records, either of which may be gone.
 * @returns whether there was a block
 */
export async function dropBlock(database: Database, blocker: string, blocked: string): Promise<boolean> {
  return retryOnConflict(async () => {
    const { user, other } = await findPair(database, blocker, blocked);
    const place = user?.blocked.indexOf(blocked) ?? -1;
    if (place < 0) return false;
    await transact(database, {
      blocker: {
        Update: {
          TableName: database.names.Users,
          Key: { username: blocker },
          UpdateExpression: `REMOVE blocked[${place}]`,
          ConditionExpression: `blocked[${place}] = :username`,
          ExpressionAttributeValues: { ":username": blocked },
        },
      },
      ...(other && {
        blocked: {
          Update: {
            TableName: database.names.Users,
            Key: { username: blocked },
            UpdateExpression: "ADD blockedBy :less",
            ConditionExpression: "attribute_exists(username)",
            ExpressionAttributeValues: { ":less": -1 },
          },
        },
      }),
      entry: { Delete: { TableName: database.names.Calendar, Key: blockKey(blocked, blocker) } },
    });
    return true;
  });
}

async function findPair(database: Database, username: string, otherName: string) {
  const { Users } = await batchGet(database, {
    Users: [...new Set([username, otherName])].map((name) => ({ username: name })),
  });
  const users = Users.map(asUser);
  const find = (name: string): UserRecord | undefined => users.find((user) => user.username === name);
  return { user: find(username), other: find(otherName) };
}

/** Returns public profiles in the order of the usernames, without users that no longer exist. */
export async function profilesOf(database: Database, usernames: readonly string[]): Promise<BlockedMembers> {
  const { Users } = await batchGet(database, { Users: usernames.map((username) => ({ username })) });
  const found = new Map(Users.map((item) => [item.username, asUser(item)]));
  const users = usernames.map((username) => found.get(username)).filter((user) => user !== undefined);
  return { blocked: users.map(publicProfile) };
}
