/** Limits of the answer and its cost, for any number of canceled meetings and any group size. */
import { describe, expect, test } from "vitest";
import { insertAvailability } from "../availabilities/repository.ts";
import { cancelMeeting } from "../booking/index.ts";
import type { MemberActor } from "../context/actor.ts";
import { metered } from "../database/meter.ts";
import { byStart, day, hour, minute, shift } from "../instant.ts";
import { toMeeting } from "../meetings/rules.ts";
import {
  after,
  book,
  checkInvariants,
  interleave,
  newMembers,
  postAvailability,
  testDatabase,
} from "../testing/index.ts";
import { availabilityRecord, withSeats } from "../testing/records.ts";
import { meetingRecord, storeMeetings, storeUnmoved } from "../testing/stored-meetings.ts";
import { getCalendar } from "./index.ts";

/** The size of an answer in bytes as Lambda counts it: JSON, escaped in JSON. */
function bytesOf(answer: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify({ result: { data: answer } })));
}

/** The largest answer that Lambda accepts from a function, in bytes. */
const mostBytes = 6 * 1024 * 1024;

describe("canceled meetings in a calendar", () => {
  const quotes = '"'.repeat(2_000);

  test("show the 50 that start last, together with all scheduled ones, and count the others", async () => {
    const [me] = await newMembers(1);
    const at = (index: number) => ({ startTime: after(me, day + index * minute) });
    const canceled = Array.from({ length: 83 }, (_, index) =>
      meetingRecord({ ...at(2 * index), status: "CANCELED" }),
    );
    const scheduled = Array.from({ length: 83 }, (_, index) => meetingRecord(at(2 * index + 1)));
    await storeMeetings(me.actor.username, [...canceled, ...scheduled]);
    const span = { from: after(me, day), to: after(me, 2 * day) };
    const calendar = await getCalendar(me, span);
    expect(calendar.meetings).toEqual(
      [...scheduled, ...canceled.slice(-50)].toSorted(byStart).map(toMeeting),
    );
    expect(calendar.canceledLeftOut).toBe(33);
  });

  test.each([49, 50, 51])(
    "%i show up to 50, also if older versions left their entries in the old range",
    async (count) => {
      const [me] = await newMembers(1);
      const canceled = Array.from({ length: count }, (_, index) =>
        meetingRecord({ startTime: after(me, day + index * minute), status: "CANCELED" }),
      );
      await storeMeetings(
        me.actor.username,
        canceled.filter((_, index) => index % 2 === 0),
      );
      await storeUnmoved(
        me.actor.username,
        canceled.filter((_, index) => index % 2 === 1),
      );
      const { meetings, canceledLeftOut } = await getCalendar(me, {
        from: after(me, 0),
        to: after(me, 2 * day),
      });
      expect(meetings).toEqual(canceled.slice(-50).map(toMeeting));
      expect(canceledLeftOut).toBe(Math.max(0, count - 50));
    },
  );

  test("that ended before the span neither count nor displace others", async () => {
    const [me] = await newMembers(1);
    const from = after(me, 2 * day);
    const running = meetingRecord({
      startTime: shift(from, -20 * hour),
      endTime: shift(from, 1),
      status: "CANCELED",
    });
    const over = Array.from({ length: 120 }, (_, index) =>
      meetingRecord({ startTime: shift(from, -2 * hour + index * 1_000), endTime: from, status: "CANCELED" }),
    );
    await storeMeetings(me.actor.username, [running, ...over]);
    expect(await getCalendar(me, { from, to: shift(from, day) })).toEqual({
      availabilities: [],
      meetings: [toMeeting(running)],
      canceledLeftOut: 0,
    });
  });

  test("of 2,000 with the longest reasons cost four requests, few units and a short answer", async () => {
    const [me, other] = await newMembers(2);
    const availability = await postAvailability(me, { startTime: after(me, 3 * day) });
    const meeting = await book(other, availability);
    const canceled = Array.from({ length: 2_000 }, (_, index) =>
      meetingRecord({
        startTime: after(me, day + index * minute),
        ownerDisplayName: '"'.repeat(80),
        participantDisplayName: '"'.repeat(80),
        location: '"'.repeat(200),
        link: `https://example.com/${"a".repeat(480)}`,
        description: quotes,
        cancelReason: quotes,
        status: "CANCELED",
      }),
    );
    await storeMeetings(me.actor.username, canceled);
    const { database, consumed } = metered(me.database);
    const span = { from: after(me, 0), to: after(me, 7 * day) };
    const calendar = await getCalendar({ ...me, database }, span);
    expect(calendar.availabilities.map(({ id }) => id)).toEqual([availability.id]);
    expect(calendar.meetings).toEqual([...canceled.slice(-50).map(toMeeting), meeting]);
    expect(calendar.canceledLeftOut).toBe(1_950);
    expect(bytesOf(calendar)).toBeLessThan(1024 * 1024);
    expect(consumed().requests).toBe(4);
    expect(consumed().units).toBeLessThan(300);
  });

  test("beyond what one request can read are not counted", async () => {
    const [me] = await newMembers(1);
    const canceled = Array.from({ length: 4_000 }, (_, index) =>
      meetingRecord({ startTime: after(me, day + index * 1_000), status: "CANCELED" }),
    );
    await storeMeetings(me.actor.username, canceled);
    const { database, consumed } = metered(me.database);
    const span = { from: after(me, 0), to: after(me, 7 * day) };
    const { meetings, canceledLeftOut } = await getCalendar({ ...me, database }, span);
    expect(meetings).toEqual(canceled.slice(-50).map(toMeeting));
    expect(canceledLeftOut).toBeGreaterThan(2_500);
    expect(canceledLeftOut).toBeLessThan(3_950);
    expect(consumed().requests).toBe(4);
    expect(consumed().units).toBeLessThan(400);
  });

  test("show a meeting once that is canceled at any moment while the calendar is read", async () => {
    const places = await interleave(async (database, meanwhile) => {
      const [owner, member] = await newMembers(2);
      const meeting = await book(member, await postAvailability(owner));
      meanwhile(async () => {
        await cancelMeeting(member, meeting);
      });
      const span = { from: meeting.startTime, to: meeting.endTime };
      const { meetings, canceledLeftOut } = await getCalendar({ ...member, database }, span);
      expect(meetings.map(({ id }) => id)).toEqual([meeting.id]);
      expect(canceledLeftOut).toBe(0);
      await checkInvariants([owner, member]);
    });
    expect(places).toBe(4);
  });

  test("count a meeting that is canceled meanwhile among the 50", async () => {
    const startTime = "2027-03-21T09:00:00.000Z";
    await interleave(async (database, meanwhile) => {
      const [owner, member] = await newMembers(2);
      const meeting = await book(member, await postAvailability(owner, { startTime }));
      const canceled = Array.from({ length: 50 }, (_, index) =>
        meetingRecord({ startTime: shift(startTime, (1 + index) * minute), status: "CANCELED" }),
      );
      await storeMeetings(member.actor.username, canceled);
      meanwhile(async () => {
        await cancelMeeting(member, meeting);
      });
      const span = { from: startTime, to: shift(startTime, day) };
      const { meetings, canceledLeftOut } = await getCalendar({ ...member, database }, span);
      const shown = meetings.filter(({ status }) => status === "CANCELED");
      expect(shown).toEqual(canceled.map(toMeeting));
      // It is shown before it is canceled, and left out after that.
      expect(meetings.length - shown.length + canceledLeftOut).toBe(1);
    });
  });
});

