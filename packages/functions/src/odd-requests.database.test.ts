import { newMember, postAvailability } from "@kumite/core/testing";
import type { Context } from "aws-lambda";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  captureLog,
  eventOf,
  input,
  loadTrpc,
  type Request,
  type TrpcFunction,
} from "./testing/trpc-function.ts";

let trpc: TrpcFunction;
let logged: ReturnType<typeof captureLog>;

beforeAll(async () => {
  trpc = await loadTrpc();
});
beforeEach(() => {
  logged = captureLog();
});

describe("an odd request", () => {
  const post = (body: string, headers = {}): Request => ({ method: "POST", body, headers });

  test.each<[number, string, string, Request]>([
    [404, "an unknown procedure", "user.drop", {}],
    [404, "a router instead of a procedure", "user", {}],
    [404, "a path that leaves the API", "../../etc/passwd", {}],
    [404, "a path through an object's prototype", "__proto__.constructor", {}],
    [404, "a path of dots only", "...", {}],
    [400, "a path with a broken encoding", "%E0%A4%A", {}],
    [400, "a body that is not JSON", "user.set", post("{")],
    [400, "an empty body", "user.set", post("")],
    [400, "a body with a NUL character", "user.set", post("\0\u{1f4a9}")],
    [400, "a body in broken base64", "user.set", { ...post("%%%"), base64: true }],
    [400, "a batch that is not an object", "user.set", { ...post("5"), query: "batch=1" }],
    [400, "an input that is not JSON", "user.get", { query: "input={" }],
    [400, "an input with a broken encoding", "user.get", { query: "input=%E0%A4%A" }],
    [400, "an input that is not an object", "user.get", { query: input(5) }],
    [400, "a batch whose input is not an object", "user.get", { query: `batch=1&${input(5)}` }],
    [400, "connection parameters that are not an object", "user.get", { query: "connectionParams=5" }],
    [400, "more calls than a batch may hold", Array(101).fill("user.get").join(","), { query: "batch=1" }],
    [400, "queries and mutations in one batch", "user.get,user.set", { query: "batch=1" }],
    [405, "a mutation by GET", "user.set", { query: input({ bio: "" }) }],
    [405, "a query by POST", "user.get", post("{}")],
    [405, "a mutation by PUT", "user.set", { ...post("{}"), method: "PUT" }],
    [405, "a mutation by DELETE", "user.set", { ...post("{}"), method: "DELETE" }],
    [405, "a method that `Request` does not accept", "user.set", { ...post("{}"), method: "TRACE" }],
    [405, "a method that does not exist", "user.set", { ...post("{}"), method: "BREW" }],
    [415, "a form", "user.set", post("bio=x", { "content-type": "application/x-www-form-urlencoded" })],
    [
      415,
      "plain text, which any site may send",
      "user.set",
      post('{"bio":"x"}', { "content-type": "text/plain" }),
    ],
    [415, "no media type", "user.set", { method: "POST" }],
    [415, "an OPTIONS request", "user.set", { method: "OPTIONS" }],
    [415, "an upload", "user.set", post("x", { "content-type": "multipart/form-data; boundary=x" })],
    [413, "a body of more than 128 kB", "user.set", post(JSON.stringify({ bio: "é".repeat(66_000) }))],
    [400, "bytes", "user.set", post("x", { "content-type": "application/octet-stream" })],
  ])("%d: %s", async (status, _, proxy, request) => {
    const me = await newMember();
    const headers = { ...(await trpc.bearer(me.actor.username)), ...request.headers };
    const answered = await trpc.send(proxy, { ...request, headers });
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

  test("if the answers of a batch together are too long for Lambda, only some calls fail", async () => {
    const owner = await newMember({ now: new Date() });
    const description = '"'.repeat(2_000);
    await Promise.all(Array.from({ length: 10 }, () => postAvailability(owner, { description })));
    const headers = await trpc.bearer(owner.actor.username);
    const path = Array(100).fill("availability.list").join(",");
    const { statusCode, json } = await trpc.send(path, { headers, query: "batch=1" });
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
    "a path without a route, by %s",
    async (method) => {
      const { pathParameters: _, ...event } = eventOf("nothing", { method });
      const context = { awsRequestId: "lambda-request" } as Context;
      const {
        statusCode,
        headers,
        body = "",
      } = await trpc.handler({ ...event, routeKey: "$default" }, context);
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
    const request = { headers: await trpc.bearer(me.actor.username), body: '{"username":"nobody"}' };
    expect(await trpc.send("user.get", request)).toMatchObject({
      statusCode: 200,
      data: { username: me.actor.username },
    });
  });

  test.each([
    ["with non-Latin letters", { "x-city": "Łódź", "x-name": "सुमन 👩" }],
    ["with two lines", { "x-name": "a\nb" }],
    ["without a name", { "": "x", "x y": "z" }],
  ])("a header %s does not fail the request", async (_, odd) => {
    const me = await newMember();
    const headers = { ...(await trpc.bearer(me.actor.username)), ...(odd as Record<string, string>) };
    expect(await trpc.send("user.get", { headers })).toMatchObject({
      statusCode: 200,
      data: { username: me.actor.username },
    });
  });

  test.each(["", "a b", "a/b?c#d", "[", "user:password@host:99999", "\0"])(
    "an invalid host (%j) does not fail the request",
    async (domainName) => {
      expect(await trpc.send("community.get", { domainName })).toMatchObject({ statusCode: 200 });
    },
  );

  test("a batch that asks for a stream (JSON lines) is answered", async () => {
    const { statusCode, body, headers } = await trpc.handler(
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

  test("a HEAD request is answered without a body", async () => {
    expect(await trpc.send("community.get", { method: "HEAD" })).toMatchObject({ statusCode: 204, body: "" });
  });

  test("a caller with invalid cookies is anonymous", async () => {
    for (const cookies of [[""], ["="], ["a=%E0%A4%A"], ["a=Łódź", "b\n=c"], [`x=${"y".repeat(20_000)}`]]) {
      expect(await trpc.send("user.get", { cookies })).toMatchObject({ statusCode: 401 });
    }
  });
});
