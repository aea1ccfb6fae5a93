import { type Stack, startStack } from "@kumite/local";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { availability, type Client, inMinutes, type Json, join, type Member } from "./client.ts";

let stack: Stack;
let owner: Member;
let member: Member;
let third: Member;

beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  [owner, member, third] = await Promise.all([join(stack.outputs), join(stack.outputs), join(stack.outputs)]);
});
afterAll(() => stack.stop());

const hour = 60;
const day = 24 * hour;

// Each test has its own days, so that it finds only its own availabilities.
let lastDay = 1;
function ownDay(): (minutes: number) => string {
  lastDay += 3;
  const start = lastDay * day;
  return (minutes) => inMinutes(start + minutes);
}

async function post(given: Record<string, unknown>, by: Client = owner): Promise<Json> {
  const { data, error } = await by.mutate("availability.set", availability(given));
  expect(error).toBeUndefined();
  return data;
}

const book = (by: Client, { owner, id }: Json, choice: Record<string, unknown> = {}) =>
  by.mutate("availability.book", { owner, id, ...choice });

const idsOf = (items: Json[]): string[] => items.map(({ id }) => id);

describe("search", () => {
  async function search(by: Client, input: Record<string, unknown>): Promise<string[]> {
    const { data, error } = await by.query("availability.search", input);
    expect(error).toBeUndefined();
    return idsOf(data.items);
  }

  test("finds what overlaps the span, without its end, also if it starts before the span", async () => {
    const at = ownDay();
    const { id } = await post({ startTime: at(10 * hour), endTime: at(12 * hour) });
    const found = (from: number, to: number) => search(member, { from: at(from), to: at(to) });
    expect(await found(11 * hour, 11.5 * hour)).toEqual([id]);
    expect(await found(9 * hour, 10 * hour)).toEqual([]);
    expect(await found(9 * hour, 10 * hour + 1)).toEqual([id]);
    expect(await found(12 * hour, 13 * hour)).toEqual([]);
    expect(await found(12 * hour - 1, 13 * hour)).toEqual([id]);
  });

  test("finds other members' availabilities for the caller's cohort and of the given types", async () => {
    const at = ownDay();
    const span = { startTime: at(0), endTime: at(hour) };
    const [sparring, kata, forOthers, own] = [
      await post({ ...span, types: ["sparring", "lesson"] }),
      await post({ ...span, types: ["kata"] }, third),
      await post({ ...span, cohorts: ["Black"] }),
      await post(span, member),
    ];
    const asked = { from: at(0), to: at(hour) };
    expect((await search(member, asked)).sort()).toEqual([sparring.id, kata.id].sort());
    expect(await search(member, { ...asked, types: ["lesson"] })).toEqual([sparring.id]);
    expect(await search(member, { ...asked, types: ["kata", "review"] })).toEqual([kata.id]);
    expect(await search(owner, asked)).toEqual(expect.arrayContaining([kata.id, own.id]));
    expect(await search(await join(stack.outputs, "Black"), asked)).toEqual([forOthers.id]);
  });

  test("shows a group until it is full or the caller is in it, and again after a cancelation", async () => {
    const at = ownDay();
    const asked = { from: at(0), to: at(day) };
    const made = await post({ startTime: at(0), endTime: at(2 * hour), maxParticipants: 2 });
    const { data: meeting } = await book(member, made);
    expect(await search(member, asked)).toEqual([]);
    expect(await search(third, asked)).toEqual([made.id]);
    await book(third, made);
    const fourth = await join(stack.outputs);
    expect(await search(fourth, asked)).toEqual([]);
    expect((await book(fourth, made)).error).toMatchObject({ code: "CONFLICT", reason: "ALREADY_BOOKED" });
    // In a group, the owner's cancelation of one seat frees that seat and keeps the rest.
    await owner.mutate("meeting.cancel", { id: meeting.id });
    expect(await search(fourth, asked)).toEqual([made.id]);
    const { data } = await owner.query("availability.get", { owner: made.owner, id: made.id });
    expect(data.status).toBe("SCHEDULED");
    expect(data.participants.map(({ username }: Json) => username)).toEqual([third.username]);
  });

  test("treats a start in the past as now, and finds a running availability while a start is still ahead", async () => {
    const startTime = new Date(Date.now() + 1_500).toISOString();
    const endTime = new Date(Date.parse(startTime) + 30 * 60_000).toISOString();
    const made = await post({ startTime, endTime, durationMinutes: 15 });
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(Date.parse(startTime)), { timeout: 3_000 });
    expect(await search(member, { from: "2001-01-01T00:00:00Z", to: inMinutes(0) })).toEqual([made.id]);
    expect((await book(member, made, { startTime })).error).toMatchObject({
      code: "BAD_REQUEST",
      reason: "IN_THE_PAST",
    });
    const later = new Date(Date.parse(startTime) + 10 * 60_000).toISOString();
    expect((await book(member, made, { startTime: later })).data).toMatchObject({ startTime: later });
  });

  test.each<[string, string, string]>([
    ["ends before it starts", inMinutes(2 * hour), inMinutes(hour)],
    ["is empty", inMinutes(hour), inMinutes(hour)],
    ["is longer than a year", inMinutes(hour), inMinutes(368 * day)],
  ])("refuses a span that %s", async (_, from, to) => {
    const { error } = await member.query("availability.search", { from, to });
    expect(error).toMatchObject({ code: "BAD_REQUEST", fieldErrors: { to: expect.any(Array) } });
  });
});

