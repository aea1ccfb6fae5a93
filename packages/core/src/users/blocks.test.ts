import { expect, test } from "vitest";
import { areApart, blockKey, blockKeysOf, mayMeet, ownersApart } from "./blocks.ts";
import type { UserRecord } from "./repository.ts";

function member(username: string, given: Partial<UserRecord> = {}): UserRecord {
  return { username, blocked: [], blockedBy: 0, ...given } as UserRecord;
}

const [me, other] = [member("me"), member("other")];

test("two members are apart if either has blocked the other", () => {
  expect(areApart(me, other)).toBe(false);
  expect(areApart(member("me", { blocked: ["third"] }), other)).toBe(false);
  expect(areApart(member("me", { blocked: ["third", "other"] }), other)).toBe(true);
  expect(areApart(me, member("other", { blocked: ["me"] }))).toBe(true);
});

test("two members may meet if they are not apart and the host has not left", () => {
  expect(mayMeet(me, other)).toBe(true);
  expect(mayMeet(member("me", { blocked: ["other"] }), other)).toBe(false);
  expect(mayMeet(me, member("other", { deletedAt: "2027-03-20T09:00:00.000Z" }))).toBe(false);
});

test("a search reads one item for each owner, but only if someone has blocked the member", () => {
  const owners = ["a", "b", "a"];
  expect(blockKeysOf(member("me", { blockedBy: 1 }), owners)).toEqual([
    { username: "me", entry: "blocked-by#a" },
    { username: "me", entry: "blocked-by#b" },
  ]);
  // The count should never be negative; if it is, nothing is read.
  for (const blockedBy of [0, -1]) expect(blockKeysOf(member("me", { blockedBy }), owners)).toEqual([]);
});

test("a search leaves out owners whom the member has blocked or who have blocked the member", () => {
  const items = [{ entry: "day#2027-03-20" }, blockKey("me", "b"), blockKey("me", "c#d"), {}];
  expect(ownersApart(member("me", { blocked: ["a"] }), items)).toEqual(new Set(["a", "b", "c#d"]));
  expect(ownersApart(me, [])).toEqual(new Set());
});
