import { book, linkTestDatabase, newMember, newMembers, postAvailability } from "@kumite/core/testing";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { beforeAll, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";

const clientId = "the-client";
const issuer = "https://issuer.example/pool";

let handler: typeof import("./trpc.ts").handler;
let sign: (username: string) => Promise<string>;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "own", use: "sig" }] });
  sign = (username) =>
    new SignJWT({ username, client_id: clientId, token_use: "access" })
      .setProtectedHeader({ alg: "RS256", kid: "own" })
      .setIssuer(issuer)
      .setExpirationTime("1h")
      .sign(privateKey);

  linkTestDatabase();
  const auth = { userPoolId: "pool", clientId, issuer, jwksUri: "https://127.0.0.1:9/", jwks };
  process.env["SST_RESOURCE_Auth"] = JSON.stringify(auth);
  process.env["SST_RESOURCE_CursorKey"] = JSON.stringify({ value: "a secret" });
  // Reads its links when it is loaded, as on Lambda.
  ({ handler } = await import("./trpc.ts"));
});

interface Request {
  method?: string;
  query?: string;
  body?: string;
  base64?: boolean;
  headers?: Record<string, string>;
  cookies?: string[];
  domainName?: string;
}

/** An event of an API Gateway HTTP API (payload 2.0) under `ANY /api/trpc/{proxy+}`. */
function eventOf(proxy: string, request: Request = {}): APIGatewayProxyEventV2 {
  const { method = "GET", query = "", body, base64 = false, headers = {}, cookies } = request;
  const domainName = request.domainName ?? "abc.execute-api.us-east-1.amazonaws.com";
  const routeKey = "ANY /api/trpc/{proxy+}";
  const rawPath = `/api/trpc/${proxy}`;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: query,
    headers: {
      host: "abc.execute-api.us-east-1.amazonaws.com",
      "x-forwarded-for": "192.0.2.1",
      "user-agent": "test",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(cookies && { cookies }),
    pathParameters: { proxy },
    requestContext: {
      accountId: "123456789012",
      apiId: "abc",
      domainName,
      domainPrefix: "abc",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "gateway-request",
      routeKey,
      stage: "$default",
      time: "22/Nov/2026:18:00:00 +0000",
      timeEpoch: Date.parse("2026-11-22T18:00:00Z"),
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: base64,
  };
}

async function send(proxy: string, request?: Request) {
  const context = { awsRequestId: "lambda-request" } as Context;
  const { statusCode, body = "", headers = {} } = await handler(eventOf(proxy, request), context);
  const json = body ? JSON.parse(body) : undefined;
  return { statusCode, headers, body, json, data: json?.result?.data, error: json?.error };
}

let output: MockInstance<typeof process.stdout.write>;
beforeEach(() => {
  output = vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

/** What was logged, a line each. */
function logged(): Record<string, unknown>[] {
  return output.mock.calls.map(([line]) => JSON.parse(String(line)));
}

const bearer = async (username: string) => ({ authorization: `Bearer ${await sign(username)}` });
const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`;

describe("a request", () => {
  test("that anyone may make is answered", async () => {
    const { statusCode, headers, data } = await send("community.get");
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    expect(data).toMatchObject({ name: expect.any(String), cohorts: expect.any(Array) });
  });

  test("with a token is the member's: a query by GET, a mutation by POST", async () => {
    const me = await newMember();
    const headers = await bearer(me.actor.username);
    const set = await send("user.set", { method: "POST", headers, body: JSON.stringify({ bio: "Hello" }) });
    expect(set).toMatchObject({ statusCode: 200, data: { username: me.actor.username, bio: "Hello" } });
    const get = await send("user.get", { headers, query: input({ username: me.actor.username }) });
    expect(get).toMatchObject({ statusCode: 200, data: set.data });
    expect((await send("user.get", { headers })).data).toEqual(set.data);
  });

  test("with a body in base64, as binary media types come, is the same", async () => {
    const me = await newMember();
    const body = Buffer.from(JSON.stringify({ bio: "Zoë 👩" })).toString("base64");
    const request = { method: "POST", headers: await bearer(me.actor.username), body, base64: true };
    expect((await send("user.set", request)).data).toMatchObject({ bio: "Zoë 👩" });
  });

  test("with the session's cookies is the member's, unless another site sends it", async () => {
    const me = await newMember();
    const prefix = `CognitoIdentityServiceProvider.${clientId}`;
    const cookies = [
      `${prefix}.LastAuthUser=${me.actor.username}`,
      `${prefix}.${me.actor.username}.accessToken=${await sign(me.actor.username)}`,
    ];
    expect(await send("user.get", { cookies })).toMatchObject({
      statusCode: 200,
      data: { username: me.actor.username },
    });
    const foreign = await send("user.get", { cookies, headers: { "sec-fetch-site": "cross-site" } });
    expect(foreign).toMatchObject({ statusCode: 401, error: { data: { code: "UNAUTHORIZED" } } });
  });

  test.each([
    ["null", 403],
    ["https://evil.example", 403],
    ["https://kumite.example", 200],
  ])(
    "with the session's cookies and the Origin %s is %d: queries, mutations, batches, what anyone may ask",
    async (origin, status) => {
      const me = await newMember();
      const prefix = `CognitoIdentityServiceProvider.${clientId}`;
      const cookies = [
        `${prefix}.LastAuthUser=${me.actor.username}`,
        `${prefix}.${me.actor.username}.accessToken=${await sign(me.actor.username)}`,
      ];
      const headers = { origin, "x-forwarded-host": "kumite.example" };
      const answers = await Promise.all([
        send("user.get", { cookies, headers }),
        send("community.get", { cookies, headers }),
        send("user.get,community.get", { cookies, headers, query: "batch=1" }),
        send("user.set", { cookies, headers, method: "POST", body: '{"bio":"Written"}' }),
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
      const { data } = await send("user.get", { headers: await bearer(me.actor.username) });
      expect(data.bio === "Written").toBe(status === 200);
    },
  );

  test("of many calls is answered call by call", async () => {
    const me = await newMember();
    const { statusCode, json } = await send("user.get,community.get,user.get,meeting.get", {
      headers: await bearer(me.actor.username),
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

  test("from an anonymous caller, or with a token of nobody's, is refused", async () => {
    for (const headers of [
      {},
      { authorization: "Bearer x" },
      { authorization: "Basic YTpi" },
      await bearer(""),
    ]) {
      expect(await send("user.get", { headers: headers as Record<string, string> })).toMatchObject({
        statusCode: 401,
        error: { data: { code: "UNAUTHORIZED", requestId: "lambda-request" } },
      });
    }
  });

  test("that is refused says why, in the contract's words", async () => {
    const [owner, member] = await newMembers(2, { now: new Date() });
    const availability = await postAvailability(owner);
    await book(member, availability);
    const { statusCode, error } = await send("availability.delete", {
      method: "POST",
      headers: await bearer(owner.actor.username),
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

  test("is logged in a line, without what it said", async () => {
    const me = await newMember();
    await send("user.set", {
      method: "POST",
      headers: await bearer(me.actor.username),
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

// infra/alarms.ts makes the metrics of these fields.
test("bookings are logged with their outcome, and a refused one with its reason", async () => {
  const [owner, member] = await newMembers(2, { now: new Date() });
  const { id, startTime, types } = await postAvailability(owner);
  const body = JSON.stringify({ owner: owner.actor.username, id, startTime, type: types[0] });
  for (const { actor } of [member, owner]) {
    await send("availability.book", { method: "POST", headers: await bearer(actor.username), body });
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

describe("a request that cannot be", () => {
  const post = (body: string, headers = {}): Request => ({ method: "POST", body, headers });

  test.each<[number, string, string, Request]>([
    [404, "an unknown procedure", "user.drop", {}],
    [404, "a router in a procedure's place", "user", {}],
    [404, "a path that leads out", "../../etc/passwd", {}],
    [404, "a path through a prototype", "__proto__.constructor", {}],
    [404, "a path of nothing but dots", "...", {}],
    [400, "a path that no encoding makes", "%E0%A4%A", {}],
    [400, "a body that is no JSON", "user.set", post("{")],
    [400, "an empty body", "user.set", post("")],
    [400, "a body that is no text", "user.set", post("\0\u{1f4a9}")],
    [400, "a body in broken base64", "user.set", { ...post("%%%"), base64: true }],
    [400, "a batch that is no object", "user.set", { ...post("5"), query: "batch=1" }],
    [400, "an input that is no JSON", "user.get", { query: "input={" }],
    [400, "an input that no encoding makes", "user.get", { query: "input=%E0%A4%A" }],
    [400, "an input of another kind", "user.get", { query: input(5) }],
    [400, "a batch whose input is no object", "user.get", { query: `batch=1&${input(5)}` }],
    [400, "connection parameters that are none", "user.get", { query: "connectionParams=5" }],
    [400, "more calls than a batch may hold", Array(101).fill("user.get").join(","), { query: "batch=1" }],
    [400, "queries and mutations in one batch", "user.get,user.set", { query: "batch=1" }],
    [405, "a mutation by GET", "user.set", { query: input({ bio: "" }) }],
    [405, "a query by POST", "user.get", post("{}")],
    [405, "a mutation by PUT", "user.set", { ...post("{}"), method: "PUT" }],
    [405, "a mutation by DELETE", "user.set", { ...post("{}"), method: "DELETE" }],
    [405, "a method that no `Request` takes", "user.set", { ...post("{}"), method: "TRACE" }],
    [405, "a method of its own", "user.set", { ...post("{}"), method: "BREW" }],
    [415, "a form", "user.set", post("bio=x", { "content-type": "application/x-www-form-urlencoded" })],
    [
      415,
      "plain text, which any site may send",
      "user.set",
      post('{"bio":"x"}', { "content-type": "text/plain" }),
    ],
    [415, "no media type", "user.set", { method: "POST" }],
    [415, "a question for what is allowed", "user.set", { method: "OPTIONS" }],
    [415, "an upload", "user.set", post("x", { "content-type": "multipart/form-data; boundary=x" })],
    [413, "a body of more than 128 kB", "user.set", post(JSON.stringify({ bio: "é".repeat(66_000) }))],
    [400, "bytes", "user.set", post("x", { "content-type": "application/octet-stream" })],
  ])("%d: %s", async (status, _, proxy, request) => {
    const me = await newMember();
    const headers = { ...(await bearer(me.actor.username)), ...request.headers };
    const answered = await send(proxy, { ...request, headers });
    const { statusCode, body, json } = answered;
    expect(statusCode).toBe(status);
    expect(answered.headers).toMatchObject({
      "content-type": "application/json",
      "cache-control": "no-store",
    });
    // In a batch, each call has its own answer.
    for (const answer of Array.isArray(json) ? json : [json]) {
      expect(answer.error).toMatchObject({
        message: expect.any(String),
        code: expect.any(Number),
        data: { code: expect.any(String), httpStatus: status, requestId: "lambda-request" },
      });
      expect(answer.error.message).not.toMatch(/is not a function|undefined/);
    }
    expect(body).not.toMatch(/node_modules|\.ts| {4}at /);
    // Nothing here is a defect.
    for (const line of logged()) expect(line).toMatchObject({ level: "info" });
  });

  test("calls whose answers Lambda could not send together fail alone", async () => {
    const owner = await newMember({ now: new Date() });
    const description = '"'.repeat(2_000);
    await Promise.all(Array.from({ length: 10 }, () => postAvailability(owner, { description })));
    const headers = await bearer(owner.actor.username);
    const path = Array(100).fill("availability.list").join(",");
    const { statusCode, json } = await send(path, { headers, query: "batch=1" });
    expect(statusCode).toBe(207);
    const lists = json.filter(({ result }: { result?: object }) => result);
    expect(lists.length).toBeGreaterThan(50);
    for (const { result } of lists) expect(result.data.items).toHaveLength(10);
    const refused = json.filter(({ error }: { error?: object }) => error);
    expect(refused.length + lists.length).toBe(100);
    for (const { error } of refused) {
      expect(error.data).toMatchObject({
        code: "PAYLOAD_TOO_LARGE",
        httpStatus: 413,
        requestId: "lambda-request",
      });
    }
    expect(refused.length).toBeGreaterThan(0);
  });

  test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])(
    "a path that is no procedure's, by %s",
    async (method) => {
      const { pathParameters: _, ...event } = eventOf("nothing", { method });
      const context = { awsRequestId: "lambda-request" } as Context;
      const { statusCode, headers, body = "" } = await handler({ ...event, routeKey: "$default" }, context);
      expect(statusCode).toBe(404);
      expect(headers).toMatchObject({ "content-type": "application/json" });
      expect(JSON.parse(body).error).toEqual({
        message: expect.any(String),
        code: -32004,
        data: { code: "NOT_FOUND", httpStatus: 404, requestId: "lambda-request" },
      });
    },
  );

  test("a query by GET with a body is a query", async () => {
    const me = await newMember();
    const request = { headers: await bearer(me.actor.username), body: '{"username":"nobody"}' };
    expect(await send("user.get", request)).toMatchObject({
      statusCode: 200,
      data: { username: me.actor.username },
    });
  });

  test.each([
    ["beyond Latin letters", { "x-city": "Łódź", "x-name": "सुमन 👩" }],
    ["of two lines", { "x-name": "a\nb" }],
    ["without a name", { "": "x", "x y": "z" }],
  ])("a header %s is no reason to fail", async (_, odd) => {
    const me = await newMember();
    const headers = { ...(await bearer(me.actor.username)), ...(odd as Record<string, string>) };
    expect(await send("user.get", { headers })).toMatchObject({
      statusCode: 200,
      data: { username: me.actor.username },
    });
  });

  test.each(["", "a b", "a/b?c#d", "[", "user:password@host:99999", "\0"])(
    "a host that is none (%j) is no reason to fail",
    async (domainName) => {
      expect(await send("community.get", { domainName })).toMatchObject({ statusCode: 200 });
    },
  );

  test("calls of a stream (JSON lines) are answered, too", async () => {
    const { statusCode, body, headers } = await handler(
      eventOf("community.get,user.get", {
        query: "batch=1",
        headers: { "trpc-accept": "application/jsonl" },
      }),
      { awsRequestId: "lambda-request" } as Context,
    );
    expect(statusCode).toBe(200);
    expect(headers?.["content-type"]).toMatch(/jsonl|json/);
    expect(body).toContain("UNAUTHORIZED");
  });

  test("a question without a body (HEAD) is answered without one", async () => {
    expect(await send("community.get", { method: "HEAD" })).toMatchObject({ statusCode: 204, body: "" });
  });

  test("cookies that are none make an anonymous caller", async () => {
    for (const cookies of [[""], ["="], ["a=%E0%A4%A"], ["a=Łódź", "b\n=c"], [`x=${"y".repeat(20_000)}`]]) {
      expect(await send("user.get", { cookies })).toMatchObject({ statusCode: 401 });
    }
  });
});
