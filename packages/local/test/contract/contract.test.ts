import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stack, startStack } from "../../src/index.ts";
import { type Answer, availability, Client, inMinutes, type Json, join, type Member } from "./client.ts";

let stack: Stack;
let anonymous: Client;
let owner: Member;
let member: Member;
let other: Member;

beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  anonymous = new Client(stack.outputs);
  [owner, member, other] = await Promise.all([
    join(stack.outputs),
    join(stack.outputs),
    join(stack.outputs, "Black"),
  ]);
});
afterAll(() => stack.stop());

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const availabilityKeys =
  "cohorts createdAt description durationMinutes endTime id location maxParticipants owner ownerCohort ownerDisplayName participants startTime status types updatedAt".split(
    " ",
  );
const meetingKeys =
  "availabilityId description endTime id location owner ownerDisplayName participant participantDisplayName startTime status type".split(
    " ",
  );

// Each availability of a test begins on an hour of its own, so that nobody is busy by accident.
let lastHour = 24;
function freshAvailability(given: Record<string, unknown> = {}): Record<string, unknown> {
  lastHour += 2;
  return availability({
    startTime: inMinutes(lastHour * 60),
    endTime: inMinutes(lastHour * 60 + 60),
    ...given,
  });
}

async function post(given: Record<string, unknown> = {}, by: Client = owner): Promise<Json> {
  const { status, data, error } = await by.mutate("availability.set", freshAvailability(given));
  expect(error).toBeUndefined();
  expect(status).toBe(200);
  return data;
}

const seatOf = ({ owner, id }: Json, choice: Record<string, unknown> = {}) => ({ owner, id, ...choice });

function expectRefusal({ error, data }: Answer, code: string, reason?: string): void {
  expect(data).toBeUndefined();
  expect(error).toMatchObject(reason ? { code, reason } : { code });
}

const span = () => ({ from: new Date().toISOString(), to: inMinutes(300 * 24 * 60), limit: 100 });

