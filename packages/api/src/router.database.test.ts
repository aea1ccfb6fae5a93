import { memberActor } from "@kumite/core/context";
import { Budget } from "@kumite/core/database/budget";
import {
  after,
  answer,
  book,
  clockOfItsOwn,
  dropped,
  errorAnswer,
  later,
  newMember,
  newMembers,
  postAvailability,
  wiredDatabase,
} from "@kumite/core/testing";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { describe, expect, test } from "vitest";
import type { RouterInputs } from "./index.ts";
import { Limiter, wideLimits } from "./limits/index.ts";
import { type ApiContext, appRouter, type CallRecord } from "./server.ts";

type Member = Awaited<ReturnType<typeof newMember>>;

const hour = 3_600_000;
const day = 24 * hour;

function contextOf({ actor, now, database, cursorKey }: Member, records: CallRecord[] = []): ApiContext {
  return {
    now,
    database,
    cursorKey,
    budget: new Budget(),
    signIns: { remove: async () => {}, find: async () => undefined },
    limits: wideLimits,
    limiter: new Limiter(),
    address: "192.0.2.1",
    requestId: "a-request",
    authenticate: () => Promise.resolve(actor),
    record: (call) => records.push(call),
  };
}

/** The API as a member calls it. */
function as(member: Member, records: CallRecord[] = []) {
  return appRouter.createCaller(contextOf(member, records));
}

interface Failure {
  message: string;
  data: Record<string, unknown>;
}

/** A call over HTTP, for what only its answer shows: the shape of errors, and what JSON makes of values. */
async function over(
  member: Member,
  path: string,
  input?: unknown,
  records: CallRecord[] = [],
): Promise<{ status: number; data?: unknown; error?: Failure; text: string }> {
  const query = /\.(get|list|search)$/.test(path);
  const search = query && input !== undefined ? `?input=${encodeURIComponent(JSON.stringify(input))}` : "";
  const response = await fetchRequestHandler({
    endpoint: "/api/trpc",
    router: appRouter,
    createContext: () => contextOf(member, records),
    req: new Request(`http://localhost/api/trpc/${path}${search}`, {
      method: query ? "GET" : "POST",
      headers: { "content-type": "application/json" },
      body: query ? null : JSON.stringify(input),
    }),
  });
  const text = await response.text();
  const { result, error } = JSON.parse(text) as { result?: { data: unknown }; error?: Failure };
  return { status: response.status, text, ...(result && { data: result.data }), ...(error && { error }) };
}

/** An availability's input, a day from the member's clock. */
function availabilityOf(member: Member, given: Partial<RouterInputs["availability"]["set"]> = {}) {
  const startTime = after(member, day);
  return {
    startTime,
    endTime: after(member, day + hour),
    types: ["kata" as const],
    cohorts: ["White" as const],
    ...given,
  };
}

const key = ({ owner, id }: { owner: string; id: string }) => ({ owner, id });

