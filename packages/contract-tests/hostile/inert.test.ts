/** Members' texts come back unchanged, as data. Characters that would change the text around them are refused. */
import { connect } from "node:net";
import { type Stack, startStack } from "@kumite/local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { availability, inMinutes, type Json, join, type Member } from "../contract/client.ts";
import { type RawAnswer, type RawRequest, send } from "./raw-client.ts";

let stack: Stack;
let owner: Member;
let guest: Member;
beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  [owner, guest] = await Promise.all([join(stack.outputs), join(stack.outputs)]);
});
afterAll(() => stack.stop());

const texts = [
  "<script>alert(document.cookie)</script>",
  '"><img src=x onerror=alert(1)>',
  "javascript:alert(1)",
  "data:text/html,<svg onload=alert(1)>",
  '=HYPERLINK("http://evil.example","x")',
  "@SUM(1+1)*cmd|' /C calc'!A0",
  "+1-1",
  `\${7*7}{{7*7}}<%= 7*7 %>`,
  "';--\\",
  "&lt;b&gt; %3Cb%3E \\u003cb\\u003e",
];

let hour = 24;

test.each(texts)("%s", async (text) => {
  const displayName = text.slice(0, 80);
  const profile = { displayName, bio: text, discordUsername: displayName };
  expect((await owner.mutate("user.set", profile)).data).toMatchObject(profile);
  expect((await guest.query("user.get", { username: owner.username })).data).toMatchObject(profile);

  const place = { location: text, description: `${text}\n${text}` };
  hour += 2;
  const span = { startTime: inMinutes(hour * 60), endTime: inMinutes(hour * 60 + 60) };
  const { data: made } = await owner.mutate("availability.set", availability({ ...span, ...place }));
  expect(made).toMatchObject({ ...place, ownerDisplayName: displayName });
  const asked = { from: span.startTime, to: span.endTime };
  const found = (await guest.query("availability.search", asked)).data.items;
  expect(found.find(({ id }: Json) => id === made.id)).toEqual(made);

  const { data: meeting } = await guest.mutate("availability.book", { owner: made.owner, id: made.id });
  expect(meeting).toMatchObject({ ...place, ownerDisplayName: displayName });
  const { data: canceled } = await owner.mutate("meeting.cancel", { id: meeting.id, reason: text });
  expect(canceled.cancelReason).toBe(text);
  expect((await guest.query("meeting.get", { id: meeting.id })).data).toEqual(canceled);
});

/** Expects an error in the API's shape, with a request id. */
function expectError({ status, headers, text, json }: RawAnswer): void {
  expect(status, text.slice(0, 500)).toBeGreaterThanOrEqual(400);
  expect(headers["content-type"], text.slice(0, 500)).toBe("application/json");
  const answers: Json[] = Array.isArray(json) ? json : [json];
  for (const answer of answers) {
    expect(answer?.error, text.slice(0, 500)).toEqual({
      message: expect.stringMatching(/./),
      code: expect.any(Number),
      data: expect.objectContaining({
        code: expect.stringMatching(/^[A-Z_]+$/),
        httpStatus: expect.any(Number),
        requestId: expect.stringMatching(/^[\w-]{36}$/),
      }),
    });
    if (answers.length === 1) expect(answer.error.data.httpStatus).toBe(status);
  }
}

/** Sends a request below `/api/`, as the owner. */
function ask(request: RawRequest): Promise<RawAnswer> {
  const headers = { authorization: `Bearer ${owner.accessToken}`, ...request.headers };
  return send(`${stack.outputs.web}/api`, { ...request, headers });
}

