/** The function with low limits, called as API Gateway calls it. Tests move its clock. */
import { randomUUID } from "node:crypto";
import type { Limits } from "@kumite/api/limits";
import { linkTestDatabase, newMember, postAvailability } from "@kumite/core/testing";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeAll, beforeEach, expect, type MockInstance, test, vi } from "vitest";

const limits: Limits = {
  search: { person: 3, address: 6 },
  book: { person: 2, address: 1_000 },
  change: { person: 2 },
  read: { person: 4, address: 8 },
  anonymous: { address: 3 },
};
const prefetchKey = "of the web app's server";
const auth = { userPoolId: "pool", clientId: "the-client", issuer: "https://issuer.example/pool" };
const now = new Date("2026-11-22T18:00:10.000Z");

let handler: typeof import("./trpc.ts").handler;
let sign: (username: string) => Promise<string>;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "own", use: "sig" }] });
  sign = (username) =>
    new SignJWT({ username, client_id: auth.clientId, token_use: "access" })
      .setProtectedHeader({ alg: "RS256", kid: "own" })
      .setIssuer(auth.issuer)
      .setExpirationTime("1h")
      .sign(privateKey);
  linkTestDatabase({
    Auth: { ...auth, jwksUri: "http://127.0.0.1:9/", jwks },
    CursorKey: { value: "a secret" },
    Limits: { json: JSON.stringify(limits) },
    PrefetchKey: { value: prefetchKey },
  });
  ({ handler } = await import("./trpc.ts"));
});

let output: MockInstance<typeof process.stdout.write>;
beforeEach(() => {
  output = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.useFakeTimers({ toFake: ["Date"], now });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Call {
  path: string;
  username?: string;
  input?: unknown;
  query?: string;
  address?: string;
  headers?: Record<string, string>;
}

async function send({ path, username, input, query = "", address = randomUUID(), headers = {} }: Call) {
  const isMutation = /\.(set|book|cancel|delete)$/.test(path);
  const method = isMutation ? "POST" : "GET";
  const event = {
    rawPath: `/api/trpc/${path}`,
    rawQueryString: !isMutation && input ? `input=${encodeURIComponent(JSON.stringify(input))}` : query,
    pathParameters: { proxy: path },
    headers: {
      ...(username !== undefined && { authorization: `Bearer ${await sign(username)}` }),
      "content-type": "application/json",
      "x-viewer-address": address,
      ...headers,
    },
    requestContext: { http: { method, sourceIp: "198.51.100.9" } },
    ...(isMutation && { body: JSON.stringify(input) }),
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const {
    statusCode,
    body = "",
    headers: answered = {},
  } = await handler(event, {
    awsRequestId: "lambda-request",
  } as Context);
  return { statusCode, headers: answered, json: JSON.parse(body) };
}

const statuses = async (count: number, call: (index: number) => Call): Promise<number[]> => {
  const all: number[] = [];
  for (let index = 0; index < count; index++) all.push((await send(call(index))).statusCode ?? 0);
  return all;
};

const week = { from: now.toISOString(), to: "2026-11-29T18:00:00.000Z" };

test("a search over the limit is 429 with the wait; others are not affected, and the next minute starts at zero", async () => {
  const [me, other] = [await newMember(), await newMember()];
  const search = (username: string) => ({ path: "availability.search", username, input: week });
  expect(await statuses(3, () => search(me.actor.username))).toEqual([200, 200, 200]);
  const { statusCode, headers, json } = await send(search(me.actor.username));
  expect(statusCode).toBe(429);
  expect(headers["retry-after"]).toBe("50");
  expect(json.error.data).toEqual({
    code: "TOO_MANY_REQUESTS",
    httpStatus: 429,
    path: "availability.search",
    requestId: "lambda-request",
    retryAfterSeconds: 50,
  });
  expect(await statuses(1, () => search(other.actor.username))).toEqual([200]);
  expect(await statuses(1, () => ({ path: "user.get", username: me.actor.username }))).toEqual([200]);
  vi.setSystemTime(now.getTime() + 50_000);
  expect(await statuses(1, () => search(me.actor.username))).toEqual([200]);
});

test("a booking over the limit is refused before anything is read, and is logged", async () => {
  const [owner, me] = [await newMember({ now }), await newMember()];
  const { id } = await postAvailability({ ...owner, now });
  const booking = () => ({
    path: "availability.book",
    username: me.actor.username,
    input: { owner: owner.actor.username, id },
  });
  expect(await statuses(2, booking)).toEqual([200, 200]);
  output.mockClear();
  expect((await send(booking())).statusCode).toBe(429);
  expect(output.mock.calls.map(([line]) => JSON.parse(String(line)))).toEqual([
    {
      time: now.toISOString(),
      level: "info",
      message: "call",
      procedure: "availability.book",
      type: "mutation",
      outcome: "TOO_MANY_REQUESTS",
      durationMs: expect.any(Number),
      requestId: "lambda-request",
      caller: expect.any(String),
      requests: 0,
      units: 0,
    },
  ]);
});

test("members at one address share its limit, and members at other addresses do not", async () => {
  const members = await Promise.all(Array.from({ length: 8 }, () => newMember()));
  const address = randomUUID();
  const search = (index: number, from = address) => ({
    path: "availability.search",
    username: members[index]?.actor.username ?? "",
    input: week,
    address: from,
  });
  expect(await statuses(7, (index) => search(index))).toEqual([200, 200, 200, 200, 200, 200, 429]);
  expect(await statuses(1, () => search(7, randomUUID()))).toEqual([200]);
});

test("each call of a batch counts, and a refused call sets the header", async () => {
  const me = await newMember();
  const call = { path: Array(6).fill("user.get").join(","), username: me.actor.username, query: "batch=1" };
  const { statusCode, headers, json } = await send(call);
  expect(statusCode).toBe(207);
  expect(headers["retry-after"]).toBe("50");
  expect(json.map(({ error }: { error?: { data: { code: string } } }) => error?.data.code)).toEqual([
    ...Array(4).fill(undefined),
    "TOO_MANY_REQUESTS",
    "TOO_MANY_REQUESTS",
  ]);
});

test("many invalid tokens from an address are 429, and do not affect members there", async () => {
  const address = randomUUID();
  const anonymous = () => ({ path: "user.get", address, headers: { authorization: "Bearer x" } });
  expect(await statuses(5, anonymous)).toEqual([401, 401, 401, 429, 429]);
  const me = await newMember();
  expect(await statuses(1, () => ({ path: "user.get", address, username: me.actor.username }))).toEqual([
    200,
  ]);
});

test("public procedures count as reads of the address", async () => {
  const address = randomUUID();
  const open = () => ({ path: "community.get", address });
  expect(await statuses(9, open)).toEqual([...Array(8).fill(200), 429]);
});

test("requests of the web app's server count for the visitor's address", async () => {
  const members = await Promise.all(Array.from({ length: 8 }, () => newMember()));
  const prefetch = (index: number, key: string, viewer: string) => ({
    path: "availability.search",
    username: members[index]?.actor.username ?? "",
    input: week,
    address: "the web app's server",
    headers: { "x-prefetch-key": key, "x-prefetch-for": viewer },
  });
  expect(await statuses(8, (index) => prefetch(index, prefetchKey, `viewer ${index}`))).toEqual(
    Array(8).fill(200),
  );
  // If a client forges the address, its own address counts.
  const forged = await statuses(8, (index) => prefetch(index, "a guess", `viewer ${index}`));
  expect(forged).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
});