describe("each procedure, called by a member", () => {
  test("user.get and user.set", async () => {
    const [me, other] = await newMembers(2);
    const api = as(me);
    const own = await api.user.set({ timezone: "America/St_Johns", bio: "Hello" });
    expect(own).toMatchObject({ username: me.actor.username, timezone: "America/St_Johns" });
    expect(await api.user.get()).toEqual(own);
    expect(await api.user.get({})).toEqual(own);
    expect(await api.user.get({ username: me.actor.username })).toEqual(own);
    const seen = await as(other).user.get({ username: me.actor.username });
    expect(Object.keys(seen).toSorted()).toEqual([
      "bio",
      "cohort",
      "discordUsername",
      "displayName",
      "memberSince",
      "timezone",
      "username",
    ]);
  });

  test("availability.set, get, list and delete", async () => {
    const [owner, other] = await newMembers(2);
    const api = as(owner);
    const availability = await api.availability.set(availabilityOf(owner));
    expect(Object.keys(availability).toSorted()).toEqual([
      "bookings",
      "cohorts",
      "createdAt",
      "description",
      "durationMinutes",
      "endTime",
      "id",
      "location",
      "maxParticipants",
      "owner",
      "ownerCohort",
      "ownerDisplayName",
      "participants",
      "startTime",
      "status",
      "taken",
      "types",
      "updatedAt",
    ]);
    const edited = await api.availability.set({
      ...availabilityOf(owner),
      id: availability.id,
      description: "New",
    });
    expect(edited).toEqual({ ...availability, description: "New" });
    expect(await as(other).availability.get(key(availability))).toEqual(edited);
    expect(await api.availability.list()).toEqual({ items: [edited] });
    expect(await api.availability.list({ limit: 1 })).toEqual({ items: [edited] });
    expect(await api.availability.delete({ id: availability.id })).toEqual(edited);
    expect(await api.availability.list()).toEqual({ items: [] });
  });

  test("availability.set, posting twice by one key", async () => {
    const api = as(await newMember());
    const input = {
      ...availabilityOf(await newMember()),
      idempotencyKey: "5f0c7f4e-4b8e-4d3c-9a57-0f8f8f3f7f10",
    };
    const availability = await api.availability.set(input);
    expect(availability).not.toHaveProperty("idempotencyKey");
    expect(await api.availability.set(input)).toEqual(availability);
    expect(await api.availability.list()).toEqual({ items: [availability] });
  });

  test("availability.search and book, meeting.get, list and cancel, calendar.get", async () => {
    const now = clockOfItsOwn();
    const [owner, member] = await newMembers(2, { now });
    const availability = await as(owner).availability.set(availabilityOf(owner));
    const span = { from: now.toISOString(), to: after(owner, 7 * day) };
    const api = as(member);
    expect(await api.availability.search(span)).toEqual({ items: [availability] });
    const meeting = await api.availability.book(key(availability));
    expect(meeting).toMatchObject({
      owner: owner.actor.username,
      participant: member.actor.username,
      status: "SCHEDULED",
    });
    expect(
      await api.availability.book({ ...key(availability), startTime: availability.startTime, type: "kata" }),
    ).toEqual(meeting);
    expect(await api.availability.search(span)).toEqual({ items: [] });
    for (const person of [owner, member]) {
      expect(await as(person).meeting.get({ id: meeting.id })).toEqual(meeting);
      expect(await as(person).meeting.list()).toEqual({ items: [meeting] });
      expect((await as(person).calendar.get(span)).meetings).toEqual([meeting]);
    }
    const canceled = await api.meeting.cancel({ id: meeting.id, reason: "A cold" });
    expect(canceled).toMatchObject({
      status: "CANCELED",
      canceledBy: member.actor.username,
      cancelReason: "A cold",
    });
    expect((await as(owner).calendar.get(span)).availabilities).toMatchObject([
      { id: availability.id, status: "SCHEDULED" },
    ]);
    expect(await api.meeting.list()).toEqual({ items: [canceled] });
  });

  test("pages, by a cursor that is a member's own", async () => {
    const [owner, other] = await newMembers(2);
    const api = as(owner);
    for (const at of [1, 2, 3]) await postAvailability(owner, { startTime: after(owner, at * day) });
    const first = await api.availability.list({ limit: 2 });
    expect(first.items).toHaveLength(2);
    const second = await api.availability.list({ limit: 2, cursor: first.cursor });
    expect(second.items).toHaveLength(1);
    expect(second).not.toHaveProperty("cursor");
    const foreign = await over(other, "availability.list", { limit: 2, cursor: first.cursor });
    expect(foreign).toMatchObject({
      status: 400,
      error: { data: { code: "BAD_REQUEST", fieldErrors: { cursor: [expect.any(String)] } } },
    });
  });
});

