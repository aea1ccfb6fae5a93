import { beforeEach, describe, expect, test } from "vitest";
import { getAvailability, searchAvailabilities, setAvailability } from "../availabilities/index.ts";
import { bookAvailability } from "../booking/index.ts";
import { AccountClosed, InvalidInput } from "../errors.ts";
import { day } from "../instant.ts";
import {
  after,
  availabilityInput,
  book,
  later,
  newMember,
  newMembers,
  outcomeOf,
  postAvailability,
  testDatabase,
} from "../testing/index.ts";
import { finishLeaving, leave, newUserPool, type UserPool } from "../testing/leaving.ts";
import { blockUser, createUser, getUser, listBlocked, setUser } from "../users/index.ts";
import { findUser } from "../users/repository.ts";
import { deleteUser, exportUser, finishDeletion, refreshEmail, type SignIns } from "./index.ts";

let pool: UserPool;
beforeEach(() => {
  pool = newUserPool();
});

describe("deleting an account", () => {
  test("requires the member's own name", async () => {
    const me = await newMember({ displayName: "Zoë" });
    for (const wrong of ["", "zoë", "Zoe", "A member", "x".repeat(1_000)]) {
      const refused = deleteUser(me, { displayName: wrong }, pool);
      await expect(refused).rejects.toThrow(InvalidInput);
      await expect(refused).rejects.toMatchObject({ fieldErrors: { displayName: [expect.any(String)] } });
    }
    expect(pool.removed).toEqual([]);
    expect(await getUser(me, {})).toMatchObject({ displayName: "Zoë" });
    expect(await deleteUser(me, { displayName: " Zoë " }, pool)).toEqual({
      deletedAt: me.now.toISOString(),
    });
  });

  test("erases the profile, removes the sign-in, and closes every verb that reads the profile", async () => {
    const [me, other] = await newMembers(2);
    await setUser(me, {
      bio: "Mine",
      discordUsername: "me",
      timezone: "UTC",
      defaultLink: "https://example.com/me",
    });
    const before = await findUser(testDatabase(), me.actor.username);
    const availability = await postAvailability(me);
    const theirs = await postAvailability(other);
    await leave(me, pool);
    expect(pool.removed).toEqual([me.actor.username]);
    const tombstone = await findUser(testDatabase(), me.actor.username);
    expect(tombstone).toEqual({
      username: me.actor.username,
      email: "",
      displayName: "Former member",
      cohort: null,
      timezone: null,
      bio: "",
      discordUsername: "",
      notifications: { email: false },
      defaultLink: "",
      revision: (before?.revision ?? 0) + 1,
      blocked: [],
      blockedBy: 0,
      createdAt: before?.createdAt,
      updatedAt: me.now.toISOString(),
      deletedAt: me.now.toISOString(),
      expiresAt: me.now.getTime() / 1_000 + 30 * 86_400,
    });
    const calls = {
      get: () => getUser(me, {}),
      getOther: () => getUser(me, { username: other.actor.username }),
      set: () => setUser(me, { bio: "Again" }),
      block: () => blockUser(me, { username: other.actor.username }),
      listBlocked: () => listBlocked(me),
      export: () => exportUser(me, {}),
      delete: () => leave(me, pool),
      refreshEmail: () => refreshEmail(me, pool),
      post: () => setAvailability(me, availabilityInput({}, me.now)),
      edit: () => setAvailability(me, { ...availabilityInput({}, me.now), id: availability.id }),
      look: () => getAvailability(me, theirs),
      search: () => searchAvailabilities(me, { from: after(me, 0), to: after(me, day), limit: 1 }),
      book: () => bookAvailability(me, theirs),
    };
    for (const [name, call] of Object.entries(calls))
      await expect(call(), name).rejects.toThrow(AccountClosed);
    // At once, others no longer find the member and the member's availabilities.
    expect(await outcomeOf(getUser(other, { username: me.actor.username }))).toBe("NOT_FOUND");
    expect(await outcomeOf(getAvailability(other, availability))).toBe("NOT_FOUND");
    expect(await outcomeOf(book(other, availability))).toBe("NOT_FOUND");
    expect(await outcomeOf(blockUser(other, { username: me.actor.username }))).toBe("NOT_FOUND");
  });

  test("succeeds when the user pool is out of reach: the follow-up removes the sign-in later", async () => {
    const me = await newMember();
    const down: SignIns = { ...pool, remove: () => Promise.reject(new Error("Out of reach")) };
    await deleteUser(me, { displayName: "A member" }, down);
    await expect(finishDeletion(me, me.actor.username, down)).rejects.toThrow("Out of reach");
    await finishLeaving(me, pool);
    expect(pool.removed).toEqual([me.actor.username]);
  });

  test("cannot be undone by a repeated sign-up event; the member may sign up again after a day", async () => {
    const me = await newMember();
    await leave(me, pool);
    const signUp = { username: me.actor.username, email: "me@example.com", name: "Me" };
    expect(await createUser(later(me, day - 1), signUp)).toBe(false);
    await expect(getUser(me, {})).rejects.toThrow(AccountClosed);
    expect(await createUser(later(me, day + 1), signUp)).toBe(true);
    expect(await getUser(me, {})).toMatchObject({ displayName: "Me" });
    expect(await findUser(testDatabase(), me.actor.username)).not.toHaveProperty("expiresAt");
  });
});