describe("any error is JSON with a request id", () => {
  const type = { "content-type": "application/json" };
  const post = (path: string, body: string | Buffer, headers: RawRequest["headers"] = type): RawRequest => ({
    method: "POST",
    path,
    body,
    headers,
  });
  const many = (count: number, path: string) => Array(count).fill(path).join();

  test.each<[number, string, RawRequest]>([
    [400, "a path with a broken encoding", { path: "trpc/%zz" }],
    [400, "an input that is not JSON", { path: "trpc/user.get?input={" }],
    [400, "a batch of 101 queries", { path: `trpc/${many(101, "user.get")}?batch=1` }],
    [400, "a batch of 101 mutations", post(`trpc/${many(101, "user.set")}?batch=1`, "{}")],
    [400, "a query and a mutation in one batch", { path: "trpc/user.get,user.set?batch=1" }],
    [400, "a mutation and a query in one batch", post("trpc/user.set,user.get?batch=1", "{}")],
    [400, "a stream of one call", { path: "trpc/user.get", headers: { "trpc-accept": "application/jsonl" } }],
    [401, "an anonymous caller", { path: "trpc/user.get", headers: { authorization: "Bearer x" } }],
    [404, "no procedure", { path: "trpc/user.drop" }],
    [404, "nothing after the prefix", { path: "trpc/" }],
    [404, "the prefix alone", { path: "trpc" }],
    [404, "another path", { path: "other" }],
    [404, "a path in another path", { path: "other/and/more?x=1" }],
    [404, "another path with a broken encoding", { path: "%zz" }],
    [404, "a path that leaves the API", { path: "../etc/passwd" }],
    [404, "an empty path", { path: "" }],
    [405, "a mutation by GET", { path: "trpc/user.set" }],
    [405, "a query by POST", post("trpc/user.get", "{}")],
    [413, "a body of 129 kB", post("trpc/user.set", `{"bio":"${"x".repeat(129 * 1024)}"}`)],
    [413, "a body of 7 MB", post("trpc/user.set", Buffer.alloc(7 * 1024 * 1024, "["))],
    [413, "a body of 7 MB elsewhere", post("other", Buffer.alloc(7 * 1024 * 1024, "["))],
    [415, "a form", post("trpc/user.set", "bio=x", { "content-type": "application/x-www-form-urlencoded" })],
    [415, "no media type", { method: "POST", path: "trpc/user.set" }],
    [415, "a preflight", { method: "OPTIONS", path: "trpc/user.set" }],
    [417, "an expectation", { path: "trpc/user.get", headers: { expect: "the unexpected" } }],
    [431, "a long address", { path: `trpc/user.get?input=${"x".repeat(20_000)}` }],
    [431, "long headers", { path: "trpc/user.get", headers: { "x-long": "x".repeat(20_000) } }],
    [431, "long headers elsewhere", { path: "other", headers: { "x-long": "x".repeat(20_000) } }],
  ])("%d: %s", async (status, _, request) => {
    const answer = await ask(request);
    expectError(answer);
    expect(answer.status).toBe(status);
  });

  test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY"])(
    "%s of unknown paths",
    async (method) => {
      for (const path of ["trpc", "trpc/user.drop", "other", "other/user.get"]) {
        for (const headers of [type, {}]) expectError(await ask({ method, path, headers }));
      }
    },
  );

  test("a request for another protocol is answered as a normal request", async () => {
    const headers = { connection: "Upgrade", upgrade: "websocket" };
    expect(await ask({ path: "trpc/user.get", headers })).toMatchObject({
      status: 200,
      json: { result: { data: { username: owner.username } } },
    });
    expectError(await ask({ path: "other", headers }));
  });

  test.each([
    ["not HTTP", "nonsense\r\n\r\n"],
    ["a method that HTTP does not know", "BREW /api/trpc/user.get HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ["no Host", "GET /api/trpc/user.get HTTP/1.1\r\nConnection: close\r\n\r\n"],
    ["no Host elsewhere", "GET /api/other HTTP/1.1\r\nConnection: close\r\n\r\n"],
    ["two lengths", "POST /api/x HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx"],
  ])("400: %s", async (_, request) => {
    const socket = connect(Number(new URL(stack.outputs.web).port), "127.0.0.1").setEncoding("utf8");
    socket.write(request);
    const answer = (await socket.toArray()).join("");
    const [head = "", text = ""] = answer.split("\r\n\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    const [, contentType] = /content-type: (.*)/i.exec(head) ?? [];
    expectError({ status: 400, headers: { "content-type": contentType }, text, json: JSON.parse(text) });
  });

  test("HEAD is answered without a body", async () => {
    for (const path of ["trpc/user.get", "other"])
      expect(await ask({ method: "HEAD", path })).toMatchObject({ text: "" });
  });
});

describe("the session's cookies", () => {
  const prefix = () => `CognitoIdentityServiceProvider.${stack.outputs.userPoolClientId}`;
  const cookie = () =>
    `${prefix()}.LastAuthUser=${owner.username}; ${prefix()}.${owner.username}.accessToken=${owner.accessToken}`;
  const ownOrigins = () => {
    const { port } = new URL(stack.outputs.web);
    return [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  };
  const requests: RawRequest[] = [
    { path: "user.get" },
    { path: "community.get" },
    { path: "user.get,calendar.get?batch=1" },
    { method: "POST", path: "user.set", headers: { "content-type": "application/json" }, body: "{}" },
  ];

  test.each([
    "null",
    "https://evil.example",
    "http://localhost:1",
    "http://localhost",
    "https://localhost.evil.example",
  ])("from the origin %s are refused, for queries and mutations", async (origin) => {
    for (const request of requests) {
      // A host that the client claims is ignored.
      const claimed = { "x-forwarded-host": "evil.example", origin, cookie: cookie() };
      const answer = await send(stack.outputs.api, {
        ...request,
        headers: { ...request.headers, ...claimed },
      });
      expectError(answer);
      expect(answer).toMatchObject({ status: 403 });
      for (const { error } of [answer.json].flat()) expect(error.data.code).toBe("FORBIDDEN");
    }
  });

  test("from our own pages, under either name of this machine, identify the member", async () => {
    for (const origin of ownOrigins()) {
      const headers = { origin, cookie: cookie() };
      const answer = await send(`${origin}/api/trpc`, { path: "user.get", headers });
      expect(answer).toMatchObject({ status: 200, json: { result: { data: { username: owner.username } } } });
    }
  });

  test("are ignored if there is a bearer token", async () => {
    const origin = "https://evil.example";
    const answer = await ask({ path: "trpc/user.get", headers: { origin, cookie: cookie() } });
    expect(answer).toMatchObject({ status: 200 });
  });
});

test("an answer is JSON, and is not cached", async () => {
  for (const path of ["user.get", "community.get", "nothing.here", `<script>alert(1)</script>`]) {
    const headers = { authorization: `Bearer ${owner.accessToken}` };
    const response = await fetch(`${stack.outputs.api}/${encodeURIComponent(path)}`, { headers });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
    });
    await response.text();
  }
});

test.each(["\0", "\u0007", "\u001b[2J", "\u007f", "\u0085", "\u202e", "\u2066", "\u2069", "\ud800"])(
  "%j is refused in every text, and removed from or refused in names",
  async (hidden) => {
    const text = `a${hidden}b`;
    for (const [path, input, field] of [
      ["user.set", { bio: text }, "bio"],
      ["user.set", { discordUsername: text }, "discordUsername"],
      ["availability.set", availability({ location: text }), "location"],
      ["availability.set", availability({ description: text }), "description"],
      ["meeting.cancel", { id: "none", reason: text }, "reason"],
    ] as const) {
      const { error } = await owner.mutate(path, input);
      expect(error, field).toMatchObject({
        code: "BAD_REQUEST",
        fieldErrors: { [field]: [expect.any(String)] },
      });
    }
    const named = await owner.mutate("user.set", { displayName: text });
    if (hidden === "\ud800") expect(named.error).toMatchObject({ code: "BAD_REQUEST" });
    else expect(named.data.displayName).toBe(`a${hidden.slice(1)}b`);
  },
);
