/** What each write of a user depends on, and how it changes the table. */
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { AccountClosed } from "../errors.ts";
import { day, shift } from "../instant.ts";
import { testDatabase } from "../testing/database.ts";
import { now } from "../testing/records.ts";
import { errorAnswer, watchedDatabase, wiredDatabase } from "../testing/wire.ts";
import {
  closeUser,
  findUser,
  insertUser,
  touchTombstone,
  type UserRecord,
  updateUser,
} from "./repository.ts";

const database = testDatabase();

function newUser(given: Partial<UserRecord> = {}): UserRecord {
  return {
    username: randomUUID(),
    email: "anna@example.com",
    displayName: "Anna",
    cohort: "White",
    timezone: "Asia/Kathmandu",
    bio: "Two\nlines",
    discordUsername: "anna",
    notifications: { email: true },
    defaultLink: "https://meet.example/anna",
    revision: 1,
    blocked: ["ben"],
    blockedBy: 2,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    ...given,
  };
}

async function put(Item: object): Promise<void> {
  await database.client.send(new PutCommand({ TableName: database.names.Users, Item }));
}

async function stored(given: Partial<UserRecord> = {}): Promise<UserRecord> {
  const user = newUser(given);
  await put(user);
  return user;
}

const found = (user: UserRecord) => findUser(database, user.username);

test("reads a user with strong consistency, and fills in fields that older items do not have", async () => {
  const { defaultLink, revision, blocked, blockedBy, ...older } = newUser();
  await put(older);
  const inputs: unknown[] = [];
  const wired = wiredDatabase((_, send, input) => {
    inputs.push(JSON.parse(input));
    return send();
  });
  const filled = { ...older, defaultLink: "", revision: 0, blocked: [], blockedBy: 0 };
  expect(await findUser(wired, older.username)).toEqual(filled);
  expect(inputs).toMatchObject([{ ConsistentRead: true }]);
  expect(await findUser(database, "nobody")).toBeUndefined();
});

describe("a sign-up", () => {
  test("creates a user once", async () => {
    const user = newUser();
    expect(await insertUser(database, user)).toBe(true);
    expect(await insertUser(database, { ...user, displayName: "Another" })).toBe(false);
    expect(await found(user)).toEqual(user);
  });

  test.each([
    [0, false],
    [day, false],
    [day + 1, true],
  ])("%d ms after the deletion of the account creates it again: %s", async (milliseconds, isMade) => {
    const former = await stored({ deletedAt: now.toISOString() });
    const user = newUser({ username: former.username, createdAt: shift(now.toISOString(), milliseconds) });
    expect(await insertUser(database, user)).toBe(isMade);
    expect(await found(user)).toEqual(isMade ? user : former);
  });
});

describe("a change of the profile", () => {
  const updatedAt = shift(now.toISOString(), 1_000);

  test("writes the given fields, increases the revision, and returns the whole user", async () => {
    const user = await stored();
    const changes = { displayName: "Anna B.", bio: "", cohort: undefined, updatedAt };
    const changed = { ...user, displayName: "Anna B.", bio: "", revision: 2, updatedAt };
    expect(await updateUser(database, user.username, changes)).toEqual(changed);
    expect(await found(user)).toEqual(changed);
  });

  test("of an unknown user creates none", async () => {
    const username = randomUUID();
    expect(await updateUser(database, username, { bio: "Here", updatedAt })).toBeUndefined();
    expect(await findUser(database, username)).toBeUndefined();
  });

  test("of a deleted account is refused, and writes nothing", async () => {
    const user = await stored({ deletedAt: now.toISOString() });
    await expect(updateUser(database, user.username, { bio: "Here", updatedAt })).rejects.toThrow(
      AccountClosed,
    );
    expect(await found(user)).toEqual(user);
  });

  test("that fails otherwise throws the error unchanged", async () => {
    const failing = wiredDatabase(async () => errorAnswer("AccessDeniedException", { Item: {} }));
    await expect(updateUser(failing, "anna", { updatedAt })).rejects.toThrow("AccessDeniedException");
  });
});

describe("a deletion", () => {
  const at = new Date("2027-03-20T09:00:00.001Z");

  test("erases the profile, and keeps the time of deletion for 30 days", async () => {
    const user = await stored();
    const { database: wired, operations } = watchedDatabase();
    await closeUser(wired, user.username, at);
    expect(operations).toEqual(["UpdateItem"]);
    const { username, blocked, blockedBy, createdAt } = user;
    const tombstone = {
      username,
      blocked,
      blockedBy,
      createdAt,
      email: "",
      displayName: "Former member",
      cohort: null,
      timezone: null,
      bio: "",
      discordUsername: "",
      notifications: { email: false },
      defaultLink: "",
      revision: 2,
      deletedAt: at.toISOString(),
      updatedAt: at.toISOString(),
      expiresAt: Date.parse("2027-04-19T09:00:01.000Z") / 1_000,
    };
    expect(await found(user)).toEqual(tombstone);
    await closeUser(database, user.username, new Date(at.getTime() + day));
    expect(await found(user)).toEqual(tombstone);
  });

  test("of an unknown user leaves no tombstone", async () => {
    const username = randomUUID();
    await closeUser(database, username, at);
    expect(await findUser(database, username)).toBeUndefined();
  });

  test("counts repeated follow-ups, only on a tombstone", async () => {
    const user = await stored({ deletedAt: now.toISOString() });
    for (const erasures of [1, 2]) {
      const { database: wired, operations } = watchedDatabase();
      await touchTombstone(wired, user.username);
      expect(operations).toEqual(["UpdateItem"]);
      expect(await found(user)).toEqual({ ...user, erasures });
    }
    const here = await stored();
    await touchTombstone(database, here.username);
    expect(await found(here)).toEqual(here);
  });
});
