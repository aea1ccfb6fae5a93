/**
 * Compares the light classes and our request with Node's, under the installed tRPC. If an update of tRPC needs more of
 * them, these tests fail.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { initTRPC, TRPCError } from "@trpc/server";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { resolveResponse } from "@trpc/server/http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterEach, describe, expect, test, vi } from "vitest";
import { LightHeaders, LightResponse } from "./fetch-classes.ts";
import { toRequest } from "./http.ts";

const t = initTRPC.create({ isDev: false });
const text = (value: unknown) => {
  if (typeof value !== "string") throw new Error("Not a string");
  return value;
};
const router = t.router({
  greet: t.procedure.input(text).query(({ input }) => `Hello, ${input}`),
  nothing: t.procedure.query(() => undefined),
  save: t.procedure.input(text).mutation(({ input }) => ({ saved: input })),
  refuse: t.procedure.query(() => {
    throw new TRPCError({ code: "TOO_MANY_REQUESTS", message: "Later" });
  }),
  count: t.procedure.subscription(async function* () {
    yield 1;
    yield 2;
  }),
});

const options = {
  router,
  maxBatchSize: 3,
  createContext: async () => ({}),
  responseMeta: ({ errors }: { errors: readonly TRPCError[] }) => ({
    headers: { "x-both": ["one", "two"], ...(errors.length > 0 && { "Retry-After": "3" }) },
  }),
};

interface Sent {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The answer of tRPC's own adapter, with Node's classes. */
async function platformAnswer({ path, query, method = "GET", headers = {}, body }: Sent) {
  const url = `https://localhost/api/trpc/${path}?${new URLSearchParams(query)}`;
  const req = new Request(url, { method, headers, ...(body !== undefined && { body }) });
  return await described(await fetchRequestHandler({ ...options, endpoint: "/api/trpc", req }));
}

/** The answer of the functions' code, with the light classes as in the bundles. */
async function ourAnswer({ path, query, method = "GET", headers = {}, body }: Sent) {
  vi.stubGlobal("Headers", LightHeaders);
  vi.stubGlobal("Response", LightResponse);
  const event: Pick<APIGatewayProxyEventV2, "rawPath" | "rawQueryString" | "headers" | "isBase64Encoded"> = {
    rawPath: `/api/trpc/${path}`,
    rawQueryString: String(new URLSearchParams(query)),
    headers,
    isBase64Encoded: false,
  };
  const req = toRequest({
    ...event,
    ...(body !== undefined && { body }),
    requestContext: { http: { method } },
  } as APIGatewayProxyEventV2);
  return await described(await resolveResponse({ ...options, req, path, error: null }));
}

async function described(response: Response) {
  const headers = Object.fromEntries(response.headers.entries());
  return { status: response.status, headers, text: await response.text() };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const json = { "content-type": "application/json" };
const batch = { batch: "1", input: JSON.stringify({ 0: "Ann", 1: "Bo" }) };

test.each<[string, Sent]>([
  ["a query", { path: "greet", query: { input: '"Ann"' } }],
  ["a query without an answer", { path: "nothing" }],
  ["a mutation", { path: "save", method: "POST", headers: json, body: '"a text, été"' }],
  ["a batch", { path: "greet,greet", query: batch }],
  [
    "a batch of mutations",
    { path: "save,save", method: "POST", query: { batch: "1" }, headers: json, body: '{"0":"a","1":"b"}' },
  ],
  ["a batch with one failed call", { path: "greet,refuse", query: batch }],
  [
    "a streamed batch",
    { path: "greet,greet", query: batch, headers: { "trpc-accept": "application/jsonl" } },
  ],
  ["a subscription", { path: "count", headers: { accept: "text/event-stream" } }],
  ["a refusal", { path: "refuse" }],
  ["input that does not fit", { path: "greet", query: { input: "1" } }],
  ["input that is not JSON", { path: "greet", query: { input: "{" } }],
  ["a body that is not JSON", { path: "save", method: "POST", headers: json, body: "{" }],
  [
    "a body of another type",
    { path: "save", method: "POST", headers: { "content-type": "text/plain" }, body: "a" },
  ],
  ["a body of no type", { path: "save", method: "POST" }],
  ["a procedure that does not exist", { path: "none" }],
  ["a batch that is too long", { path: "nothing,nothing,nothing,nothing", query: { batch: "1" } }],
  ["a query by POST", { path: "greet", method: "POST", headers: json, body: '"Ann"' }],
  ["a mutation by GET", { path: "save", query: { input: '"a"' } }],
  ["HEAD", { path: "greet", method: "HEAD" }],
  ["DELETE", { path: "greet", method: "DELETE" }],
])("%s has the same answer as with Node's classes", async (_, sent) => {
  const expected = await platformAnswer(sent);
  expect(await ourAnswer(sent)).toEqual(expected);
});

describe("tRPC's installed source", () => {
  const manifest = createRequire(import.meta.url).resolve("@trpc/server/package.json");
  const directory = path.join(path.dirname(manifest), "src/unstable-core-do-not-import/http");
  const source = readdirSync(directory)
    .filter((file) => file.endsWith(".ts") && !file.includes(".test."))
    .map((file) => readFileSync(path.join(directory, file), "utf8"))
    .join("\n")
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
  const membersOf = (name: RegExp) =>
    [...new Set([...source.matchAll(name)].map(([, member]) => member ?? ""))].sort();

  test("uses only methods of headers that exist", () => {
    const touched = membersOf(/\bheaders\??\.(\w+)/gi);
    expect(touched).toEqual(["append", "entries", "get", "has", "set"]);
    for (const member of touched) expect(LightHeaders.prototype).toHaveProperty(member);
  });

  test("uses only members of a request that exist, except `body`, which no procedure needs", () => {
    const touched = membersOf(/\breq\??\.(\w+)/g);
    expect(touched).toEqual(["body", "formData", "headers", "json", "method", "signal", "url"]);
    const request = toRequest({
      requestContext: { http: { method: "GET" } },
      headers: {},
    } as APIGatewayProxyEventV2);
    for (const member of touched.filter((name) => name !== "body")) expect(request).toHaveProperty(member);
  });

  test("creates responses only by their constructor, and does not read them", () => {
    const uses = [...source.matchAll(/(\w+)[\s<]+(Headers|Response)\b(?=[(.])/g)].map(([use]) => use);
    expect(new Set(uses)).toEqual(new Set(["new Headers", "new Response"]));
    expect(source).not.toMatch(/\b(Headers|Response)\.|\bresponse\./);
  });
});
