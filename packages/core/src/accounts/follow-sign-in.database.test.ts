import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { AccountClosed } from "../errors.ts";
import { newMember } from "../testing/index.ts";
import { newUserPool, type UserPool } from "../testing/leaving.ts";
import { getUser } from "../users/index.ts";
import { followSignIn, refreshEmail } from "./index.ts";

let pool: UserPool;
beforeEach(() => {
  pool = newUserPool();
});

describe("following a sign-in", () => {
  test("copies an address to the profile only if it is verified", async () => {
    const me = await newMember();
    const email = `${me.actor.username}@example.com`;
    for (const [known, outcome, shown] of [
      [email, "unchanged", email],
      [undefined, "unchanged", email],
      ["new@example.com", "changed", "new@example.com"],
      ["new@example.com", "unchanged", "new@example.com"],
    ] as const) {
      pool.addresses.set(me.actor.username, known);
      expect(await followSignIn(me, me.actor.username, pool)).toBe(outcome);
      expect(await getUser(me, {})).toMatchObject({ email: shown });
    }
    pool.addresses.set(me.actor.username, "newer@example.com");
    expect(await refreshEmail(me, pool)).toMatchObject({ email: "newer@example.com" });
  });

  test("deletes an account that has no sign-in", async () => {
    const me = await newMember();
    expect(await followSignIn(me, me.actor.username, pool)).toBe("deleted");
    await expect(getUser(me, {})).rejects.toThrow(AccountClosed);
    expect(await followSignIn(me, me.actor.username, pool)).toBe("unknown");
    expect(await followSignIn(me, randomUUID(), pool)).toBe("unknown");
    await expect(refreshEmail(await newMember(), pool)).rejects.toThrow(AccountClosed);
  });
});
