import fc from "fast-check";
import { expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import { sealCursor } from "../context/cursor.ts";
import { metered } from "../database/meter.ts";
import { InvalidInput } from "../errors.ts";
import { byStart, day, hour, minute, shift } from "../instant.ts";
import { after, allPages, book, interleave, newMembers, postAvailability } from "../testing/index.ts";
import { meetingRecord, storeMeetings, storeUnmoved } from "../testing/stored-meetings.ts";
import { listMeetings } from "./index.ts";
import { toMeeting } from "./rules.ts";

/** Two people with six meetings on days 1 to 6, alternately as owner and participant; that of day 3 is canceled. */
async function history() {
  const [one, two] = await newMembers(2);
  const meetings = [];
  for (const at of [4, 2, 6, 1, 3, 5]) {
    const [owner, member] = at % 2 ? [one, two] : [two, one];
    const meeting = await book(member, await postAvailability(owner, { startTime: after(one, at * day) }));
    meetings.push(at === 3 ? await cancelMeeting(one, meeting) : meeting);
  }
  return { one, two, meetings: meetings.toSorted(byStart) };
}

test("lists only the member's meetings, as owner and as participant, also canceled ones, in order of start", async () => {
  const { one, two, meetings } = await history();
  for (const person of [one, two]) {
    expect(await listMeetings(person, { limit: 25 })).toEqual({ items: meetings });
  }
  const [anonymous] = await newMembers(1);
  expect(await listMeetings(anonymous, { limit: 25 })).toEqual({ items: [] });
});

test("lists meetings that overlap a span, to the millisecond; a span without one side is open there", async () => {
  const { one, meetings } = await history();
  const days = async (span: { from?: string; to?: string }) =>
    (await listMeetings(one, { ...span, limit: 25 })).items.map(
      (item) => 1 + meetings.findIndex(({ id }) => id === item.id),
    );
  const at = (milliseconds: number) => after(one, milliseconds);
  expect(await days({ from: at(3 * day) })).toEqual([3, 4, 5, 6]);
  expect(await days({ from: at(3 * day + hour - 1) })).toEqual([3, 4, 5, 6]);
  expect(await days({ from: at(3 * day + hour) })).toEqual([4, 5, 6]);
  expect(await days({ to: at(3 * day) })).toEqual([1, 2]);
  expect(await days({ to: at(3 * day + 1) })).toEqual([1, 2, 3]);
  expect(await days({ from: at(2 * day + minute), to: at(4 * day + minute) })).toEqual([2, 3, 4]);
  expect(await days({ from: at(2 * day + 2 * hour), to: at(3 * day) })).toEqual([]);
  expect(await days({ from: "0000-01-01T00:00:00.000Z", to: "9999-12-31T23:59:59.999Z" })).toHaveLength(6);
});

test("returns every meeting once for any page size, and a cursor exactly if there is more", async () => {
  const { one, meetings } = await history();
  const span = { from: after(one, day + minute), to: after(one, 6 * day) };
  for (const limit of [1, 2, 3, 4, 5, 6, 100]) {
    const all = await allPages((cursor) => listMeetings(one, { limit, ...cursor }));
    expect(all.flat()).toEqual(meetings);
    expect(all).toHaveLength(Math.ceil(6 / limit));
    const some = await allPages((cursor) => listMeetings(one, { ...span, limit, ...cursor }));
    expect(some.flat()).toEqual(meetings.slice(0, 5));
    expect(some).toHaveLength(Math.ceil(5 / limit));
  }
});

test("orders the seats of a group, which start at the same time, by id, across pages too", async () => {
  const [owner, ...members] = await newMembers(8);
  const availability = await postAvailability(owner, { maxParticipants: 7 });
  const meetings = [];
  for (const member of members) meetings.push(await book(member, availability));
  for (const limit of [1, 3, 7]) {
    const pages = await allPages((cursor) => listMeetings(owner, { limit, ...cursor }));
    expect(pages.flat()).toEqual(meetings.toSorted(byStart));
  }
});

test("fills a page even if many entries ended before the span", async () => {
  const [owner, member] = await newMembers(2);
  const long = { startTime: after(owner, day), endTime: after(owner, 2 * day) };
  // Many short meetings start after the long one that is still running.
  const running = await book(member, await postAvailability(owner, { ...long, maxParticipants: 2 }));
  await cancelMeeting(owner, running);
  const startTime = shift(long.startTime, minute);
  for (let at = 0; at < 8; at++) {
    const short = await postAvailability(owner, { startTime, endTime: shift(startTime, 15 * minute) });
    await cancelMeeting(member, await book(member, short));
  }
  const last = await book(member, await postAvailability(owner, { startTime: shift(long.endTime, -hour) }));
  const span = { from: shift(long.endTime, -hour) };
  expect((await listMeetings(member, { ...span, limit: 2 })).items.map(({ id }) => id)).toEqual([
    running.id,
    last.id,
  ]);
  const pages = await allPages((cursor) => listMeetings(member, { ...span, limit: 1, ...cursor }));
  expect(pages.map((page) => page.map(({ id }) => id))).toEqual([[running.id], [last.id]]);
});

test("a cursor is valid only for its member and its span", async () => {
  const { one, two } = await history();
  const from = after(one, day);
  const { cursor } = await listMeetings(one, { from, limit: 2 });
  expect((await listMeetings(one, { from, limit: 100, cursor })).items).toHaveLength(4);
  await expect(listMeetings(two, { from, limit: 2, cursor })).rejects.toThrow(InvalidInput);
  await expect(listMeetings(one, { limit: 2, cursor })).rejects.toThrow(InvalidInput);
  await expect(listMeetings(one, { from, to: after(one, 9 * day), limit: 2, cursor })).rejects.toThrow(
    InvalidInput,
  );
});

test("returns scheduled and canceled meetings, migrated or not, in one order for any span and page size", async () => {
  const minutes = fc.integer({ min: 0, max: 40 });
  const meeting = fc.record({
    start: minutes,
    length: fc.integer({ min: 1, max: 20 }),
    kind: fc.constantFrom("scheduled", "canceled", "unmoved"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(meeting, { maxLength: 40 }),
      fc.option(minutes, { nil: undefined }),
      fc.option(minutes, { nil: undefined }),
      fc.integer({ min: 1, max: 12 }),
      async (given, first, last, limit) => {
        const [me] = await newMembers(1);
        const at = (count: number) => after(me, count * minute);
        const all = given.map(({ start, length, kind }) => {
          const [startTime, endTime] = [at(start), at(start + length)];
          const status = kind === "scheduled" ? "SCHEDULED" : "CANCELED";
          return { kind, record: meetingRecord({ startTime, endTime, status }) };
        });
        const of = (isUnmoved: boolean) =>
          all.filter(({ kind }) => (kind === "unmoved") === isUnmoved).map(({ record }) => record);
        await storeMeetings(me.actor.username, of(false));
        await storeUnmoved(me.actor.username, of(true));
        const [from, to] = [first, last].map((count) => (count === undefined ? undefined : at(count)));
        if (from && to && from >= to) return;
        const expected = all
          .map(({ record }) => record)
          .filter(({ startTime, endTime }) => (!from || endTime > from) && (!to || startTime < to))
          .toSorted(byStart)
          .map(toMeeting);
        const pages = await allPages((cursor) => listMeetings(me, { from, to, limit, ...cursor }));
        expect(pages.flat()).toEqual(expected);
        expect(pages.map(({ length }) => length)).toEqual(
          expected.length === 0
            ? [0]
            : Array.from({ length: Math.ceil(expected.length / limit) }, (_, page) =>
                Math.min(limit, expected.length - page * limit),
              ),
        );
      },
    ),
    { numRuns: 60 },
  );
});

test("returns a meeting once that is canceled while a page is read", async () => {
  const places = await interleave(async (database, meanwhile) => {
    const [owner, member] = await newMembers(2);
    const meeting = await book(member, await postAvailability(owner));
    meanwhile(async () => {
      await cancelMeeting(member, meeting);
    });
    const { items, cursor } = await listMeetings({ ...member, database }, { limit: 1 });
    expect(items.map(({ id }) => id)).toEqual([meeting.id]);
    expect(cursor).toBeUndefined();
  });
  expect(places).toBe(3);
});

test("returns a meeting once that is canceled between two pages", async () => {
  const { one, meetings } = await history();
  const ids = meetings.map(({ id }) => id);
  for (const next of [3, 4]) {
    const first = await listMeetings(one, { limit: 4 });
    await cancelMeeting(one, { id: ids[next] ?? "" });
    const second = await listMeetings(one, { limit: 4, cursor: first.cursor });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
  }
});

test("hundreds of meetings that ended before the span cost few requests, even with the smallest page", async () => {
  const [me] = await newMembers(1);
  const from = after(me, day);
  const over = Array.from({ length: 600 }, (_, index) =>
    meetingRecord({ startTime: shift(from, -hour + index * 1_000), endTime: from, status: "CANCELED" }),
  );
  const coming = meetingRecord({ startTime: from });
  await storeMeetings(me.actor.username, [...over, coming]);
  const { database, consumed } = metered(me.database);
  expect(await listMeetings({ ...me, database }, { from, limit: 1 })).toEqual({ items: [toMeeting(coming)] });
  expect(consumed().requests).toBeLessThan(8);
});

test("a cursor of an older version continues at its position", async () => {
  const { one, meetings } = await history();
  const [third] = meetings.slice(2);
  const position = `meeting#${third?.startTime}#${third?.id}`;
  const cursor = sealCursor(one, ["meeting.list", undefined, undefined], position);
  expect((await listMeetings(one, { limit: 25, cursor })).items).toEqual(meetings.slice(3));
});
