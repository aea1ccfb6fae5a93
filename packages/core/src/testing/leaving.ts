/** Deletion of accounts in tests, with an in-memory user pool. */
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "vitest";
import { deleteUser, finishDeletion, type SignIns } from "../accounts/index.ts";
import type { MemberContext } from "../context/context.ts";
import { testDatabase } from "./database.ts";

/** A user pool in memory. */
export interface UserPool extends SignIns {
  /** The verified address of each username with a sign-in; undefined if it is not verified. */
  readonly addresses: Map<string, string | undefined>;
  /** The usernames whose sign-ins were removed, in order. */
  readonly removed: string[];
}

/** Creates a user pool without sign-ins. */
export function newUserPool(): UserPool {
  const addresses = new Map<string, string | undefined>();
  const removed: string[] = [];
  return {
    addresses,
    removed,
    remove: async (username) => {
      removed.push(username);
      addresses.delete(username);
    },
    find: async (username) =>
      addresses.has(username) ? { verifiedEmail: addresses.get(username) } : undefined,
  };
}

/** Deletes the account of a member who has the default test name. */
export function leave(member: MemberContext, signIns: SignIns): ReturnType<typeof deleteUser> {
  return deleteUser(member, { displayName: "A member" }, signIns);
}

/**
 * Runs the follow-up of a member's deletion until nothing is left to do.
 * @returns the number of runs, at most 20
 */
export async function finishLeaving(member: MemberContext, signIns: SignIns): Promise<number> {
  for (let runs = 1; runs <= 20; runs++)
    if (await finishDeletion(member, member.actor.username, signIns)) return runs;
  return expect.unreachable("It never ended");
}

/** All items of a member's calendar. */
export async function calendarOf({ actor }: MemberContext) {
  const { client, names } = testDatabase();
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: names.Calendar,
      KeyConditionExpression: "username = :username",
      ExpressionAttributeValues: { ":username": actor.username },
      ConsistentRead: true,
    }),
  );
  return Items;
}
