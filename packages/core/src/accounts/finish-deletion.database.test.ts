import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { getAvailability, searchAvailabilities } from "../availabilities/index.ts";
import { findAvailability } from "../availabilities/repository.ts";
import { cancelMeeting } from "../booking/index.ts";
import { getCalendar } from "../calendar/index.ts";
import type { MemberContext } from "../context/context.ts";
import { hour } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import { findMeeting } from "../meetings/repository.ts";
import {
  after,
  book,
  checkInvariants,
  clockOfItsOwn,
  later,
  newMember,
  newMembers,
  postAvailability,
  testDatabase,
} from "../testing/index.ts";
import { calendarOf, finishLeaving, leave, newUserPool, type UserPool } from "../testing/leaving.ts";
import { blockUser, listBlocked } from "../users/index.ts";
import { findUser } from "../users/repository.ts";
import { finishDeletion } from "./index.ts";

let pool: UserPool;
beforeEach(() => {
  pool = newUserPool();
});

describe("the follow-up of an account deletion", () => {
  test("keeps the meetings of others, without the member's name and texts", async () => {
    const now = clockOfItsOwn();
    const [me, other, third] = await newMembers(3, { now });
    const words = { location: "At my home", description: "My words", link: "https://example.com/mine" };
    const at = (hours: number) => ({ startTime: after(me, hours * hour) });
    // Over by then: one of mine, one of theirs, and one that I canceled.
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

    await leave(then(me), pool);
    expect(await finishLeaving(then(me), pool)).toBe(1);
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
      participantDisplayName: "A member",
      status: "SCHEDULED",
      location: "",
      description: "",
    });
    expect(await getMeeting(other, theirs)).toMatchObject({
      ownerDisplayName: "A member",
      participantDisplayName: "Former member",
      status: "SCHEDULED",
      description: "Their words",
    });
    const theirCanceled = await getMeeting(other, canceled);
    expect(theirCanceled).toMatchObject({ participantDisplayName: "Former member", status: "CANCELED" });
    expect(theirCanceled).not.toHaveProperty("cancelReason");
    // The availabilities are gone, and the other member's availability can be booked again.
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
    // A further run finds nothing to do.
    expect(await finishDeletion(then(me), me.actor.username, pool)).toBe(true);
  });

  test("removes blocks on both sides", async () => {
    const [me, mine, theirs] = await newMembers(3);
    await blockUser(me, { username: mine.actor.username });
    await blockUser(theirs, { username: me.actor.username });
    await leave(me, pool);
    expect(await finishLeaving(me, pool)).toBe(1);
    expect(await findUser(testDatabase(), me.actor.username)).toMatchObject({ blocked: [], blockedBy: 0 });
    expect(await findUser(testDatabase(), mine.actor.username)).toMatchObject({ blockedBy: 0 });
    expect(await listBlocked(theirs)).toEqual({ blocked: [] });
    expect([await calendarOf(me), await calendarOf(mine)]).toEqual([[], []]);
  });

  test("takes several runs for a long calendar, and touches the tombstone while something is left", async () => {
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
    await leave(me, pool);
    expect(await finishDeletion(me, me.actor.username, pool)).toBe(false);
    expect(await findUser(testDatabase(), me.actor.username)).toMatchObject({ erasures: 1 });
    expect((await calendarOf(me)).length).toBeGreaterThan(0);
    expect(await finishLeaving(me, pool)).toBe(1);
    expect(await calendarOf(me)).toEqual([]);
  });

  test("may run several times at once", async () => {
    const now = clockOfItsOwn();
    const [me, other] = await newMembers(2, { now });
    const availability = await postAvailability(me, { startTime: after(me, hour), maxParticipants: 3 });
    const meeting = await book(other, availability);
    const back = await book(me, await postAvailability(other, { startTime: after(me, 3 * hour) }));
    await leave(me, pool);
    await Promise.allSettled(Array.from({ length: 4 }, () => finishDeletion(me, me.actor.username, pool)));
    await finishLeaving(me, pool);
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

  test("deletes a meeting once both people have left", async () => {
    const [me, other] = await newMembers(2);
    const meeting = await book(other, await postAvailability(me));
    await leave(me, pool);
    await finishLeaving(me, pool);
    expect(await findMeeting(testDatabase(), meeting.id)).toMatchObject({
      ownerDisplayName: "Former member",
    });
    await leave(other, pool);
    await finishLeaving(other, pool);
    expect(await findMeeting(testDatabase(), meeting.id)).toBeUndefined();
  });

  test("does nothing for an account that is not deleted", async () => {
    const me = await newMember();
    await postAvailability(me);
    for (const username of [me.actor.username, randomUUID()])
      expect(await finishDeletion(me, username, pool)).toBe(true);
    expect(pool.removed).toEqual([]);
    expect(await calendarOf(me)).toHaveLength(1);
  });
});