describe("each refusal of the contract", () => {
  async function refused(member: Member, path: string, input: unknown, code: string, reason: string) {
    const records: CallRecord[] = [];
    const { error } = await over(member, path, input, records);
    expect(error).toMatchObject({ data: { code, reason, requestId: "a-request" } });
    // In words, for a person.
    expect(error?.message).toMatch(/^[A-Z].*\.$/);
    expect(records).toMatchObject([{ procedure: path, outcome: code, reason, requestId: "a-request" }]);
    expect(records[0]).not.toHaveProperty("error");
  }

  test("NOT_YOURS", async () => {
    const [owner, member, anonymous] = await newMembers(3);
    const { id } = await book(member, await postAvailability(owner));
    for (const path of ["meeting.get", "meeting.cancel"]) {
      await refused(anonymous, path, { id }, "FORBIDDEN", "NOT_YOURS");
    }
  });

  test("COHORT_NOT_ALLOWED", async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    for (const cohort of ["Black", null] as const) {
      const member = await newMember({ cohort });
      await refused(member, "availability.book", key(availability), "FORBIDDEN", "COHORT_NOT_ALLOWED");
    }
  });

  test("NOT_FOUND", async () => {
    const [member, other] = await newMembers(2);
    const theirs = await postAvailability(other);
    const nothing: [string, unknown][] = [
      ["user.get", { username: "nobody" }],
      ["availability.get", { owner: other.actor.username, id: "none" }],
      ["availability.set", availabilityOf(member, { id: theirs.id })],
      ["availability.delete", { id: theirs.id }],
      ["availability.book", { owner: other.actor.username, id: "none" }],
      ["meeting.get", { id: "none" }],
      ["meeting.cancel", { id: "none" }],
    ];
    for (const [path, input] of nothing) await refused(member, path, input, "NOT_FOUND", "NOT_FOUND");
    // Signed in, but never confirmed.
    const nobody = { ...member, actor: memberActor("nobody") };
    for (const [path, input] of [
      ["user.get", undefined],
      ["user.set", { bio: "" }],
      ["availability.set", availabilityOf(member)],
      ["availability.book", key(theirs)],
    ] as const) {
      await refused(nobody, path, input, "NOT_FOUND", "NOT_FOUND");
    }
  });

  test("OWN_AVAILABILITY", async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    await refused(owner, "availability.book", key(availability), "BAD_REQUEST", "OWN_AVAILABILITY");
  });

  test("TYPE_NOT_OFFERED and OUTSIDE_WINDOW", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const other = { ...key(availability), type: "kata" };
    await refused(member, "availability.book", other, "BAD_REQUEST", "TYPE_NOT_OFFERED");
    const outside = { ...key(availability), startTime: availability.endTime };
    await refused(member, "availability.book", outside, "BAD_REQUEST", "OUTSIDE_WINDOW");
  });

  test("IN_THE_PAST", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const past = availabilityOf(owner, { startTime: after(owner, -hour), endTime: after(owner, hour) });
    await refused(owner, "availability.set", past, "BAD_REQUEST", "IN_THE_PAST");
    await refused(
      later(member, 2 * day),
      "availability.book",
      key(availability),
      "BAD_REQUEST",
      "IN_THE_PAST",
    );
    const { id } = await book(member, availability);
    await refused(later(member, 2 * day), "meeting.cancel", { id }, "BAD_REQUEST", "IN_THE_PAST");
  });

  test("ALREADY_BOOKED, OVERLAPS_MEETING and OWNER_BUSY", async () => {
    const [owner, member, other] = await newMembers(3);
    const [availability, same, theirs] = [
      await postAvailability(owner),
      await postAvailability(owner),
      await postAvailability(other),
    ];
    await book(member, availability);
    await refused(other, "availability.book", key(availability), "CONFLICT", "ALREADY_BOOKED");
    await refused(member, "availability.book", key(theirs), "CONFLICT", "OVERLAPS_MEETING");
    await refused(other, "availability.book", key(same), "CONFLICT", "OWNER_BUSY");
  });

  test("HAS_BOOKINGS and ALREADY_CANCELED", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const { id } = await book(member, availability);
    await refused(owner, "availability.delete", { id: availability.id }, "CONFLICT", "HAS_BOOKINGS");
    const edit = availabilityOf(owner, { id: availability.id });
    await refused(owner, "availability.set", edit, "CONFLICT", "HAS_BOOKINGS");
    await as(member).meeting.cancel({ id });
    await refused(owner, "meeting.cancel", { id }, "CONFLICT", "ALREADY_CANCELED");
  });
});

