import { randomUUID } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Database } from "@kumite/core/database";
import { addCalls } from "@kumite/core/database/counters";
import { metered } from "@kumite/core/database/meter";
import { newTestDatabase, now, testDatabase } from "@kumite/core/testing";
import { expect, test, vi } from "vitest";
import { type CountingContext, countCall, defaultLimits, Limiter, type Limits } from "./index.ts";
import { RateLimitError } from "./rate-limit-error.ts";

const limits: Limits = {
  search: { person: 20, address: 1_000 },
  book: { person: 2, address: 5 },
  change: {},
  read: {},
  anonymous: { address: 3 },
};

/** A separate process, with its own client. */
const newProcess = (database: Database = newTestDatabase()): CountingContext => ({
  now,
  database,
  limits,
  limiter: new Limiter(),
});
const newCaller = () => ({ person: randomUUID(), address: randomUUID() });

/** How many calls pass when they go to the processes in turn. */
async function passed(
  processes: readonly CountingContext[],
  kind: keyof Limits,
  callers: readonly { person: string | undefined; address: string }[],
): Promise<number> {
  let count = 0;
  for (const [index, caller] of callers.entries()) {
    const ctx = processes[index % processes.length] as CountingContext;
    try {
      await countCall(ctx, kind, caller);
      count += 1;
    } catch (error) {
      expect(error).toBeInstanceOf(RateLimitError);
    }
  }
  return count;
}

test("processes that share the table let through at most a tenth each beyond a person's limit", async () => {
  const processes = Array.from({ length: 4 }, () => newProcess());
  const caller = newCaller();
  const count = await passed(processes, "search", Array(100).fill(caller));
  expect(count).toBeGreaterThanOrEqual(20);
  expect(count).toBeLessThanOrEqual(20 + 4 * 2);
  const later = processes.map((ctx) => ({ ...ctx, now: new Date(now.getTime() + 60_000) }));
  expect(await passed(later, "search", [caller])).toBe(1);
});

test("simultaneous calls are counted like sequential ones", async () => {
  const processes = Array.from({ length: 3 }, () => newProcess());
  const caller = newCaller();
  const calls = Array.from({ length: 90 }, (_, index) =>
    passed([processes[index % 3] as CountingContext], "search", [caller]),
  );
  const count = (await Promise.all(calls)).reduce((sum, one) => sum + one);
  expect(count).toBeGreaterThanOrEqual(20);
  expect(count).toBeLessThanOrEqual(20 + 3 * 2);
});

test("an address has its own limit for all its callers, and other addresses are not affected", async () => {
  const address = randomUUID();
  const club = Array.from({ length: 8 }, () => ({ person: randomUUID(), address }));
  const processes = [newProcess(), newProcess()];
  expect(await passed(processes, "book", club)).toBe(5);
  expect(await passed(processes, "book", [newCaller()])).toBe(1);
});

test("a person is counted wherever they call from", async () => {
  const person = randomUUID();
  const calls = Array.from({ length: 6 }, () => ({ person, address: randomUUID() }));
  expect(await passed([newProcess(), newProcess()], "book", calls)).toBe(2);
});

test("anonymous callers are counted only by address, and separately from members there", async () => {
  const address = randomUUID();
  expect(await passed([newProcess()], "anonymous", Array(9).fill({ person: undefined, address }))).toBe(3);
  expect(await passed([newProcess()], "book", [{ person: randomUUID(), address }])).toBe(1);
});

test("calls without a person, or without a limit, are not counted for a person", async () => {
  const { database, consumed } = metered(testDatabase());
  const ctx = newProcess(database);
  // The limits: two for a person and five for an address.
  expect(await passed([ctx], "book", Array(6).fill({ person: undefined, address: randomUUID() }))).toBe(5);
  const calls = consumed().requests;
  expect(calls).toBe(5);
  expect(await passed([ctx], "change", Array(9).fill(newCaller()))).toBe(9);
  expect(consumed().requests).toBe(calls);
});

test("a few calls cost no request, and more calls only a few requests", async () => {
  const { database, consumed } = metered(testDatabase());
  const ctx = newProcess(database);
  const caller = newCaller();
  await passed([ctx], "search", Array(2).fill(caller));
  expect(consumed().requests).toBe(0);
  await passed([ctx], "search", Array(18).fill(caller));
  expect(consumed().requests).toBe(6);
  await passed([ctx], "search", Array(50).fill(caller));
  expect(consumed().requests).toBe(6);
});

test("under the default limits, calls at human speed cost no request", async () => {
  const { database, consumed } = metered(testDatabase());
  const ctx = { ...newProcess(database), limits: defaultLimits };
  const caller = newCaller();
  expect(await passed([ctx], "book", Array(3).fill(caller))).toBe(3);
  expect(await passed([ctx], "search", Array(12).fill(caller))).toBe(12);
  expect(consumed().requests).toBe(0);
});

test("counters expire soon after their minute", async () => {
  const { database } = newProcess();
  const caller = newCaller();
  await passed([newProcess(database)], "book", [caller]);
  const subject = `book#person#${caller.person}#${new Date(now).toISOString().slice(0, 16)}:00.000Z`;
  const { Item } = await database.client.send(
    new GetCommand({ TableName: database.names.Counters, Key: { subject } }),
  );
  expect(Item).toEqual({ subject, calls: 1, expiresAt: Date.parse(subject.slice(-24)) / 1000 + 120 });
});

test("calls pass if the table does not answer within a second", async () => {
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort());
  expect(await countCall(newProcess(), "book", newCaller())).toMatchObject({ name: "AbortError" });
  const minute = { start: now, end: new Date(now.getTime() + 60_000) };
  await expect(addCalls(newTestDatabase(), randomUUID(), minute, 1)).rejects.toThrow("aborted");
  expect(timeout.mock.calls).toEqual([[1_000], [1_000]]);
});

test("calls pass if the table is unreachable, and the reason is returned once", async () => {
  const names = { ...testDatabase().names, Counters: "no-such-table" };
  const ctx = newProcess({ ...newTestDatabase(), names });
  const caller = newCaller();
  expect(await countCall(ctx, "book", caller)).toMatchObject({ name: "ResourceNotFoundException" });
  expect(await countCall(ctx, "book", caller)).toBeUndefined();
});