describe("an availability", () => {
  test("stores instants in one form, whatever their offset", async () => {
    const at = ownDay();
    const inNepal = (instant: string) =>
      `${new Date(Date.parse(instant) + 345 * 60_000).toISOString().slice(0, 19)}+05:45`;
    const made = await post({ startTime: inNepal(at(0)), endTime: inNepal(at(2 * hour)) });
    expect(made).toMatchObject({ startTime: at(0), endTime: at(2 * hour) });
    const { data } = await book(member, made, { startTime: inNepal(at(30)) });
    expect(data).toMatchObject({ startTime: at(30), endTime: at(90) });
  });

  test.each<[string, Record<string, unknown>, number]>([
    ["an hour, by default", { endTime: 2 * hour }, 60],
    ["as long as the availability, if that is shorter than an hour", { endTime: 45 }, 45],
    [
      "as long as the availability, in a group",
      { endTime: 3 * hour, maxParticipants: 5, durationMinutes: 30 },
      180,
    ],
    ["as long as `durationMinutes` says", { endTime: 8 * hour, durationMinutes: 480 }, 480],
  ])("has a meeting that lasts %s", async (_, { endTime, ...given }, durationMinutes) => {
    const at = ownDay();
    const made = await post({ startTime: at(0), endTime: at(Number(endTime)), ...given });
    expect(made.durationMinutes).toBe(durationMinutes);
  });

  test("may last a day and start a year ahead, but not more", async () => {
    const at = ownDay();
    expect(await post({ startTime: at(0), endTime: at(day) })).toMatchObject({ status: "SCHEDULED" });
    const tooLong = availability({ startTime: at(0), endTime: at(day + 1) });
    expect((await owner.mutate("availability.set", tooLong)).error.fieldErrors).toHaveProperty("endTime");
    expect(
      await post({ startTime: inMinutes(364 * day), endTime: inMinutes(364 * day + hour) }),
    ).toMatchObject({ status: "SCHEDULED" });
  });

  test("can be booked at any start that fits, and at no other", async () => {
    const at = ownDay();
    const made = await post({ startTime: at(0), endTime: at(2 * hour), durationMinutes: 45 });
    for (const startTime of [at(-1), at(76)]) {
      expect((await book(member, made, { startTime })).error).toMatchObject({ reason: "OUTSIDE_WINDOW" });
    }
    const { data } = await book(member, made, { startTime: at(75) });
    expect(data).toMatchObject({ startTime: at(75), endTime: at(2 * hour) });
  });

  test("with a booked seat keeps its times, types and seats; the rest can change, for the meeting too", async () => {
    const at = ownDay();
    const made = await post({ startTime: at(0), endTime: at(2 * hour), types: ["kata", "lesson"] });
    const { data: meeting } = await book(member, made, { startTime: at(30), type: "kata" });
    const { id, startTime, endTime, types, cohorts } = made;
    const edit = (change: Record<string, unknown>) =>
      owner.mutate("availability.set", { id, startTime, endTime, types, cohorts, ...change });
    for (const change of [
      { startTime: at(45) },
      { endTime: at(80) },
      { types: ["lesson"] },
      { maxParticipants: 4 },
    ]) {
      expect((await edit(change)).error).toMatchObject({ code: "CONFLICT", reason: "HAS_BOOKINGS" });
    }
    expect((await edit({ location: "Hall 2", description: "Bring water" })).error).toBeUndefined();
    expect((await member.query("meeting.get", { id: meeting.id })).data).toMatchObject({
      startTime: meeting.startTime,
      endTime: meeting.endTime,
      location: "Hall 2",
      description: "Bring water",
    });
  });

  test("cannot be booked once it is deleted", async () => {
    const at = ownDay();
    const made = await post({ startTime: at(0), endTime: at(hour) });
    await owner.mutate("availability.delete", { id: made.id });
    expect((await book(member, made)).error).toMatchObject({ code: "NOT_FOUND", reason: "NOT_FOUND" });
    expect((await owner.mutate("availability.delete", { id: made.id })).error).toMatchObject({
      reason: "NOT_FOUND",
    });
  });
});