describe("shapes", () => {
  test("community.get, for anyone", async () => {
    const { data } = await anonymous.query("community.get");
    expect(data).toEqual({
      name: expect.any(String),
      cohorts: expect.arrayContaining(["Green"]),
      types: expect.arrayContaining([
        { id: "sparring", label: expect.any(String), durationMinutes: expect.any(Number) },
      ]),
      cohortLabels: expect.objectContaining({ Green: expect.any(String) }),
      typeLabels: expect.objectContaining({ sparring: expect.any(String) }),
      revision: 0,
    });
  });

  test("user.get and user.set: all of oneself, the public part of others", async () => {
    const notifications = { email: false };
    const profile = {
      displayName: "Öwner",
      cohort: "Green",
      timezone: "Asia/Kathmandu",
      bio: "A\nb",
      discordUsername: "d",
      notifications,
    };
    expect((await owner.mutate("user.set", profile)).data).toMatchObject(profile);
    const own = (await owner.query("user.get")).data;
    expect(own).toMatchObject({ ...profile, username: owner.username, email: expect.stringContaining("@") });
    const seen = (await member.query("user.get", { username: owner.username })).data;
    expect(seen).toMatchObject({ displayName: "Öwner", timezone: "Asia/Kathmandu" });
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(["email"]));
    expect(seen).not.toHaveProperty("notifications");
  });

  test("an availability has every key, its times in one form, and defaults for what was left out", async () => {
    const startTime = inMinutes(20 * 24 * 60).replace(".000Z", "+00:00");
    const endTime = inMinutes(20 * 24 * 60 + 120);
    const { data } = await owner.mutate("availability.set", availability({ startTime, endTime }));
    expect(Object.keys(data)).toEqual(expect.arrayContaining(availabilityKeys));
    for (const key of ["startTime", "endTime", "createdAt", "updatedAt"]) expect(data[key]).toMatch(instant);
    expect(data).toMatchObject({
      owner: owner.username,
      durationMinutes: 60,
      maxParticipants: 1,
      participants: [],
      location: expect.stringMatching(/./),
      description: "",
      status: "SCHEDULED",
    });
    expect((await member.query("availability.get", { owner: owner.username, id: data.id })).data).toEqual(
      data,
    );
    expect((await owner.mutate("availability.delete", { id: data.id })).data).toMatchObject({ id: data.id });
    expectRefusal(
      await owner.query("availability.get", { owner: owner.username, id: data.id }),
      "NOT_FOUND",
      "NOT_FOUND",
    );
  });

  test("an edit changes what it says, of one's own availability only", async () => {
    const made = await post();
    const { startTime, endTime, types, cohorts, id } = made;
    const edit = { id, startTime, endTime, types, cohorts, description: "Anew" };
    expect((await owner.mutate("availability.set", edit)).data).toMatchObject({
      id,
      description: "Anew",
      startTime,
    });
    expectRefusal(await member.mutate("availability.set", edit), "NOT_FOUND", "NOT_FOUND");
    expectRefusal(await member.mutate("availability.delete", { id }), "NOT_FOUND", "NOT_FOUND");
  });

  test("booked, an availability is a meeting in both calendars; canceled, it can be found again", async () => {
    const made = await post();
    const { data: meeting } = await member.mutate("availability.book", seatOf(made));
    expect(Object.keys(meeting)).toEqual(expect.arrayContaining(meetingKeys));
    expect(meeting).toMatchObject({
      availabilityId: made.id,
      owner: owner.username,
      participant: member.username,
      startTime: made.startTime,
      endTime: made.endTime,
      type: "sparring",
      status: "SCHEDULED",
    });
    for (const person of [owner, member]) {
      expect((await person.query("meeting.get", { id: meeting.id })).data).toEqual(meeting);
      expect((await person.query("meeting.list", { limit: 100 })).data.items).toContainEqual(meeting);
      const calendar = (await person.query("calendar.get", { from: made.startTime, to: made.endTime })).data;
      expect(calendar.meetings).toEqual([meeting]);
      expect(calendar.availabilities).toHaveLength(person === owner ? 1 : 0);
    }
    const found = async () =>
      (await member.query("availability.search", span())).data.items.map(({ id }: Json) => id);
    expect(await found()).not.toContain(made.id);
    const canceled = await member.mutate("meeting.cancel", { id: meeting.id, reason: "Ill" });
    expect(canceled.data).toMatchObject({
      status: "CANCELED",
      canceledBy: member.username,
      cancelReason: "Ill",
    });
    expect(await found()).toContain(made.id);
    const again = await member.mutate("availability.book", seatOf(made));
    expect(again.data.id).not.toBe(meeting.id);
  });

  test("canceled by its owner, a one-to-one availability is withdrawn", async () => {
    const made = await post();
    const { data: meeting } = await member.mutate("availability.book", seatOf(made));
    await owner.mutate("meeting.cancel", { id: meeting.id });
    expect((await member.query("availability.get", seatOf(made))).data).toMatchObject({ status: "CANCELED" });
    expectRefusal(await member.mutate("availability.book", seatOf(made)), "CONFLICT", "ALREADY_BOOKED");
  });
});

