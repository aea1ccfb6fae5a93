import { createDatabase, type Database } from "@kumite/core/database";
import { tableLinks } from "@kumite/core/links";
import { migrate } from "@kumite/core/migrations";
import { linkTestDatabase, loadItems, newTables, readFormerData } from "@kumite/core/testing";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createHandler } from "./migrate.ts";

const handler = createHandler((milliseconds) => Promise.resolve(waits.push(milliseconds)));
let waits: number[] = [];
let database: Database;

beforeAll(async () => {
  linkTestDatabase();
  const names = await newTables();
  database = createDatabase(names);
  // The handler reads its links once, so they are set before its first call.
  linkTestDatabase(tableLinks(names));
  await loadItems(database, readFormerData().tables);
});

beforeEach(() => {
  waits = [];
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

/** Lambda's context of a call with time for this many batches. */
const timeFor = (batches: number) => ({
  getRemainingTimeInMillis: () => (batches-- > 0 ? 10_001 : 10_000),
});

const isDone = () => migrate({ now: new Date(), database }, { goOn: () => false });

test("works until its time is nearly up, and continues when it is invoked again", async () => {
  expect(await handler({}, timeFor(0))).toEqual({ done: false });
  expect(await handler({}, timeFor(8))).toEqual({ done: false });
  expect(waits).toEqual([]);

  const event = { afterDeployment: true };
  await expect(handler(event, timeFor(8))).rejects.toThrow("deploy again to continue");
  expect(await isDone()).toBe(false);
  // It waits until calls of the previous version have ended.
  expect(waits).toEqual([20_000]);

  expect(await handler(event, timeFor(100))).toEqual({ done: true });
  expect(await isDone()).toBe(true);
  expect(await handler({}, timeFor(0))).toEqual({ done: true });
});
