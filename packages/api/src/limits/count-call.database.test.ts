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

/** A process of its own, with a client of its own. */
const newProcess = (database: Database = newTestDatabase()): CountingContext => ({
  now,
  database,
  limits,
  limiter: new Limiter(),
});
const newCaller = () => ({ person: randomUUID(), address: randomUUID() });

/** How many of so many calls passed, spread over processes in turn. */
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

test("processes that share the table let through a tenth each beyond a person's limit at most", async () => {
  const processes = Array.from({ length: 4 }, () => newProcess());
  const caller = newCaller();
  const count = await passed(processes, "search", Array(100).fill(caller));
  expect(count).toBeGreaterThanOrEqual(20);
  expect(count).toBeLessThanOrEqual(20 + 4 * 2);
  const later = processes.map((ctx) => ({ ...ctx, now: new Date(now.getTime() + 60_000) }));
  expect(await passed(later, "search", [caller])).toBe(1);
});

test("calls at once are counted as those one after the other", async () => {
  const processes = Array.from({ length: 3 }, () => newProcess());
  const caller = newCaller();
  const calls = Array.from({ length: 90 }, (_, index) =>
    passed([processes[index % 3] as CountingContext], "search", [caller]),
  );
  const count = (await Promise.all(calls)).reduce((sum, one) => sum + one);
  expect(count).toBeGreaterThanOrEqual(20);
  expect(count).toBeLessThanOrEqual(20 + 3 * 2);
});

test("an address has a limit of its own, whoever calls from it, and others are unhindered", async () => {
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

test("anonymous callers are counted by address alone, and apart from members there", async () => {
  const address = randomUUID();
  expect(await passed([newProcess()], "anonymous", Array(9).fill({ person: undefined, address }))).toBe(3);
  expect(await passed([newProcess()], "book", [{ person: randomUUID(), address }])).toBe(1);
});

test("whoever is not known, or has no limit, is not counted as somebody", async () => {
  const { database, consumed } = metered(testDatabase());
  const ctx = newProcess(database);
  // Two of a person and five of an address.
  expect(await passed([ctx], "book", Array(6).fill({ person: undefined, address: randomUUID() }))).toBe(5);
  const calls = consumed().requests;
  expect(calls).toBe(5);
  expect(await passed([ctx], "change", Array(9).fill(newCaller()))).toBe(9);
  expect(consumed().requests).toBe(calls);
});

test("a few calls cost no request, those beyond one in a while", async () => {
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

test("what people do by hand costs nothing under the default limits", async () => {
  const { database, consumed } = metered(testDatabase());
  const ctx = { ...newProcess(database), limits: defaultLimits };
  const caller = newCaller();
  expect(await passed([ctx], "book", Array(3).fill(caller))).toBe(3);
  expect(await passed([ctx], "search", Array(12).fill(caller))).toBe(12);
  expect(consumed().requests).toBe(0);
});

test("counters go away by themselves, soon after their minute", async () => {
  const { database } = newProcess();
  const caller = newCaller();
  await passed([newProcess(database)], "book", [caller]);
  const subject = `book#person#${caller.person}#${new Date(now).toISOString().slice(0, 16)}:00.000Z`;
  const { Item } = await database.client.send(
    new GetCommand({ TableName: database.names.Counters, Key: { subject } }),
  );
  expect(Item).toEqual({ subject, calls: 1, expiresAt: Date.parse(subject.slice(-24)) / 1000 + 120 });
});

test("a table that does not answer within a second lets calls through", async () => {
  const timeout = vi.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort());
  expect(await countCall(newProcess(), "book", newCaller())).toMatchObject({ name: "AbortError" });
  const minute = { start: now, end: new Date(now.getTime() + 60_000) };
  await expect(addCalls(newTestDatabase(), randomUUID(), minute, 1)).rejects.toThrow("aborted");
  expect(timeout.mock.calls).toEqual([[1_000], [1_000]]);
});

test("a table that cannot be reached lets calls through, and the reason comes back once", async () => {
  const names = { ...testDatabase().names, Counters: "no-such-table" };
  const ctx = newProcess({ ...newTestDatabase(), names });
  const caller = newCaller();
  expect(await countCall(ctx, "book", caller)).toMatchObject({ name: "ResourceNotFoundException" });
  expect(await countCall(ctx, "book", caller)).toBeUndefined();
});
