import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bookAvailability, cancelMeeting } from "../booking/index.ts";

import { ConflictError, transact } from "../database/transact.ts";
import { day, hour, shift } from "../instant.ts";

import {
  availabilityInput,
  book,
  checkInvariants,
  newMember,
  now,
  postAvailability,
  testDatabase,
  wiredDatabase,
} from "../testing/index.ts";
import {
  type BusyDay,
  busyTimes,
  daysOf,
  firstDays,
  freeTime,
  isBusy,
  readDays,
  type SeenDay,
  takeTime,
} from "./busy.ts";

/** An hour around the midnight (UTC) after next, moved by this many milliseconds. */
function aroundMidnight(milliseconds: number): { startTime: string; endTime: string } {
  const midnight = `${shift(now.toISOString(), 2 * day).slice(0, 10)}T00:00:00.000Z`;
  const startTime = shift(midnight, milliseconds - hour / 2);
  return { startTime, endTime: shift(startTime, hour) };
}

test("refuses meetings that overlap across midnight, also if booked at once, and accepts back-to-back meetings", async () => {
  const [host, other, member] = await Promise.all([newMember(), newMember(), newMember()]);
  const [before, after, next] = await Promise.all([
    postAvailability(host, aroundMidnight(0)),
    postAvailability(other, aroundMidnight(hour / 2)),
    postAvailability(other, aroundMidnight(hour)),
  ]);
  const outcomes = await Promise.allSettled(
    [before, after].map((availability) => bookAvailability(member, availability)),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { reason: "OVERLAPS_MEETING" },
  });
  const [won] = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : []));
  await cancelMeeting(member, { id: won?.id ?? "" });
  await bookAvailability(member, before);
  await bookAvailability(member, next);
  await expect(bookAvailability(member, after)).rejects.toMatchObject({ reason: "OVERLAPS_MEETING" });
  await checkInvariants([host, other, member]);
});

