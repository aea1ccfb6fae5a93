/** What every procedure does before it reads the database. */
import { adminActor, memberActor } from "@kumite/core/context";
import { Budget } from "@kumite/core/database/budget";
import { Unavailable } from "@kumite/core/errors";
import { TRPCError } from "@trpc/server";
import { beforeEach, describe, expect, test } from "vitest";
import { Limiter, wideLimits } from "./limits/index.ts";
import { proceduresOf } from "./openapi/procedures.ts";
import { type ApiContext, appRouter, type CallRecord } from "./server.ts";

/** From the contract. */
const contract: Record<string, "query" | "mutation"> = {
  "community.get": "query",
  "community.settings": "query",
  "community.set": "mutation",
  "user.get": "query",
  "user.set": "mutation",
  "user.block": "mutation",
  "user.unblock": "mutation",
  "user.listBlocked": "query",
  "user.refreshEmail": "mutation",
  "user.export": "query",
  "user.delete": "mutation",
  "availability.set": "mutation",
  "availability.get": "query",
  "availability.list": "query",
  "availability.search": "query",
  "availability.delete": "mutation",
  "availability.withdraw": "mutation",
  "availability.book": "mutation",
  "meeting.get": "query",
  "meeting.list": "query",
  "meeting.cancel": "mutation",
  "calendar.get": "query",
};
const open = ["community.get"];

const procedures = Object.entries(await proceduresOf(appRouter));
const closed = procedures.map(([path]) => path).filter((path) => !open.includes(path));

let records: CallRecord[] = [];
beforeEach(() => {
  records = [];
});

function contextOf(authenticate: ApiContext["authenticate"]): ApiContext {
  return {
    now: new Date(),
    // Any request fails the test.
    database: {
      names: {
        Users: "",
        Availabilities: "",
        Openings: "",
        Meetings: "",
        Calendar: "",
        Community: "",
        Counters: "",
        Migrations: "",
      },
      client: { send: () => expect.unreachable("The database was asked") },
    },
    cursorKey: "test",
    budget: new Budget(),
    signIns: { remove: async () => {}, find: async () => undefined },
    limits: wideLimits,
    limiter: new Limiter(),
    address: "192.0.2.1",
    requestId: "a-request",
    authenticate,
    record: (call) => records.push(call),
  };
}

/** Calls a procedure by its path, with any input. */
async function call(path: string, ctx: ApiContext, input?: unknown): Promise<unknown> {
  const caller = appRouter.createCaller(ctx);
  let target: unknown = caller;
  for (const part of path.split(".")) target = (target as Record<string, unknown>)[part];
  return (target as (input: unknown) => Promise<unknown>)(input);
}

const anonymous = () => Promise.resolve(undefined);

test("the router has the procedures of the contract, and no others", () => {
  expect(Object.fromEntries(procedures.map(([path, { type }]) => [path, type]))).toEqual(contract);
});

describe.each(closed)("%s", (path) => {
  test.each([
    ["nothing", undefined],
    ["nonsense", { nonsense: true }],
  ])("refuses an anonymous caller who sends %s, and does not validate the input", async (_, input) => {
    await expect(call(path, contextOf(anonymous), input)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    expect(records).toEqual([
      {
        procedure: path,
        type: contract[path],
        outcome: "UNAUTHORIZED",
        reason: undefined,
        durationMs: expect.any(Number),
        requestId: "a-request",
        caller: undefined,
        requests: 0,
        units: 0,
      },
    ]);
  });

  test("is SERVICE_UNAVAILABLE if the token cannot be verified now", async () => {
    const ctx = contextOf(() => Promise.reject(new Unavailable("The sign-in keys are out of reach")));
    await expect(call(path, ctx)).rejects.toMatchObject({ code: "SERVICE_UNAVAILABLE" });
    expect(records).toMatchObject([{ procedure: path, outcome: "SERVICE_UNAVAILABLE" }]);
  });

  test("refuses a member's unknown fields", async () => {
    // Only the caller's record is read, which says whether the account is deleted.
    const database = { ...contextOf(anonymous).database, client: { send: async () => ({}) } };
    const ctx = { ...contextOf(() => Promise.resolve(adminActor("anna"))), database };
    const refused = call(path, ctx, { nonsense: true });
    await expect(refused).rejects.toBeInstanceOf(TRPCError);
    await expect(refused).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect(records).toMatchObject([{ procedure: path, outcome: "BAD_REQUEST" }]);
  });
});

test.each(["community.settings", "community.set"])("%s is for admins", async (path) => {
  // Only the caller's record is read.
  const database = { ...contextOf(anonymous).database, client: { send: async () => ({}) } };
  for (const input of [undefined, { nonsense: true }]) {
    const ctx = { ...contextOf(() => Promise.resolve(memberActor("anna"))), database };
    await expect(call(path, ctx, input)).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(records.at(-1)).toMatchObject({ procedure: path, outcome: "FORBIDDEN", reason: "NOT_ADMIN" });
  }
});

test("a member's calls have one pseudonym, which differs between members and between deployments", async () => {
  const callerOf = async (username: string, cursorKey = "test") => {
    const ctx = { ...contextOf(() => Promise.resolve(memberActor(username))), cursorKey };
    await call("meeting.get", ctx, {}).catch(() => undefined);
    return records.at(-1)?.caller;
  };
  const caller = await callerOf("anna");
  expect(caller).toMatch(/^[\w-]{16}$/);
  expect(await callerOf("anna")).toBe(caller);
  expect(await callerOf("bela")).not.toBe(caller);
  expect(await callerOf("anna", "another")).not.toBe(caller);
});

test("anyone may see the community, and no token is verified", async () => {
  const database = { ...contextOf(anonymous).database, client: { send: async () => ({}) } };
  const ctx = { ...contextOf(() => expect.unreachable("The token was verified")), database };
  expect(await call("community.get", ctx)).toEqual({
    name: expect.any(String),
    cohorts: expect.arrayContaining([expect.any(String)]),
    types: expect.arrayContaining([
      { id: expect.any(String), label: expect.any(String), durationMinutes: expect.any(Number) },
    ]),
    cohortLabels: expect.objectContaining({ White: "White" }),
    typeLabels: expect.objectContaining({ technique: "Technique drill" }),
    revision: 0,
  });
  expect(records).toMatchObject([{ procedure: "community.get", type: "query", outcome: "OK" }]);
});

test.each(["user", "user.get.more", "nothing.get", "__proto__", "constructor.name", ""])(
  "there is no procedure %j",
  async (path) => {
    await expect(call(path, contextOf(anonymous))).rejects.toMatchObject({ code: "NOT_FOUND" });
  },
);
