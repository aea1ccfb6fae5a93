import { randomUUID } from "node:crypto";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { getAvailability, searchAvailabilities, setAvailability } from "../availabilities/index.ts";
import { findAvailability } from "../availabilities/repository.ts";
import { bookAvailability, cancelMeeting } from "../booking/index.ts";
import { getCalendar } from "../calendar/index.ts";
import { memberActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import { AccountClosed, InvalidInput } from "../errors.ts";
import { getMeeting } from "../meetings/index.ts";
import { findMeeting } from "../meetings/repository.ts";
import {
  after,
  availabilityInput,
  book,
  checkInvariants,
  clockOfItsOwn,
  later,
  newMember,
  newMembers,
  outcomeOf,
  postAvailability,
  testDatabase,
} from "../testing/index.ts";
import { blockUser, createUser, getUser, listBlocked, setUser } from "../users/index.ts";
import { findUser } from "../users/repository.ts";
import { deleteUser, exportUser, finishDeletion, followSignIn, refreshEmail, type SignIns } from "./index.ts";

const hour = 3_600_000;
const day = 24 * hour;

/** A user pool, which keeps addresses by username. */
let pool: Map<string, string | undefined>;
let removed: string[];
const signIns: SignIns = {
  remove: async (username) => {
    removed.push(username);
    pool.delete(username);
  },
  find: async (username) => (pool.has(username) ? { verifiedEmail: pool.get(username) } : undefined),
};
beforeEach(() => {
  pool = new Map();
  removed = [];
});

const displayName = "A member";
const leave = (member: MemberContext) => deleteUser(member, { displayName }, signIns);
async function finish(member: MemberContext, most = 20): Promise<number> {
  for (let runs = 1; runs <= most; runs++)
    if (await finishDeletion(member, member.actor.username, signIns)) return runs;
  return expect.unreachable("It never ended");
}
async function calendarOf({ actor }: MemberContext) {
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

describe("deleting one's account", () => {
  test("wants one's own name", async () => {
    const me = await newMember({ displayName: "Zoë" });
    for (const wrong of ["", "zoë", "Zoe", "A member", "x".repeat(1_000)]) {
      const refused = deleteUser(me, { displayName: wrong }, signIns);
      await expect(refused).rejects.toThrow(InvalidInput);
      await expect(refused).rejects.toMatchObject({ fieldErrors: { displayName: [expect.any(String)] } });
    }
    expect(removed).toEqual([]);
    expect(await getUser(me, {})).toMatchObject({ displayName: "Zoë" });
    expect(await deleteUser(me, { displayName: " Zoë " }, signIns)).toEqual({
      deletedAt: me.now.toISOString(),
    });
  });

  test("erases the profile, removes the sign-in, and closes every verb that reads it", async () => {
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
    await leave(me);
    expect(removed).toEqual([me.actor.username]);
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
      delete: () => leave(me),
      refreshEmail: () => refreshEmail(me, signIns),
      post: () => setAvailability(me, availabilityInput({}, me.now)),
      edit: () => setAvailability(me, { ...availabilityInput({}, me.now), id: availability.id }),
      look: () => getAvailability(me, theirs),
      search: () => searchAvailabilities(me, { from: after(me, 0), to: after(me, day), limit: 1 }),
      book: () => bookAvailability(me, theirs),
    };
    for (const [name, call] of Object.entries(calls))
      await expect(call(), name).rejects.toThrow(AccountClosed);
    // For others the member and their availabilities are not there, at once.
    expect(await outcomeOf(getUser(other, { username: me.actor.username }))).toBe("NOT_FOUND");
    expect(await outcomeOf(getAvailability(other, availability))).toBe("NOT_FOUND");
    expect(await outcomeOf(book(other, availability))).toBe("NOT_FOUND");
    expect(await outcomeOf(blockUser(other, { username: me.actor.username }))).toBe("NOT_FOUND");
  });

  test("stands though the user pool does not answer: the follow-up asks it again", async () => {
    const me = await newMember();
    const down: SignIns = { ...signIns, remove: () => Promise.reject(new Error("Out of reach")) };
    await deleteUser(me, { displayName }, down);
    await expect(finishDeletion(me, me.actor.username, down)).rejects.toThrow("Out of reach");
    await finish(me);
    expect(removed).toEqual([me.actor.username]);
  });

  test("cannot be undone by a sign-up that Cognito repeats, and one may come back after a day", async () => {
    const me = await newMember();
    await leave(me);
    const signUp = { username: me.actor.username, email: "me@example.com", name: "Me" };
    expect(await createUser(later(me, day - 1), signUp)).toBe(false);
    await expect(getUser(me, {})).rejects.toThrow(AccountClosed);
    expect(await createUser(later(me, day + 1), signUp)).toBe(true);
    expect(await getUser(me, {})).toMatchObject({ displayName: "Me" });
    expect(await findUser(testDatabase(), me.actor.username)).not.toHaveProperty("expiresAt");
  });
});

describe("what follows", () => {
  test("others keep their meetings, without the member's name and words", async () => {
    const now = clockOfItsOwn();
    const [me, other, third] = await newMembers(3, { now });
    const words = { location: "At my home", description: "My words", link: "https://example.com/mine" };
    const at = (hours: number) => ({ startTime: after(me, hours * hour) });
    // Over by then: one of mine, one of theirs, one that I have canceled.
    const mine = await book(other, await postAvailability(me, { ...at(1), ...words }));
    const theirAvailability = await postAvailability(other, { ...at(2), description: "Their words" });
    const theirs = await book(me, theirAvailability);
    const canceled = await cancelMeeting(me, {
      ...(await book(me, await postAvailability(other, at(3)))),
      reason: "My reason",
    });
    const then = (member: MemberContext) => later(member, 5 * hour);
    // Ahead: a group of mine, one of mine that is free, one of theirs.
    const group = await postAvailability(me, { ...at(30), ...words, maxParticipants: 5 });
    const seats = [await book(other, group), await book(third, group)];
    const free = await postAvailability(me, at(40));
    const ahead = await postAvailability(other, at(50));
    const seat = await book(me, ahead);
    const rest = await book(third, await postAvailability(other, at(60)));

    await leave(then(me));
    expect(await finish(then(me))).toBe(1);
    expect(await calendarOf(me)).toEqual([]);
    const reason = "This member has left.";
    for (const meeting of seats) {
      const holder = meeting.participant === other.actor.username ? other : third;
      expect(await getMeeting(holder, meeting)).toMatchObject({
        ownerDisplayName: "Former member",
        status: "CANCELED",
        canceledBy: me.actor.username,
        cancelReason: reason,
        location: "",
        description: "",
      });
      expect(await getMeeting(holder, meeting)).not.toHaveProperty("link");
    }
    expect(await getMeeting(other, seat)).toMatchObject({
      participantDisplayName: "Former member",
      status: "CANCELED",
      cancelReason: reason,
    });
    expect(await getMeeting(other, mine)).toMatchObject({
      ownerDisplayName: "Former member",
      participantDisplayName: displayName,
      status: "SCHEDULED",
      location: "",
      description: "",
    });
    expect(await getMeeting(other, theirs)).toMatchObject({
      ownerDisplayName: displayName,
      participantDisplayName: "Former member",
      status: "SCHEDULED",
      description: "Their words",
    });
    const theirCanceled = await getMeeting(other, canceled);
    expect(theirCanceled).toMatchObject({ participantDisplayName: "Former member", status: "CANCELED" });
    expect(theirCanceled).not.toHaveProperty("cancelReason");
    // The availabilities are gone, and what is theirs may be booked again.
    for (const availability of [group, free])
      expect(await findAvailability(testDatabase(), availability)).toBeUndefined();
    expect(await getAvailability(other, theirAvailability)).toMatchObject({
      participants: [{ username: me.actor.username, displayName: "Former member", cohort: null }],
    });
    expect(await getAvailability(third, ahead)).toMatchObject({ status: "SCHEDULED", participants: [] });
    expect(await getMeeting(third, rest)).toEqual(rest);
    const span = { from: after(me, 0), to: after(me, 70 * hour) };
    const found = await searchAvailabilities(then(third), { ...span, limit: 100 });
    expect(found.items.map(({ id }) => id)).toEqual([ahead.id]);
    expect((await getCalendar(other, span)).meetings.length).toBeGreaterThan(0);
    await checkInvariants([other, third]);
    // Again it finds nothing to do.
    expect(await finishDeletion(then(me), me.actor.username, signIns)).toBe(true);
  });

  test("blocks end on both sides", async () => {
    const [me, mine, theirs] = await newMembers(3);
    await blockUser(me, { username: mine.actor.username });
    await blockUser(theirs, { username: me.actor.username });
    await leave(me);
    expect(await finish(me)).toBe(1);
    expect(await findUser(testDatabase(), me.actor.username)).toMatchObject({ blocked: [], blockedBy: 0 });
    expect(await findUser(testDatabase(), mine.actor.username)).toMatchObject({ blockedBy: 0 });
    expect(await listBlocked(theirs)).toEqual({ blocked: [] });
    expect([await calendarOf(me), await calendarOf(mine)]).toEqual([[], []]);
  });

  test("a long calendar takes several runs, each of which touches the tombstone while something is left", async () => {
    const now = clockOfItsOwn();
    const me = await newMember({ now });
    const availabilities = Array.from({ length: 205 }, (_, at) => at);
    for (let at = 0; at < availabilities.length; at += 20) {
      await Promise.all(
        availabilities
          .slice(at, at + 20)
          .map((each) => postAvailability(me, { startTime: after(me, (each + 1) * hour) })),
      );
    }
    await leave(me);
    expect(await finishDeletion(me, me.actor.username, signIns)).toBe(false);
    expect(await findUser(testDatabase(), me.actor.username)).toMatchObject({ erasures: 1 });
    expect((await calendarOf(me)).length).toBeGreaterThan(0);
    expect(await finish(me)).toBe(1);
    expect(await calendarOf(me)).toEqual([]);
  });

  test("several runs at once do the same", async () => {
    const now = clockOfItsOwn();
    const [me, other] = await newMembers(2, { now });
    const availability = await postAvailability(me, { startTime: after(me, hour), maxParticipants: 3 });
    const meeting = await book(other, availability);
    const back = await book(me, await postAvailability(other, { startTime: after(me, 3 * hour) }));
    await leave(me);
    await Promise.allSettled(Array.from({ length: 4 }, () => finishDeletion(me, me.actor.username, signIns)));
    await finish(me);
    expect(await getMeeting(other, meeting)).toMatchObject({
      status: "CANCELED",
      ownerDisplayName: "Former member",
    });
    expect(await getMeeting(other, back)).toMatchObject({
      status: "CANCELED",
      participantDisplayName: "Former member",
    });
    expect(await calendarOf(me)).toEqual([]);
    await checkInvariants([other]);
  });

  test("a meeting whose two people have left is deleted", async () => {
    const [me, other] = await newMembers(2);
    const meeting = await book(other, await postAvailability(me));
    await leave(me);
    await finish(me);
    expect(await findMeeting(testDatabase(), meeting.id)).toMatchObject({
      ownerDisplayName: "Former member",
    });
    await leave(other);
    await finish(other);
    expect(await findMeeting(testDatabase(), meeting.id)).toBeUndefined();
  });

  test("nothing follows where no account was deleted", async () => {
    const me = await newMember();
    await postAvailability(me);
    for (const username of [me.actor.username, randomUUID()])
      expect(await finishDeletion(me, username, signIns)).toBe(true);
    expect(removed).toEqual([]);
    expect(await calendarOf(me)).toHaveLength(1);
  });
});

describe("what the user pool says", () => {
  test("a verified address is taken over, another is not", async () => {
    const me = await newMember();
    const email = `${me.actor.username}@example.com`;
    for (const [known, outcome, shown] of [
      [email, "unchanged", email],
      [undefined, "unchanged", email],
      ["new@example.com", "changed", "new@example.com"],
      ["new@example.com", "unchanged", "new@example.com"],
    ] as const) {
      pool.set(me.actor.username, known);
      expect(await followSignIn(me, me.actor.username, signIns)).toBe(outcome);
      expect(await getUser(me, {})).toMatchObject({ email: shown });
    }
    pool.set(me.actor.username, "newer@example.com");
    expect(await refreshEmail(me, signIns)).toMatchObject({ email: "newer@example.com" });
  });

  test("without a sign-in, the account is deleted", async () => {
    const me = await newMember();
    expect(await followSignIn(me, me.actor.username, signIns)).toBe("deleted");
    await expect(getUser(me, {})).rejects.toThrow(AccountClosed);
    expect(await followSignIn(me, me.actor.username, signIns)).toBe("unknown");
    expect(await followSignIn(me, randomUUID(), signIns)).toBe("unknown");
    await expect(refreshEmail(await newMember(), signIns)).rejects.toThrow(AccountClosed);
  });
});

describe("exporting", () => {
  test("answers everything of a member, and not who has blocked them", async () => {
    const [me, other] = await newMembers(2);
    const availability = await postAvailability(me, { maxParticipants: 2, link: "https://example.com/room" });
    const meeting = await book(other, availability);
    const canceled = await cancelMeeting(
      me,
      await book(me, await postAvailability(other, { startTime: after(me, 50 * hour) })),
    );
    await blockUser(me, { username: other.actor.username });
    await blockUser(other, { username: me.actor.username });
    const exported = await exportUser(me, {});
    expect(exported).toEqual({
      exportedAt: me.now.toISOString(),
      profile: await getUser(me, {}),
      blocked: [await getUser(me, { username: other.actor.username })],
      availabilities: [expect.objectContaining({ id: availability.id, link: "https://example.com/room" })],
      meetings: [await getMeeting(me, meeting), await getMeeting(me, canceled)],
    });
    expect(JSON.stringify(exported)).not.toContain("blocked-by");
    const nobody = { ...me, actor: memberActor(randomUUID()) };
    expect(await outcomeOf(exportUser(nobody, {}))).toBe("NOT_FOUND");
  });

  test("comes in pages, of which each holds so much and no more", async () => {
    const now = clockOfItsOwn();
    const [me, other] = await newMembers(2, { now });
    const ids: string[] = [];
    for (let at = 0; at < 100; at += 20) {
      const posted = await Promise.all(
        Array.from({ length: 20 }, (_, each) =>
          postAvailability(me, { startTime: after(me, (at + each + 1) * hour) }),
        ),
      );
      ids.push(...posted.map(({ id }) => id));
    }
    const meeting = await book(other, await postAvailability(me, { startTime: after(me, 200 * hour) }));
    const [availabilities, meetings, sizes]: [string[], string[], number[]] = [[], [], []];
    let cursor: string | undefined;
    do {
      const page = await exportUser(me, cursor === undefined ? {} : { cursor });
      availabilities.push(...page.availabilities.map(({ id }) => id));
      meetings.push(...page.meetings.map(({ id }) => id));
      sizes.push(page.availabilities.length + page.meetings.length);
      cursor = page.cursor;
      if (cursor) await expect(exportUser(other, { cursor })).rejects.toThrow(InvalidInput);
    } while (cursor !== undefined);
    expect(sizes).toEqual([80, 22]);
    expect(availabilities.toSorted()).toEqual([...ids, meeting.availabilityId].toSorted());
    expect(meetings).toEqual([meeting.id]);
  });
});
