import { type Stack, startStack } from "@kumite/local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { availability, Client, inMinutes, type Json, join, type Member } from "./client.ts";
import { expectRefusal, post, seatOf } from "./helpers.ts";

let stack: Stack;
let anonymous: Client;
let owner: Member;
let member: Member;

beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  anonymous = new Client(stack.outputs);
  [owner, member] = await Promise.all([join(stack.outputs), join(stack.outputs)]);
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

  test("user.get and user.set: the full own profile, the public profile of others", async () => {
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

  test("an availability has every key, times in one form, and defaults", async () => {
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

  test("an edit changes the given fields, only of the caller's own availability", async () => {
    const made = await post(owner);
    const { startTime, endTime, types, cohorts, id } = made;
    const edit = { id, startTime, endTime, types, cohorts, description: "Edited" };
    expect((await owner.mutate("availability.set", edit)).data).toMatchObject({
      id,
      description: "Edited",
      startTime,
    });
    expectRefusal(await member.mutate("availability.set", edit), "NOT_FOUND", "NOT_FOUND");
    expectRefusal(await member.mutate("availability.delete", { id }), "NOT_FOUND", "NOT_FOUND");
  });

  test("a booking is a meeting in both calendars; after a cancelation, the availability is found again", async () => {
    const made = await post(owner);
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

  test("the owner's cancelation withdraws a one-to-one availability", async () => {
    const made = await post(owner);
    const { data: meeting } = await member.mutate("availability.book", seatOf(made));
    await owner.mutate("meeting.cancel", { id: meeting.id });
    expect((await member.query("availability.get", seatOf(made))).data).toMatchObject({ status: "CANCELED" });
    expectRefusal(await member.mutate("availability.book", seatOf(made)), "CONFLICT", "ALREADY_BOOKED");
  });
});

test("the web app's session cookies are accepted only from its own pages", async () => {
  const prefix = `CognitoIdentityServiceProvider.${stack.outputs.userPoolClientId}`;
  const cookie = `${prefix}.LastAuthUser=me; ${prefix}.me.accessToken=${member.accessToken}`;
  const by = (site: string) =>
    new Client(stack.outputs, { cookie, "sec-fetch-site": site }).query("user.get");
  expect((await by("same-origin")).data).toMatchObject({ username: member.username });
  expectRefusal(await by("cross-site"), "UNAUTHORIZED");
});

describe("lists", () => {
  test("page to the end in order, each item once; a cursor works only for its caller and query", async () => {
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

test("a group has as many seats as it says, each a separate meeting at the availability's times", async () => {
  const made = await post(owner, { maxParticipants: 2, types: ["kata", "lesson"] });
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

test("batches answer each call", async () => {
  const inputs = encodeURIComponent(JSON.stringify({ 1: {} }));
  const response = await fetch(`${stack.outputs.api}/community.get,user.get?batch=1&input=${inputs}`);
  expect(await response.json()).toMatchObject([
    { result: { data: { name: expect.any(String) } } },
    { error: { data: { code: "UNAUTHORIZED" } } },
  ]);
});
