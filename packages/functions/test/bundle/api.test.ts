import { newMember } from "@kumite/core/testing";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import authorizerEvent from "../../src/events/origin-authorizer.json" with { type: "json" };
import { ask as askPair, type Call, eventOf, linkFunctions, type Pair, startPair } from "./functions.ts";

let trpc: Pair;
let originAuthorizer: Pair;
let openapi: Pair;
let sign: (username: string) => Promise<string>;

beforeAll(async () => {
  sign = await linkFunctions();
  [trpc, originAuthorizer, openapi] = await Promise.all([
    startPair("trpc"),
    startPair("origin-authorizer"),
    startPair("openapi"),
  ]);
});
afterAll(() => Promise.all([trpc, originAuthorizer, openapi].map(({ bundle }) => bundle.stop())));

beforeEach(() => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

const ask = (call: Call) => askPair(trpc, call);

test("a query", async () => {
  const me = await newMember();
  const { statusCode, headers, body } = await ask({ url: "user.get", token: await sign(me.actor.username) });
  expect(statusCode).toBe(200);
  expect(headers["content-type"]).toBe("application/json");
  expect(JSON.parse(body).result.data).toMatchObject({ username: me.actor.username });
});

test("a mutation", async () => {
  const me = await newMember();
  const call = {
    url: "user.set",
    method: "POST",
    body: '{"bio":"Zoë 👩"}',
    token: await sign(me.actor.username),
  };
  const event = eventOf(call);
  const { statusCode, body } = (await trpc.bundle.invoke(event, "1")) as { statusCode: number; body: string };
  expect(statusCode).toBe(200);
  const { data } = JSON.parse(body).result;
  expect(data).toMatchObject({ username: me.actor.username, bio: "Zoë 👩" });
  const again = JSON.parse((await ask({ url: "user.get", token: call.token })).body);
  expect(again.result.data).toEqual(data);
});

test("a batch over every router", async () => {
  const me = await newMember();
  const day = 86_400_000;
  // So far ahead that no other test posts anything there.
  const from = Date.now() + 300 * day;
  const week = { from: new Date(from), to: new Date(from + 7 * day) };
  const input = encodeURIComponent(JSON.stringify({ 2: week, 4: week, 5: {} }));
  const procedures = [
    "user.get",
    "community.get",
    "calendar.get",
    "meeting.list",
    "availability.search",
    "meeting.get",
  ];
  const { statusCode, body } = await ask({
    url: `${procedures}?batch=1&input=${input}`,
    token: await sign(me.actor.username),
  });
  expect(statusCode).toBe(207);
  expect(JSON.parse(body)).toMatchObject([
    { result: { data: { username: me.actor.username } } },
    { result: { data: { cohorts: expect.any(Array) } } },
    { result: { data: { meetings: [] } } },
    { result: { data: { items: [] } } },
    { result: { data: { items: [] } } },
    { error: { data: { fieldErrors: { id: [expect.any(String)] } } } },
  ]);
});

test("a stream of JSON lines", async () => {
  const { body } = await ask({
    url: "community.get,user.get?batch=1",
    headers: { "trpc-accept": ["application/jsonl"] },
  });
  expect(body).toContain("UNAUTHORIZED");
});

test.each<[number, Call]>([
  [401, { url: "user.get" }],
  [401, { url: "user.get", token: "x" }],
  [404, { url: "user.drop" }],
  [204, { url: "community.get", method: "HEAD" }],
  [405, { url: "user.set" }],
  [415, { url: "user.set", method: "POST", headers: { "content-type": ["text/plain"] } }],
  [401, { url: "user.set", method: "POST", body: "{" }],
])("%d: %j", async (status, call) => {
  expect((await ask(call)).statusCode).toBe(status);
});

test.each([
  ["the key", true],
  ["another", false],
])("the authorizer, with the key %j: %j", async (key, isAuthorized) => {
  const event = { ...authorizerEvent, identitySource: [key] };
  expect(await originAuthorizer.bundle.invoke(event, "1")).toEqual({ isAuthorized });
  expect(await originAuthorizer.source(event, {})).toEqual({ isAuthorized });
});

test("the description of the API is the same as from the source, and the same each time", async () => {
  const event = { ...eventOf({ url: "" }), rawPath: "/api/openapi.json" };
  const answer = await openapi.bundle.invoke(event, "1");
  expect(answer).toEqual(await openapi.source(event, { awsRequestId: "1" }));
  expect(answer).toMatchObject({ statusCode: 200, headers: { etag: expect.any(String) } });
  expect(await openapi.bundle.invoke(event, "2")).toEqual(answer);
});
