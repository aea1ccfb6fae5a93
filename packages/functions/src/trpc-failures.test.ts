/** Failures before a procedure is reached, and how they are logged. */

import { defaultLimits } from "@kumite/api/limits";
import { mapTables } from "@kumite/core/database/tables";
import { linkEnvironment, tableLinks } from "@kumite/core/links";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, type MockInstance, test, vi } from "vitest";

const contextFailure = new Error("No context");
let failingContext = false;

vi.mock("../../api/src/routers/meeting.ts", () => {
  throw new Error("No such chunk");
});
vi.mock("../../api/src/server.ts", async (original) => {
  const server = await original<typeof import("@kumite/api/server")>();
  const createContext: typeof server.createContext = (...args) => {
    if (failingContext) throw contextFailure;
    return server.createContext(...args);
  };
  return { ...server, createContext };
});

let handler: typeof import("./trpc.ts").handler;
let output: MockInstance<typeof process.stdout.write>;

beforeAll(async () => {
  const links = linkEnvironment({
    ...tableLinks(mapTables((table) => table)),
    App: { name: "kumite", stage: "test" },
    Auth: { userPoolId: "pool", clientId: "client", issuer: "https://issuer.example", jwksUri: "" },
    CursorKey: { value: "key" },
    Limits: { json: JSON.stringify(defaultLimits) },
    PrefetchKey: { value: "key" },
  });
  for (const [name, link] of Object.entries(links)) vi.stubEnv(name, link);
  vi.stubEnv("AWS_REGION", "us-east-1");
  ({ handler } = await import("./trpc.ts"));
});
afterAll(() => {
  vi.unstubAllEnvs();
});
beforeEach(() => {
  failingContext = false;
  output = vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

async function get(proxy: string, rawQueryString = "") {
  const event = {
    rawPath: `/api/trpc/${proxy}`,
    rawQueryString,
    headers: {},
    pathParameters: { proxy },
    requestContext: { http: { method: "GET", sourceIp: "192.0.2.1" } },
    isBase64Encoded: false,
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode, body = "" } = await handler(event, { awsRequestId: "the-request" } as Context);
  const lines = output.mock.calls.map(([line]) => JSON.parse(String(line)));
  return { statusCode, body, lines };
}

const defect = {
  level: "error",
  message: "call",
  outcome: "INTERNAL_SERVER_ERROR",
  requestId: "the-request",
};

test.each([
  ["meeting.list", ""],
  ["community.get,meeting.list", "batch=1"],
])("a router that cannot be loaded is a defect, which is logged but not shown (%s)", async (path, query) => {
  const { statusCode, body, lines } = await get(path, query);
  expect(statusCode).toBe(500);
  expect(body).not.toContain("chunk");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ ...defect, procedure: path });
  expect(JSON.stringify(lines[0].error)).toContain("No such chunk");
});

test("a context that cannot be created is a defect of every call", async () => {
  failingContext = true;
  const { statusCode, body, lines } = await get("community.get,user.get", "batch=1");
  expect(statusCode).toBe(500);
  for (const { error } of JSON.parse(body)) expect(error.data.requestId).toBe("the-request");
  expect(body).not.toContain("No context");
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line).toMatchObject({ ...defect, error: { message: "No context", stack: expect.any(String) } });
  }
});

test("in a batch, each call is logged once, whether it reached a procedure or not", async () => {
  const { lines } = await get("calendar.get,user.get,user.drop", "batch=1");
  expect(lines.map(({ procedure, outcome }) => `${procedure} ${outcome}`).sort()).toEqual([
    "calendar.get UNAUTHORIZED",
    "user.drop NOT_FOUND",
    "user.get UNAUTHORIZED",
  ]);
});

test("a call of an unknown procedure is logged, and is not a defect", async () => {
  const { statusCode, lines } = await get("user.drop");
  expect(statusCode).toBe(404);
  expect(lines).toEqual([
    {
      time: expect.any(String),
      level: "info",
      message: "call",
      procedure: "user.drop",
      type: "unknown",
      outcome: "NOT_FOUND",
      requestId: "the-request",
    },
  ]);
});
