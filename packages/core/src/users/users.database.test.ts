import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { memberActor } from "../context/actor.ts";
import { later, newMember, now, outcomeOf, testDatabase } from "../testing/index.ts";
import { createUser, getUser, setUser } from "./index.ts";
import { findUser } from "./repository.ts";

/** Creates a user, and returns their own profile. */
async function signedUp(name?: string) {
  const ctx = { now, database: testDatabase(), actor: memberActor(randomUUID()), cursorKey: "test" };
  expect(await createUser(ctx, { username: ctx.actor.username, email: "anna@example.com", name })).toBe(true);
  return { ctx, profile: await getUser(ctx, {}) };
}

describe("creating", () => {
  test("creates a member from the sign-up", async () => {
    const { ctx, profile } = await signedUp("  Anna  ");
    expect(profile).toEqual({
      username: ctx.actor.username,
      displayName: "Anna",
      cohort: null,
      timezone: null,
      bio: "",
      discordUsername: "",
      memberSince: now.toISOString().slice(0, 10),
      isAdmin: false,
      email: "anna@example.com",
      notifications: { email: true },
      defaultLink: "",
      createdAt: now.toISOString(),
      updatedAt: now.toISOString(),
    });
  });

  test("again changes nothing, not even what was changed since", async () => {
    const { ctx } = await signedUp("Anna");
    const changed = await setUser(later(ctx, 1_000), { displayName: "Anna B.", cohort: "Blue" });
    const again = { username: ctx.actor.username, email: "other@example.com", name: "Other" };
    expect(await createUser(ctx, again)).toBe(false);
    expect(await getUser(ctx, {})).toEqual(changed);
  });

  test("many times at once creates one", async () => {
    const ctx = { now, database: testDatabase() };
    const user = { username: randomUUID(), email: "anna@example.com" };
    const created = await Promise.all(Array.from({ length: 8 }, () => createUser(ctx, user)));
    expect(created.filter(Boolean)).toHaveLength(1);
  });

  test.each([undefined, "", "   ", "\u202e", "\0", "\u{e0041}\u200b", "Аnna"])(
    "replaces the name %j by a neutral one",
    async (name) => {
      expect((await signedUp(name)).profile.displayName).toBe("New member");
    },
  );

  test.each([
    ["x".repeat(500), "x".repeat(80)],
    [`${"x".repeat(79)}👩`, "x".repeat(79)],
    ["An\u202ena\nB.", "Anna B."],
    ["\u200eAn\u200bna\u{e0061}", "Anna"],
  ])("keeps the visible part of the name %j", async (name, displayName) => {
    const { ctx, profile } = await signedUp(name);
    expect(profile.displayName).toBe(displayName);
    // The resulting name can be saved again unchanged.
    expect(await setUser(ctx, { displayName: profile.displayName })).toMatchObject({ displayName });
  });
});

describe("reading", () => {
  test("the own profile, by name or not, shows all fields; another shows only the public ones", async () => {
    const [me, other] = await Promise.all([newMember({ displayName: "Me" }), newMember()]);
    const own = await getUser(me, {});
    expect(await getUser(me, { username: me.actor.username })).toEqual(own);
    expect(own).toHaveProperty("email", `${me.actor.username}@example.com`);
    expect(await getUser(other, { username: me.actor.username })).toEqual({
      username: me.actor.username,
      displayName: "Me",
      cohort: "White",
      timezone: null,
      bio: "",
      discordUsername: "",
      memberSince: me.now.toISOString().slice(0, 10),
    });
  });

  test("shows no internal fields", async () => {
    const [me, other] = await Promise.all([newMember(), newMember()]);
    const views = async () => [await getUser(me, {}), await getUser(other, { username: me.actor.username })];
    const before = await views();
    const { database, actor } = me;
    const stored = await findUser(database, actor.username);
    const Item = { ...stored, stripeId: "secret" };
    await database.client.send(new PutCommand({ TableName: database.names.Users, Item }));
    expect(await views()).toEqual(before);
    expect(await setUser(me, { bio: "" })).toEqual(before[0]);
  });

  test("reports an unknown member as not found", async () => {
    const me = await newMember();
    expect(await outcomeOf(getUser(me, { username: "nobody" }))).toBe("NOT_FOUND");
    expect(await outcomeOf(getUser({ ...me, actor: memberActor("nobody") }, {}))).toBe("NOT_FOUND");
  });
});

describe("changing", () => {
  test("changes only the given fields", async () => {
    const me = await newMember();
    const before = await getUser(me, {});
    const then = later(me, 1_000);
    const updatedAt = then.now.toISOString();
    expect(await setUser(then, { timezone: "Asia/Kathmandu", bio: "Two\nlines" })).toEqual({
      ...before,
      timezone: "Asia/Kathmandu",
      bio: "Two\nlines",
      updatedAt,
    });
    expect(await setUser(then, { timezone: "UTC", notifications: { email: false } })).toEqual({
      ...before,
      timezone: "UTC",
      bio: "Two\nlines",
      notifications: { email: false },
      updatedAt,
    });
    expect(await setUser(then, { bio: "", discordUsername: "" })).toMatchObject({ bio: "", timezone: "UTC" });
    expect(await setUser(then, {})).toEqual(await getUser(me, {}));
  });

  test("reports an unknown member as not found, and creates none", async () => {
    const me = await newMember();
    const nobody = { ...me, actor: memberActor(randomUUID()) };
    expect(await outcomeOf(setUser(nobody, { bio: "Here" }))).toBe("NOT_FOUND");
    expect(await outcomeOf(getUser(me, { username: nobody.actor.username }))).toBe("NOT_FOUND");
  });
});