describe("refusals", () => {
  test("each with its code and reason", async () => {
    const made = await post({ types: ["sparring", "kata"], durationMinutes: 30 });
    const book = (by: Client, choice: Record<string, unknown>, of = made) =>
      by.mutate("availability.book", seatOf(of, choice));
    const sparring = { startTime: made.startTime, type: "sparring" };

    expectRefusal(await book(owner, sparring), "BAD_REQUEST", "OWN_AVAILABILITY");
    expectRefusal(await book(other, sparring), "FORBIDDEN", "COHORT_NOT_ALLOWED");
    expectRefusal(await book(member, { ...sparring, type: "lesson" }), "BAD_REQUEST", "TYPE_NOT_OFFERED");
    expectRefusal(
      await book(member, { ...sparring, startTime: made.endTime }),
      "BAD_REQUEST",
      "OUTSIDE_WINDOW",
    );
    const undecided = await book(member, {});
    expect(undecided.error.fieldErrors).toEqual({ startTime: expect.any(Array), type: expect.any(Array) });
    expectRefusal(
      await member.mutate("availability.book", { owner: owner.username, id: "none" }),
      "NOT_FOUND",
      "NOT_FOUND",
    );

    const third = await join(stack.outputs);
    const meanwhile = { startTime: made.startTime, endTime: made.endTime };
    const overlapping = await post(meanwhile, third);
    const ownersSecond = await post(meanwhile, owner);
    const { data: meeting } = await book(member, sparring);
    expect(await book(member, sparring)).toMatchObject({ data: meeting });
    expectRefusal(await book(third, sparring), "CONFLICT", "ALREADY_BOOKED");
    expectRefusal(await other.query("meeting.get", { id: meeting.id }), "FORBIDDEN", "NOT_YOURS");
    expectRefusal(await other.mutate("meeting.cancel", { id: meeting.id }), "FORBIDDEN", "NOT_YOURS");
    expectRefusal(await owner.mutate("availability.delete", { id: made.id }), "CONFLICT", "HAS_BOOKINGS");

    expectRefusal(await book(member, {}, overlapping), "CONFLICT", "OVERLAPS_MEETING");
    expectRefusal(await book(third, {}, ownersSecond), "CONFLICT", "OWNER_BUSY");

    const canceled = await member.mutate("meeting.cancel", { id: meeting.id });
    expect(await member.mutate("meeting.cancel", { id: meeting.id })).toEqual(canceled);
    expectRefusal(await owner.mutate("meeting.cancel", { id: meeting.id }), "CONFLICT", "ALREADY_CANCELED");
  });

  test("an availability in the past is refused with its reason", async () => {
    const past = { startTime: "2020-01-01T10:00:00Z", endTime: "2020-01-01T11:00:00Z" };
    expectRefusal(await owner.mutate("availability.set", availability(past)), "BAD_REQUEST", "IN_THE_PAST");
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["no time zone", { startTime: "2027-01-01T10:00:00" }, "startTime"],
    ["longer than a day", { endTime: inMinutes(60 * 24 * 3) }, "endTime"],
    ["ends before it begins", { endTime: inMinutes(60) }, "endTime"],
    [
      "over a year ahead",
      { startTime: inMinutes(60 * 24 * 400), endTime: inMinutes(60 * 24 * 400 + 60) },
      "startTime",
    ],
    ["too short a meeting", { durationMinutes: 14 }, "durationMinutes"],
    ["a meeting longer than the open time", { durationMinutes: 61 }, "durationMinutes"],
    ["no seat", { maxParticipants: 0 }, "maxParticipants"],
    ["too many seats", { maxParticipants: 101 }, "maxParticipants"],
    ["no type", { types: [] }, "types"],
    ["a type twice", { types: ["sparring", "sparring"] }, "types"],
    ["an unknown cohort", { cohorts: ["Ultraviolet"] }, "cohorts"],
    ["too long a place", { location: "x".repeat(201) }, "location"],
    ["too long a description", { description: "x".repeat(2_001) }, "description"],
    ["an unknown key", { seats: 3 }, "seats"],
  ])("input that does not parse names its field: %s", async (_, given, field) => {
    const answer = await owner.mutate("availability.set", availability(given));
    expectRefusal(answer, "BAD_REQUEST");
    expect(answer.error.fieldErrors[field]).toEqual([expect.any(String)]);
  });
});