describe("input that does not fit", () => {
  async function fieldErrors(path: string, input: unknown, member?: Member): Promise<unknown> {
    const records: CallRecord[] = [];
    const { status, error } = await over(member ?? (await newMember()), path, input, records);
    expect(status).toBe(400);
    expect(error?.data).toMatchObject({ code: "BAD_REQUEST" });
    expect(error?.data).not.toHaveProperty("reason");
    expect(records).toMatchObject([{ outcome: "BAD_REQUEST", reason: undefined }]);
    return error?.data["fieldErrors"];
  }
  const said = [expect.any(String)];

  test("says what is wrong with each field, unknown ones too", async () => {
    const wrong = { startTime: "tomorrow", endTime: 5, types: [], cohorts: ["x".repeat(41)], color: "red" };
    expect(await fieldErrors("availability.set", wrong)).toEqual({
      startTime: said,
      endTime: said,
      types: said,
      cohorts: said,
      color: ["Unknown field"],
    });
  });

  test("says what the community does not have", async () => {
    const member = await newMember();
    const wrong = availabilityOf(member, { types: ["chess"], cohorts: ["Pink"] });
    expect(await fieldErrors("availability.set", wrong, member)).toEqual({ types: said, cohorts: said });
    expect(await fieldErrors("user.set", { cohort: "Pink" }, member)).toEqual({ cohort: said });
  });

  test("says what is wrong with fields together", async () => {
    const member = await newMember();
    const wrong = availabilityOf(member, { endTime: after(member, day - hour) });
    expect(await fieldErrors("availability.set", wrong, member)).toEqual({ endTime: said });
    const keyed = availabilityOf(member, { id: "a", idempotencyKey: "5f0c7f4e-4b8e-4d3c-9a57-0f8f8f3f7f10" });
    expect(await fieldErrors("availability.set", keyed, member)).toEqual({ idempotencyKey: said });
    const tooFar = availabilityOf(member, {
      startTime: after(member, 400 * day),
      endTime: after(member, 400 * day + hour),
    });
    expect(await fieldErrors("availability.set", tooFar, member)).toEqual({ startTime: said });
    const backwards = { from: after(member, day), to: after(member, 0) };
    for (const path of ["availability.search", "calendar.get", "meeting.list"]) {
      expect(await fieldErrors(path, backwards, member)).toEqual({ to: said });
    }
  });

  test("says which choice is missing", async () => {
    const [owner, member] = await newMembers(2);
    const long = { endTime: after(owner, day + 3 * hour), types: ["kata" as const, "lesson" as const] };
    const availability = await postAvailability(owner, long);
    expect(await fieldErrors("availability.book", key(availability), member)).toEqual({
      startTime: said,
      type: said,
    });
  });

  test.each([null, 5, "text", [], true])("may be %j, and is told as a whole", async (input) => {
    expect(await fieldErrors("availability.book", input)).toEqual({ input: said });
  });

  test("may be what no text can be", async () => {
    for (const id of ["\ud800", "", "x".repeat(129), { $ne: 1 }, ["a"]]) {
      expect(await fieldErrors("meeting.get", { id })).toEqual({ id: said });
    }
  });
});

/** DynamoDB's answer to a read of users: each with these attributes. */
function foundUsers(input: string, attributes: object) {
  const { RequestItems }: { RequestItems: Record<string, { Keys: object[] }> } = JSON.parse(input);
  const found = Object.entries(RequestItems).map(([table, { Keys }]) => [
    table,
    Keys.map((key) => ({ ...key, ...attributes })),
  ]);
  return answer({ Responses: Object.fromEntries(found) });
}

