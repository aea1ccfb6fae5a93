/** What bounds the answer and its cost, however many meetings are canceled and however large the groups are. */
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

/** The bytes of an answer as Lambda takes it: JSON, escaped in JSON. */
function bytesOf(answer: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify({ result: { data: answer } })));
}

/** The most bytes that Lambda takes from a function. */
const mostBytes = 6 * 1024 * 1024;

describe("of canceled meetings", () => {
  const quotes = '"'.repeat(2_000);

  test("it shows the 50 that start last, among all scheduled ones, and counts the others", async () => {
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
    "%i are shown up to the 50th, wherever older versions left their entries",
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

  test("those that ended before the span neither count nor displace others", async () => {
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

  test("2,000 with the longest reasons cost four requests, few units and a short answer", async () => {
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

  test("more than one request can read are counted as far as it reads them", async () => {
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

  test("one that is canceled while the calendar is read shows once, whenever that is", async () => {
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

  test("one that is canceled meanwhile counts among the 50", async () => {
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
      // Before it was canceled it is shown, and after that it is left out.
      expect(meetings.length - shown.length + canceledLeftOut).toBe(1);
    });
  });
});

describe("of many seats in groups of one's own", () => {
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

  test("every seat is a meeting, whatever its people are called", async () => {
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

  test("those that start last lose their descriptions before the answer is too long", async () => {
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
