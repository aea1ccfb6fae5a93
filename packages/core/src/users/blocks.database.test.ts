import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { memberActor } from "../context/actor.ts";
import { batchGet } from "../database/batch-get.ts";
import { InvalidInput } from "../errors.ts";
import { newMember, newMembers, outcomeOf, testDatabase } from "../testing/index.ts";
import { mostBlocked } from "./block-user.ts";
import { areApart, blockKey, blockKeysOf, ownersApart } from "./blocks.ts";
import { blockUser, getUser, listBlocked, unblockUser } from "./index.ts";
import { findUser, type UserRecord } from "./repository.ts";

async function record(username: string): Promise<UserRecord> {
  const user = await findUser(testDatabase(), username);
  if (!user) throw new Error("There is no such member");
  return user;
}

async function findOwnersApart(member: UserRecord, owners: string[]): Promise<Set<string>> {
  const { Calendar } = await batchGet(testDatabase(), { Calendar: blockKeysOf(member, owners) });
  return ownersApart(member, Calendar);
}

async function hasEntry(blocked: string, blocker: string): Promise<boolean> {
  const { client, names } = testDatabase();
  const { Item } = await client.send(
    new GetCommand({ TableName: names.Calendar, Key: blockKey(blocked, blocker), ConsistentRead: true }),
  );
  return Item !== undefined;
}

test("blocking and unblocking each change both records once", async () => {
  const [me, other, third] = await newMembers(3);
  const profile = await getUser(me, { username: other.actor.username });
  expect(await listBlocked(me)).toEqual({ blocked: [] });
  for (const _ of [1, 2]) {
    expect(await blockUser(me, { username: other.actor.username })).toEqual({ blocked: [profile] });
    expect(await record(me.actor.username)).toMatchObject({ blocked: [other.actor.username], blockedBy: 0 });
    expect(await record(other.actor.username)).toMatchObject({ blocked: [], blockedBy: 1 });
    expect(await hasEntry(other.actor.username, me.actor.username)).toBe(true);
  }
  await blockUser(third, { username: other.actor.username });
  expect((await record(other.actor.username)).blockedBy).toBe(2);
  expect(await listBlocked(other)).toEqual({ blocked: [] });
  // The blocker's profile looks the same as before, so the blocked member does not notice.
  expect(await getUser(other, { username: me.actor.username })).toEqual(
    await getUser(third, { username: me.actor.username }),
  );

  for (const _ of [1, 2]) {
    expect(await unblockUser(me, { username: other.actor.username })).toEqual({ blocked: [] });
    expect(await record(me.actor.username)).toMatchObject({ blocked: [] });
    expect(await record(other.actor.username)).toMatchObject({ blockedBy: 1 });
    expect(await hasEntry(other.actor.username, me.actor.username)).toBe(false);
  }
});

test("a block does not change the profiles' revisions, because others do not see it", async () => {
  const [me, other] = await newMembers(2);
  const before = await Promise.all([record(me.actor.username), record(other.actor.username)]);
  await blockUser(me, { username: other.actor.username });
  const after = await Promise.all([record(me.actor.username), record(other.actor.username)]);
  expect(after.map(({ revision }) => revision)).toEqual(before.map(({ revision }) => revision));
});

test("the list is in order of blocking, and both sides may block", async () => {
  const [me, first, second, third] = await newMembers(4);
  for (const { actor } of [third, first, second]) await blockUser(me, { username: actor.username });
  await blockUser(first, { username: me.actor.username });
  await unblockUser(me, { username: first.actor.username });
  expect((await listBlocked(me)).blocked.map(({ username }) => username)).toEqual([
    third.actor.username,
    second.actor.username,
  ]);
  expect(areApart(await record(me.actor.username), await record(first.actor.username))).toBe(true);
  await unblockUser(first, { username: me.actor.username });
  expect(areApart(await record(me.actor.username), await record(first.actor.username))).toBe(false);
});