describe("meetings", () => {
  test("of one person may touch, but not overlap", async () => {
    const at = ownDay();
    const [first, second, between] = [
      await post({ startTime: at(0), endTime: at(hour) }),
      await post({ startTime: at(hour), endTime: at(2 * hour) }),
      await post({ startTime: at(30), endTime: at(90) }, third),
    ];
    const own = await post({ startTime: at(30), endTime: at(90) }, member);
    expect((await book(member, first)).error).toBeUndefined();
    expect((await book(member, second)).error).toBeUndefined();
    expect((await book(member, between)).error).toMatchObject({
      code: "CONFLICT",
      reason: "OVERLAPS_MEETING",
    });
    // A meeting counts for its owner as for its participant.
    expect((await book(third, own)).error).toMatchObject({ code: "CONFLICT", reason: "OWNER_BUSY" });
  });

  test("are listed in start order, as owner and as participant, page by page", async () => {
    const [one, two] = await Promise.all([join(stack.outputs), join(stack.outputs)]);
    const at = ownDay();
    const starts = [3, 0, 4, 1, 2].map((hours) => hours * hour);
    for (const [index, start] of starts.entries()) {
      const [host, guest] = index % 2 ? [one, two] : [two, one];
      await book(guest, await post({ startTime: at(start), endTime: at(start + hour) }, host));
    }
    const pages: Json[][] = [];
    let cursor: string | undefined;
    do {
      const { data } = await one.query("meeting.list", { limit: 2, ...(cursor && { cursor }) });
      pages.push(data.items);
      cursor = data.cursor;
    } while (cursor);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat().map(({ startTime }) => startTime)).toEqual([0, 1, 2, 3, 4].map((n) => at(n * hour)));
    // There is a cursor exactly if there are more items.
    expect((await one.query("meeting.list", { limit: 5 })).data).not.toHaveProperty("cursor");
    expect((await one.query("meeting.list", { limit: 4 })).data).toHaveProperty("cursor");
    // The span excludes its end.
    const within = await two.query("meeting.list", { from: at(hour), to: at(3 * hour) });
    expect(within.data.items.map(({ startTime }: Json) => startTime)).toEqual([at(hour), at(2 * hour)]);

    const { data: first } = await one.query("meeting.list", { limit: 1 });
    for (const [client, input] of [
      [two, { cursor: first.cursor }],
      [one, { cursor: `${first.cursor}A` }],
      [one, { cursor: first.cursor, from: at(0) }],
    ] as const) {
      const { error } = await client.query("meeting.list", input);
      expect(error).toMatchObject({ code: "BAD_REQUEST", fieldErrors: { cursor: expect.any(Array) } });
    }
    const rest = await one.query("meeting.list", { cursor: first.cursor, limit: 100 });
    expect(rest.data.items).toHaveLength(4);
  });

  test("and availabilities of the caller in a span are the calendar", async () => {
    const [one, two] = await Promise.all([join(stack.outputs), join(stack.outputs)]);
    const at = ownDay();
    const open = await post({ startTime: at(0), endTime: at(hour) }, one);
    const booked = await post({ startTime: at(2 * hour), endTime: at(3 * hour) }, one);
    await post({ startTime: at(5 * hour), endTime: at(6 * hour) }, one);
    const { data: meeting } = await book(two, booked);
    const { data: canceled } = await two.mutate("meeting.cancel", { id: meeting.id, reason: "  " });
    expect(canceled).toMatchObject({ status: "CANCELED", canceledBy: two.username });
    expect(canceled.cancelReason ?? "").toBe("");
    const { data: again } = await book(two, booked);

    const span = { from: at(30), to: at(5 * hour) };
    const { data: ones } = await one.query("calendar.get", span);
    expect(idsOf(ones.availabilities)).toEqual([open.id, booked.id]);
    expect(idsOf(ones.meetings).sort()).toEqual([meeting.id, again.id].sort());
    const { data: twos } = await two.query("calendar.get", span);
    expect(twos.availabilities).toEqual([]);
    expect(idsOf(twos.meetings).sort()).toEqual([meeting.id, again.id].sort());
    expect((await third.query("calendar.get", span)).data.meetings).toEqual([]);
  });

  test("canceled by both people at the same time are canceled by one of them", async () => {
    const at = ownDay();
    const { data: meeting } = await book(member, await post({ startTime: at(0), endTime: at(hour) }));
    const answers = await Promise.all(
      [owner, member].map((by) => by.mutate("meeting.cancel", { id: meeting.id, reason: by.username })),
    );
    const [winner] = answers.flatMap(({ data }) => data ?? []);
    expect(winner.cancelReason).toBe(winner.canceledBy);
    const [refused] = answers.flatMap(({ error }) => error ?? []);
    expect(refused).toMatchObject({ code: "CONFLICT", reason: "ALREADY_CANCELED" });
    expect((await member.query("meeting.get", { id: meeting.id })).data).toEqual(winner);
  });

  test("booked several times by the same person are one meeting", async () => {
    const at = ownDay();
    const made = await post({ startTime: at(0), endTime: at(hour) });
    const answers = await Promise.all(Array.from({ length: 5 }, () => book(member, made)));
    const [{ data: meeting } = { data: undefined }] = answers;
    for (const { data } of answers) expect(data).toEqual(meeting);
    const { data } = await member.query("meeting.list", { from: at(0), to: at(hour) });
    expect(data.items).toEqual([meeting]);
  });
});