describe("the days of a meeting", () => {
  const [first, second] = ["2027-03-21", "2027-03-22"];
  const overMidnight = { startTime: `${first}T23:30:00.000Z`, endTime: `${second}T00:30:00.000Z` };
  const datesOf = (days: readonly SeenDay[]) => days.map(({ date }) => date);

  test.each([
    [`${first}T23:59:59.999Z`, [first]],
    [`${second}T00:00:00.000Z`, [first]],
    [`${second}T00:00:00.001Z`, [first, second]],
    [`${second}T23:30:00.000Z`, [first, second]],
  ])("that ends at %s are %j (UTC)", async (endTime, dates) => {
    const span = { startTime: overMidnight.startTime, endTime };
    expect(datesOf(await readDays(testDatabase(), ["nobody"], span))).toEqual(dates);
  });

  test("are read once: known days are not read again, and no other day is read", async () => {
    const seen = (username: string, date: string): SeenDay => ({ username, date, record: undefined });
    const asSeen = [seen("ann", first), seen("ann", "2027-03-20"), seen("zoe", first)];
    const operations: string[] = [];
    const database = wiredDatabase((operation, send, input) => {
      operations.push(operation, ...(input.match(/nobody|ann|zoe|ben|day#[-\d]+/g) ?? []));
      return send();
    });
    const days = await readDays(database, ["ann", "ben"], overMidnight, asSeen);
    expect(days.map(({ username, date }) => `${username} ${date}`).sort()).toEqual([
      `ann ${first}`,
      `ann ${second}`,
      `ben ${first}`,
      `ben ${second}`,
    ]);
    expect(days[0]).toBe(asSeen[0]);
    expect(operations.filter((word) => word === "BatchGetItem")).toHaveLength(1);
    expect(operations.filter((word) => word === `day#${first}`)).toHaveLength(1);
    expect(operations.filter((word) => word === `day#${second}`)).toHaveLength(2);
  });

  test("are separate records, kept until two days after the day's end", async () => {
    const [host, member] = await Promise.all([newMember(), newMember()]);
    const span = aroundMidnight(0);
    await bookAvailability(member, await postAvailability(host, span));
    const days = await readDays(testDatabase(), [host.actor.username, member.actor.username], span);
    expect(days).toHaveLength(4);
    for (const { username, date, record } of days) {
      const endsAt = Date.parse(`${date}T00:00:00.000Z`) + day;
      expect(record).toMatchObject({
        username,
        entry: `day#${date}`,
        expiresAt: (endsAt + 2 * day) / 1_000,
      });
    }
  });
});

describe("the time of a meeting", () => {
  const [first, second] = ["2027-03-21", "2027-03-22"];
  const meetingOf = (availabilityId: string, bookings: "one" | "several" = "one") => ({
    id: `meeting in ${availabilityId}`,
    availabilityId,
    bookings,
    startTime: `${first}T23:30:00.000Z`,
    endTime: `${second}T00:30:00.000Z`,
  });
  type Meeting = ReturnType<typeof meetingOf>;
  const { startTime, endTime } = meetingOf("");

  const read = (username: string) => readDays(testDatabase(), [username], { startTime, endTime });
  const take = (days: readonly SeenDay[], meeting: Meeting) =>
    transact(testDatabase(), { ...days.map((seen) => takeTime(testDatabase(), seen, meeting)) });
  const free = (username: string, ...meetings: Meeting[]) =>
    transact(testDatabase(), freeTime(testDatabase(), username, meetings));
  const stored = async (username: string) =>
    (await read(username)).map(({ date, record }) => ({
      date,
      version: record?.version,
      busy: record?.busy,
    }));

  test("is taken only if the days are unchanged since they were read", async () => {
    const username = randomUUID();
    const none = await read(username);
    await take(none, meetingOf("a"));
    await expect(take(none, meetingOf("b"))).rejects.toThrow(ConflictError);
    const one = await read(username);
    await take(one, meetingOf("c", "several"));
    await expect(take(one, meetingOf("d"))).rejects.toThrow(ConflictError);
    const busy = {
      a: { startTime, endTime },
      "meeting in c": { startTime, endTime, availabilityId: "c" },
    };
    const version = (one[0]?.record?.version ?? 0) + 1;
    expect(await stored(username)).toEqual([
      { date: first, version, busy },
      { date: second, version, busy },
    ]);
  });

  test("is freed on each day, by availability or by meeting, and only once", async () => {
    const username = randomUUID();
    await take(await read(username), meetingOf("a"));
    for (const other of ["b", "c"]) await take(await read(username), meetingOf(other, "several"));
    // The seats of a group share one time.
    await free(username, meetingOf("a"), { ...meetingOf("a"), id: "another" }, meetingOf("b", "several"));
    const left = { "meeting in c": { startTime, endTime, availabilityId: "c" } };
    expect((await stored(username)).map(({ busy }) => busy)).toEqual([left, left]);
    for (const gone of [meetingOf("a"), meetingOf("b", "several")])
      await expect(free(username, gone, meetingOf("c", "several"))).rejects.toThrow(ConflictError);
    expect((await stored(username)).map(({ busy }) => busy)).toEqual([left, left]);
  });

  test("has a separate label for each person and day in a transaction", () => {
    const items = (username: string) => freeTime(testDatabase(), username, [meetingOf("a")]);
    expect(Object.keys({ ...items("ann"), ...items("ben") })).toEqual([
      `ann on ${first}`,
      `ann on ${second}`,
      `ben on ${first}`,
      `ben on ${second}`,
    ]);
  });
});

describe("days picked from a batch read", () => {
  const record = (username: string, date: string) => ({ username, entry: `day#${date}`, version: 1 });
  const [first, second] = ["2027-03-21", "2027-03-22"];
  const items = [record("ben", first), record("ann", second), record("ann", first), record("zoe", first)];
  const key = (username: string, date: string) => ({ username, entry: `day#${date}` });

  test("are the first days of some people", () => {
    const days = firstDays(["ann", "ben", "cat"], `${first}T23:30:00.000Z`);
    expect(days.keys).toEqual([key("ann", first), key("ben", first), key("cat", first)]);
    expect(days.seen(items)).toEqual([
      { username: "ann", date: first, record: items[2] },
      { username: "ben", date: first, record: items[0] },
      { username: "cat", date: first, record: undefined },
    ]);
  });

  test("are all days of one person", () => {
    const days = daysOf("ann", {
      startTime: `${first}T23:30:00.000Z`,
      endTime: `${second}T00:30:00.000Z`,
    });
    expect(days.keys).toEqual([key("ann", first), key("ann", second)]);
    expect(days.seen(items)).toEqual([
      { username: "ann", date: first, record: items[2] },
      { username: "ann", date: second, record: items[1] },
    ]);
  });
});

test("busyTimes returns times in order, cut to the span, and a time over midnight once", () => {
  const [first, second] = ["2027-03-21", "2027-03-22"];
  const overMidnight = { startTime: `${first}T23:30:00.000Z`, endTime: `${second}T00:30:00.000Z` };
  const morning = { startTime: `${second}T06:00:00.000Z`, endTime: `${second}T07:00:00.000Z` };
  const early = { startTime: `${first}T05:00:00.000Z`, endTime: `${first}T06:00:00.000Z` };
  const seen = (date: string, busy: BusyDay["busy"]): SeenDay => {
    const record = { username: "ann", entry: `day#${date}`, version: 1, busy, expiresAt: 0 };
    return { username: "ann", date, record };
  };
  const days = [seen(second, { morning, overMidnight }), seen(first, { overMidnight, early })];
  const span = { startTime: `${first}T05:30:00.000Z`, endTime: `${second}T06:30:00.000Z` };
  expect(busyTimes(days, "ann", span, "another")).toEqual([
    { ...early, startTime: span.startTime },
    overMidnight,
    { ...morning, endTime: span.endTime },
  ]);
  expect(busyTimes(days, "ann", span, "overMidnight")).toHaveLength(2);
  expect(busyTimes(days, "ben", span, "another")).toEqual([]);
  expect(busyTimes([{ username: "ben", date: first, record: undefined }], "ben", span, "another")).toEqual(
    [],
  );
  expect(isBusy(days, "ann", span, "another")).toBe(true);
  expect(isBusy(days, "ben", span, "another")).toBe(false);
});

test("isBusy ignores the meetings of the given availability, also if it takes several bookings", () => {
  const date = "2027-03-21";
  const times = { startTime: `${date}T06:00:00.000Z`, endTime: `${date}T07:00:00.000Z` };
  const busy = { meeting: { ...times, availabilityId: "window" } };
  const record = { username: "ann", entry: `day#${date}`, version: 1, busy, expiresAt: 0 };
  const days: SeenDay[] = [{ username: "ann", date, record }];
  expect(isBusy(days, "ann", times, "window")).toBe(false);
  expect(isBusy(days, "ann", times, "meeting")).toBe(true);
});

test("a booking reads its days by key, because a Query may miss what a concurrent transaction has committed", async () => {
  const operations: string[] = [];
  const database = wiredDatabase((operation, send) => {
    operations.push(operation);
    return send();
  });
  const asked = async (given: object, choice: { startTime?: string } = {}) => {
    const [host, member] = await Promise.all([newMember(), newMember()]);
    const availability = await postAvailability(host, given);
    await book({ ...member, database }, availability, choice);
    return operations.splice(0);
  };
  const [read, write] = ["BatchGetItem", "TransactWriteItems"];
  const { startTime } = availabilityInput();
  expect(await asked({ startTime }, { startTime })).toEqual([read, write]);
  // Only the availability says when the meeting is, or the meeting continues into a second day.
  expect(await asked({ startTime })).toEqual([read, read, write]);
  const overMidnight = aroundMidnight(0);
  expect(await asked(overMidnight, { startTime: overMidnight.startTime })).toEqual([read, read, write]);
});