describe("what goes wrong inside", () => {
  async function defect(database: Member["database"]) {
    const member = await newMember();
    const records: CallRecord[] = [];
    const { status, error, text } = await over({ ...member, database }, "user.get", undefined, records);
    expect(status).toBe(500);
    expect(error).toEqual({
      message: "Something went wrong.",
      code: expect.any(Number),
      data: { code: "INTERNAL_SERVER_ERROR", httpStatus: 500, path: "user.get", requestId: "a-request" },
    });
    return { text, record: records[0] };
  }

  test("shows a request id and nothing else, and is recorded with its cause", async () => {
    const database = wiredDatabase(async () =>
      errorAnswer("AccessDeniedException", { message: "secret-role" }),
    );
    const { text, record } = await defect(database);
    expect(text).not.toContain("secret-role");
    expect(record).toMatchObject({
      procedure: "user.get",
      outcome: "INTERNAL_SERVER_ERROR",
      requestId: "a-request",
      error: { name: "AccessDeniedException", message: "secret-role" },
    });
  });

  test("so does an answer that is not what was declared", async () => {
    const database = wiredDatabase(async (_, __, input) =>
      foundUsers(input, { displayName: { S: "secret-name" }, bio: { N: "5" }, createdAt: { S: "" } }),
    );
    const { text, record } = await defect(database);
    expect(text).not.toMatch(/secret-name|bio|zod/i);
    expect(record?.error).toBeDefined();
  });

  test("a field that was not declared does not leave", async () => {
    const member = await newMember();
    const database = wiredDatabase(async (_, __, input) => {
      const texts = { displayName: "A", cohort: "White", timezone: "UTC", bio: "", discordUsername: "" };
      const more = { email: "a@example.com", createdAt: "", updatedAt: "", stripeId: "secret-id" };
      return foundUsers(input, {
        ...Object.fromEntries(Object.entries({ ...texts, ...more }).map(([name, S]) => [name, { S }])),
        notifications: { M: { email: { BOOL: true } } },
        calendarVersion: { N: "1" },
      });
    });
    for (const input of [{}, { username: "another" }]) {
      const { status, text } = await over({ ...member, database }, "user.get", input);
      expect(status).toBe(200);
      expect(text).not.toMatch(/secret-id|stripeId|calendarVersion/);
      expect(text.includes("a@example.com")).toBe(!("username" in input));
    }
  });

  test("a database out of reach is said to be that, and not recorded as a defect", async () => {
    const member = await newMember();
    const records: CallRecord[] = [];
    const database = wiredDatabase(() => Promise.reject(dropped()));
    const { status, error, text } = await over({ ...member, database }, "user.get", undefined, records);
    expect(status).toBe(503);
    expect(error?.data).toMatchObject({ code: "SERVICE_UNAVAILABLE", requestId: "a-request" });
    expect(text).not.toContain("socket hang up");
    expect(records[0]).toMatchObject({ outcome: "SERVICE_UNAVAILABLE" });
    expect(records[0]).not.toHaveProperty("error");
  });
});

test("a call is recorded once, with no input, name or token in it", async () => {
  const member = await newMember({ displayName: "Secret Name" });
  const records: CallRecord[] = [];
  await as(member, records).user.set({ bio: "A secret bio" });
  expect(records).toEqual([
    {
      procedure: "user.set",
      type: "mutation",
      outcome: "OK",
      reason: undefined,
      durationMs: expect.any(Number),
      requestId: "a-request",
      caller: expect.stringMatching(/^[\w-]{16}$/),
      requests: 1,
      units: 1,
    },
  ]);
  expect(JSON.stringify(records)).not.toMatch(/secret/i);
  expect(JSON.stringify(records)).not.toContain(member.actor.username);
});
