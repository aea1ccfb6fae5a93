import { book, newMember, newMembers, postAvailability } from "@kumite/core/testing";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { captureLog, clientId, input, loadTrpc, type TrpcFunction } from "./testing/trpc-function.ts";

let trpc: TrpcFunction;
let logged: ReturnType<typeof captureLog>;

beforeAll(async () => {
  trpc = await loadTrpc();
});
beforeEach(() => {
  logged = captureLog();
});

describe("a request", () => {
  test("of a public procedure succeeds", async () => {
    const { statusCode, headers, data } = await trpc.send("community.get");
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    expect(data).toMatchObject({ name: expect.any(String), cohorts: expect.any(Array) });
  });

  test("with a token acts for the member: a query by GET, a mutation by POST", async () => {
    const me = await newMember();
    const headers = await trpc.bearer(me.actor.username);
    const set = await trpc.send("user.set", {
      method: "POST",
      headers,
      body: JSON.stringify({ bio: "Hello" }),
    });
    expect(set).toMatchObject({ statusCode: 200, data: { username: me.actor.username, bio: "Hello" } });
    const get = await trpc.send("user.get", { headers, query: input({ username: me.actor.username }) });
    expect(get).toMatchObject({ statusCode: 200, data: set.data });
    expect((await trpc.send("user.get", { headers })).data).toEqual(set.data);
  });

  test("with a body in base64, as API Gateway sends binary media types, is the same", async () => {
    const me = await newMember();
    const body = Buffer.from(JSON.stringify({ bio: "Zoë 👩" })).toString("base64");
    const request = { method: "POST", headers: await trpc.bearer(me.actor.username), body, base64: true };
    expect((await trpc.send("user.set", request)).data).toMatchObject({ bio: "Zoë 👩" });
  });

  test("with the session's cookies acts for the member, unless another site sends it", async () => {
    const me = await newMember();
    const prefix = `CognitoIdentityServiceProvider.${clientId}`;
    const cookies = [
      `${prefix}.LastAuthUser=${me.actor.username}`,
      `${prefix}.${me.actor.username}.accessToken=${await trpc.sign(me.actor.username)}`,
    ];
    expect(await trpc.send("user.get", { cookies })).toMatchObject({
      statusCode: 200,
      data: { username: me.actor.username },
    });
    const foreign = await trpc.send("user.get", { cookies, headers: { "sec-fetch-site": "cross-site" } });
    expect(foreign).toMatchObject({ statusCode: 401, error: { data: { code: "UNAUTHORIZED" } } });
  });

  test.each([
    ["null", 403],
    ["https://evil.example", 403],
    ["https://kumite.example", 200],
  ])(
    "with the session's cookies and the Origin %s is %d: queries, mutations, batches, public procedures",
    async (origin, status) => {
      const me = await newMember();
      const prefix = `CognitoIdentityServiceProvider.${clientId}`;
      const cookies = [
        `${prefix}.LastAuthUser=${me.actor.username}`,
        `${prefix}.${me.actor.username}.accessToken=${await trpc.sign(me.actor.username)}`,
      ];
      const headers = { origin, "x-forwarded-host": "kumite.example" };
      const answers = await Promise.all([
        trpc.send("user.get", { cookies, headers }),
        trpc.send("community.get", { cookies, headers }),
        trpc.send("user.get,community.get", { cookies, headers, query: "batch=1" }),
        trpc.send("user.set", { cookies, headers, method: "POST", body: '{"bio":"Written"}' }),
      ]);
      for (const { statusCode, json } of answers) {
        expect(statusCode).toBe(status);
        if (status !== 403) continue;
        for (const { error } of [json].flat()) {
          expect(error.data).toMatchObject({
            code: "FORBIDDEN",
            httpStatus: 403,
            requestId: "lambda-request",
          });
        }
      }
      const { data } = await trpc.send("user.get", { headers: await trpc.bearer(me.actor.username) });
      expect(data.bio === "Written").toBe(status === 200);
    },
  );

  test("with several calls has an answer for each", async () => {
    const me = await newMember();
    const { statusCode, json } = await trpc.send("user.get,community.get,user.get,meeting.get", {
      headers: await trpc.bearer(me.actor.username),
      query: `batch=1&${input({ 2: { username: "nobody" }, 3: {} })}`,
    });
    expect(statusCode).toBe(207);
    expect(json).toMatchObject([
      { result: { data: { username: me.actor.username } } },
      { result: { data: { cohorts: expect.any(Array) } } },
      { error: { data: { code: "NOT_FOUND", reason: "NOT_FOUND" } } },
      { error: { data: { code: "BAD_REQUEST", fieldErrors: { id: [expect.any(String)] } } } },
    ]);
  });

  test("from an anonymous caller, or with an invalid token, is refused", async () => {
    for (const headers of [
      {},
      { authorization: "Bearer x" },
      { authorization: "Basic YTpi" },
      await trpc.bearer(""),
    ]) {
      expect(await trpc.send("user.get", { headers: headers as Record<string, string> })).toMatchObject({
        statusCode: 401,
        error: { data: { code: "UNAUTHORIZED", requestId: "lambda-request" } },
      });
    }
  });

  test("that is refused has the contract's reason", async () => {
    const [owner, member] = await newMembers(2, { now: new Date() });
    const availability = await postAvailability(owner);
    await book(member, availability);
    const { statusCode, error } = await trpc.send("availability.delete", {
      method: "POST",
      headers: await trpc.bearer(owner.actor.username),
      body: JSON.stringify({ id: availability.id }),
    });
    expect(statusCode).toBe(409);
    expect(error).toEqual({
      message: expect.any(String),
      code: expect.any(Number),
      data: {
        code: "CONFLICT",
        httpStatus: 409,
        path: "availability.delete",
        reason: "HAS_BOOKINGS",
        requestId: "lambda-request",
      },
    });
  });

  test("is logged in one line, without its input", async () => {
    const me = await newMember();
    await trpc.send("user.set", {
      method: "POST",
      headers: await trpc.bearer(me.actor.username),
      body: '{"bio":"A secret"}',
    });
    expect(logged()).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        level: "info",
        message: "call",
        procedure: "user.set",
        type: "mutation",
        outcome: "OK",
        durationMs: expect.any(Number),
        requestId: "lambda-request",
        caller: expect.stringMatching(/^[\w-]{16}$/),
        requests: 1,
        units: 1,
      },
    ]);
    expect(JSON.stringify(logged())).not.toContain(me.actor.username);
  });
});

// infra/alarms.ts creates metrics from these fields.
test("bookings are logged with their outcome, and a refused one with its reason", async () => {
  const [owner, member] = await newMembers(2, { now: new Date() });
  const { id, startTime, types } = await postAvailability(owner);
  const body = JSON.stringify({ owner: owner.actor.username, id, startTime, type: types[0] });
  for (const { actor } of [member, owner]) {
    await trpc.send("availability.book", {
      method: "POST",
      headers: await trpc.bearer(actor.username),
      body,
    });
  }
  const [booked, refused] = logged();
  expect(booked).toMatchObject({ procedure: "availability.book", outcome: "OK" });
  expect(booked).not.toHaveProperty("reason");
  expect(refused).toMatchObject({
    procedure: "availability.book",
    outcome: "BAD_REQUEST",
    reason: "OWN_AVAILABILITY",
  });
});