test("refuses to block the member themselves and an unknown member", async () => {
  const me = await newMember();
  await expect(blockUser(me, { username: me.actor.username })).rejects.toThrow(InvalidInput);
  expect(await outcomeOf(blockUser(me, { username: "nobody" }))).toBe("NOT_FOUND");
  expect(await unblockUser(me, { username: "nobody" })).toEqual({ blocked: [] });
  const anonymous = { ...me, actor: memberActor("nobody") };
  expect(await outcomeOf(blockUser(anonymous, { username: me.actor.username }))).toBe("NOT_FOUND");
  expect(await outcomeOf(listBlocked(anonymous))).toBe("NOT_FOUND");
});

test("the count stays correct with concurrent blocks in both directions", async () => {
  const [me, ...others] = await newMembers(4);
  const calls = others.flatMap((other) => [
    () => blockUser(me, { username: other.actor.username }),
    () => blockUser(me, { username: other.actor.username }),
    () => blockUser(other, { username: me.actor.username }),
    () => unblockUser(me, { username: other.actor.username }),
    () => unblockUser(other, { username: me.actor.username }),
  ]);
  await Promise.all(calls.map((call) => call()));
  const users = await Promise.all([me, ...others].map(({ actor }) => record(actor.username)));
  for (const user of users) {
    const blockers = users.filter(({ blocked }) => blocked.includes(user.username));
    expect(user.blockedBy).toBe(blockers.length);
    expect(new Set(user.blocked).size).toBe(user.blocked.length);
    for (const { username } of users)
      expect(await hasEntry(user.username, username)).toBe(blockers.some((one) => one.username === username));
  }
});

test("a member cannot block more than the limit, even at once", async () => {
  const [me, other, another] = await newMembers(3);
  const { client, names } = testDatabase();
  await client.send(
    new UpdateCommand({
      TableName: names.Users,
      Key: { username: me.actor.username },
      UpdateExpression: "SET blocked = :many",
      ExpressionAttributeValues: {
        ":many": Array.from({ length: mostBlocked - 1 }, (_, at) => `someone ${at}`),
      },
    }),
  );
  const outcomes = await Promise.all(
    [other, another].map(({ actor }) => outcomeOf(blockUser(me, { username: actor.username }))),
  );
  expect(outcomes.sort()).toEqual(["OK", "TOO_MANY_BLOCKED"]);
  expect((await record(me.actor.username)).blocked).toHaveLength(mostBlocked);
  // Members that no longer exist are left out, and can be unblocked.
  expect((await listBlocked(me)).blocked).toHaveLength(1);
  await unblockUser(me, { username: "someone 0" });
  expect((await record(me.actor.username)).blocked).toHaveLength(mostBlocked - 1);
});

describe("a search", () => {
  test("reads in at most one request which owners to leave out", async () => {
    const [me, mine, theirs, friend] = await newMembers(4);
    await blockUser(me, { username: mine.actor.username });
    const owners = [mine, theirs, friend].map(({ actor }) => actor.username);
    expect(await findOwnersApart(await record(me.actor.username), owners)).toEqual(
      new Set([mine.actor.username]),
    );
    await blockUser(theirs, { username: me.actor.username });
    expect(await findOwnersApart(await record(me.actor.username), [...owners, ...owners])).toEqual(
      new Set([mine.actor.username, theirs.actor.username]),
    );
    expect(await findOwnersApart(await record(friend.actor.username), owners)).toEqual(new Set());
  });
});

test("members who were stored before blocks existed can block and be blocked", async () => {
  const [me, other] = await newMembers(2);
  const { client, names } = testDatabase();
  for (const { actor } of [me, other])
    await client.send(
      new UpdateCommand({
        TableName: names.Users,
        Key: { username: actor.username },
        UpdateExpression: "REMOVE blocked, blockedBy",
      }),
    );
  await blockUser(me, { username: other.actor.username });
  const { Users } = await batchGet(testDatabase(), { Users: [{ username: other.actor.username }] });
  expect(Users[0]).toMatchObject({ blockedBy: 1 });
  expect((await listBlocked(me)).blocked).toHaveLength(1);
});