describe("many seats in the member's own groups", () => {
  const name = "道".repeat(80);

  /** Stores full groups of 100, an hour each, by members with the longest names. */
  async function storeGroups(owner: { actor: MemberActor; now: Date }, count: number, description: string) {
    for (let index = 0; index < count; index++) {
      const given = { startTime: after(owner, day + index * hour), maxParticipants: 100, description };
      const members = Array.from({ length: 100 }, () => crypto.randomUUID());
      const record = { ...availabilityRecord(given), owner: owner.actor.username };
      const availability = withSeats(record, members, { displayName: name });
      await insertAvailability(testDatabase(), availability);
      await storeMeetings(
        owner.actor.username,
        members.map((participant) =>
          meetingRecord({
            id: crypto.randomUUID(),
            availabilityId: availability.id,
            owner: owner.actor.username,
            participant,
            participantDisplayName: name,
            startTime: availability.startTime,
            endTime: availability.endTime,
            description,
          }),
        ),
      );
    }
  }

  test("are a meeting each, also with the longest names", async () => {
    const [owner] = await newMembers(1);
    await storeGroups(owner, 15, "");
    const { database, consumed } = metered(owner.database);
    const span = { from: after(owner, 0), to: after(owner, 7 * day) };
    const calendar = await getCalendar({ ...owner, database }, span);
    expect(calendar.availabilities.map(({ participants }) => participants.length)).toEqual(
      Array(15).fill(100),
    );
    expect(new Set(calendar.meetings.map(({ id }) => id)).size).toBe(1_500);
    expect(bytesOf(calendar)).toBeLessThan(mostBytes / 2);
    expect(consumed().requests).toBeLessThan(20);
    expect(consumed().units).toBeLessThan(2_000);
  });

  test("lose the descriptions of the latest meetings before the answer is too long", async () => {
    const [owner] = await newMembers(1);
    await storeGroups(owner, 9, '"'.repeat(2_000));
    const calendar = await getCalendar(owner, { from: after(owner, 0), to: after(owner, 7 * day) });
    expect(calendar.meetings).toHaveLength(900);
    expect(calendar.meetings.map(({ description }) => description.length)).toEqual([
      ...Array(250).fill(2_000),
      ...Array(650).fill(0),
    ]);
    expect(calendar.availabilities.map(({ description }) => description.length)).toEqual(
      Array(9).fill(2_000),
    );
    expect(bytesOf(calendar)).toBeLessThan(mostBytes);
  });
});