test("the session cookies of the web app count, from its own pages", async () => {
  const prefix = `CognitoIdentityServiceProvider.${stack.outputs.userPoolClientId}`;
  const cookie = `${prefix}.LastAuthUser=me; ${prefix}.me.accessToken=${member.accessToken}`;
  const by = (site: string) =>
    new Client(stack.outputs, { cookie, "sec-fetch-site": site }).query("user.get");
  expect((await by("same-origin")).data).toMatchObject({ username: member.username });
  expectRefusal(await by("cross-site"), "UNAUTHORIZED");
});
describe("lists", () => {
  test("page to the end, in order, each item once; a cursor is the caller's and the query's own", async () => {
    const host = await join(stack.outputs);
    const made = await Promise.all(
      [3, 1, 2, 1, 3].map((hours) =>
        host.mutate(
          "availability.set",
          availability({
            startTime: inMinutes(9_000 + hours * 60),
            endTime: inMinutes(9_060 + hours * 60),
            cohorts: ["Blue"],
          }),
        ),
      ),
    );
    const expected = made
      .map(({ data }) => data)
      .sort((a, b) => (a.startTime + a.id < b.startTime + b.id ? -1 : 1))
      .map(({ id }) => id);
    const seeker = await join(stack.outputs, "Blue");

    for (const [client, procedure, filter] of [
      [host, "availability.list", {}],
      [seeker, "availability.search", { from: inMinutes(0), to: inMinutes(20_000) }],
    ] as const) {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const { data } = await client.query(procedure, { ...filter, limit: 2, ...(cursor && { cursor }) });
        ids.push(...data.items.map(({ id }: Json) => id));
        cursor = data.cursor;
      } while (cursor);
      expect(ids).toEqual(expected);
    }

    const { data } = await seeker.query("availability.search", {
      from: inMinutes(0),
      to: inMinutes(20_000),
      limit: 2,
    });
    const from = (client: Client, cursor: string, to = inMinutes(20_000)) =>
      client.query("availability.search", { from: inMinutes(0), to, cursor });
    const another = await join(stack.outputs, "Blue");
    for (const answer of [
      await from(another, data.cursor),
      await from(seeker, data.cursor, inMinutes(10_000)),
      await from(seeker, `x${data.cursor.slice(1)}`),
      await from(seeker, "x"),
      await seeker.query("meeting.list", { cursor: data.cursor }),
    ]) {
      expectRefusal(answer, "BAD_REQUEST");
    }
  });

  test.each([0, 101, 1.5, "2"])("a limit of %j is refused", async (limit) => {
    const answer = await member.query("meeting.list", { limit });
    expectRefusal(answer, "BAD_REQUEST");
    expect(answer.error.fieldErrors.limit).toBeDefined();
  });
});

test("twenty members book one seat at once: one has it", async () => {
  const made = await post();
  const crowd = await Promise.all(Array.from({ length: 20 }, () => join(stack.outputs)));
  const answers = await Promise.all(crowd.map((one) => one.mutate("availability.book", seatOf(made))));
  expect(answers.filter(({ data }) => data)).toHaveLength(1);
  for (const answer of answers.filter(({ error }) => error))
    expectRefusal(answer, "CONFLICT", "ALREADY_BOOKED");
});

test("a group seats as many as it says, each in a meeting of its own at the availability's times", async () => {
  const made = await post({ maxParticipants: 2, types: ["kata", "lesson"] });
  const crowd = await Promise.all(Array.from({ length: 3 }, () => join(stack.outputs)));
  const answers = await Promise.all(crowd.map((one) => one.mutate("availability.book", seatOf(made))));
  const meetings = answers.flatMap(({ data }) => data ?? []);
  expect(meetings).toHaveLength(2);
  for (const { availabilityId, startTime, endTime } of meetings) {
    expect({ availabilityId, startTime, endTime }).toEqual({
      availabilityId: made.id,
      startTime: made.startTime,
      endTime: made.endTime,
    });
  }
  expect((await owner.query("availability.get", seatOf(made))).data).toMatchObject({
    status: "BOOKED",
    participants: expect.arrayContaining(
      meetings.map(({ participant }) => ({
        username: participant,
        displayName: expect.any(String),
        cohort: "Green",
      })),
    ),
  });
});

test("calls travel in batches", async () => {
  const inputs = encodeURIComponent(JSON.stringify({ 1: {} }));
  const response = await fetch(`${stack.outputs.api}/community.get,user.get?batch=1&input=${inputs}`);
  expect(await response.json()).toMatchObject([
    { result: { data: { name: expect.any(String) } } },
    { error: { data: { code: "UNAUTHORIZED" } } },
  ]);
});
