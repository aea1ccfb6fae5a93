/** Batch reads by key, and keys that DynamoDB leaves unread. */
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test, vi } from "vitest";
import { Unavailable } from "../errors.ts";
import { testDatabase } from "../testing/database.ts";
import { answer, wiredDatabase } from "../testing/wire.ts";
import { batchGet } from "./batch-get.ts";
import type { TableName } from "./tables.ts";

/** A fake timer: the requested waits in milliseconds, and whether waits fail. */
const clock = vi.hoisted(() => ({ waits: [] as number[], isStopped: false }));
vi.mock("node:timers/promises", () => ({
  setTimeout: async (milliseconds: number) => {
    clock.waits.push(milliseconds);
    if (clock.isStopped) throw new Error("stopped");
  },
}));

const { client, names } = testDatabase();

interface BatchInput {
  RequestItems: Record<string, { Keys: object[]; ConsistentRead: boolean }>;
}

async function put(table: TableName, Item: object): Promise<void> {
  await client.send(new PutCommand({ TableName: names[table], Item }));
}

test("returns items by table, with strong consistency, from one request", async () => {
  const id = randomUUID();
  const stored: [TableName, object][] = [
    ["Users", { username: id }],
    ["Availabilities", { owner: id, id }],
    ["Openings", { cohort: id, opening: id }],
    ["Meetings", { id }],
    ["Calendar", { username: id, entry: id }],
    ["Community", { id }],
    ["Counters", { subject: id }],
    ["Migrations", { id }],
  ];
  for (const [table, item] of stored) await put(table, item);
  await put("Meetings", { id: `${id}2` });
  const inputs: BatchInput[] = [];
  const wired = wiredDatabase((_, send, input) => {
    inputs.push(JSON.parse(input));
    return send();
  });
  const keys = Object.fromEntries(stored.map(([table, key]) => [table, [key]]));
  const found = await batchGet(wired, { ...keys, Meetings: [{ id }, { id: "none" }, { id: `${id}2` }] });
  expect(found).toEqual({
    ...keys,
    Meetings: expect.toSatisfy((items: object[]) => items.length === 2),
  });
  expect(found.Meetings).toEqual(expect.arrayContaining([{ id }, { id: `${id}2` }]));
  expect(inputs).toHaveLength(1);
  for (const { ConsistentRead } of Object.values(inputs[0]?.RequestItems ?? {}))
    expect(ConsistentRead).toBe(true);
});

test("sends no request if there is nothing to read", async () => {
  const wired = wiredDatabase(() => expect.unreachable("Nothing is to be read"));
  const nothing = {
    Users: [],
    Availabilities: [],
    Openings: [],
    Meetings: [],
    Calendar: [],
    Community: [],
    Counters: [],
    Migrations: [],
  };
  expect(await batchGet(wired, {})).toEqual(nothing);
  expect(await batchGet(wired, { Users: [] })).toEqual(nothing);
});

test.each([
  [100, [100]],
  [101, [1, 100]],
  [200, [100, 100]],
])("reads %d keys in requests of at most a hundred", async (count, sizes) => {
  const sent: number[] = [];
  const wired = wiredDatabase(async (_, __, input) => {
    const { RequestItems } = JSON.parse(input) as BatchInput;
    const requested = Object.entries(RequestItems);
    sent.push(requested.reduce((sum, [, { Keys }]) => sum + Keys.length, 0));
    return answer({ Responses: Object.fromEntries(requested.map(([name, { Keys }]) => [name, Keys])) });
  });
  const users = Array.from({ length: count - 30 }, (_, at) => ({ username: `${100 + at}` }));
  const meetings = Array.from({ length: 30 }, (_, at) => ({ id: `${100 + at}` }));
  const { Users, Meetings } = await batchGet(wired, { Users: users, Meetings: meetings });
  expect(sent.sort((a, b) => a - b)).toEqual(sizes);
  const inOrder = (items: object[]) => items.map((item) => JSON.stringify(item)).sort();
  expect(inOrder(Users)).toEqual(inOrder(users));
  expect(inOrder(Meetings)).toEqual(inOrder(meetings));
});

test("reads again only the keys that were left unread", async () => {
  const keys = ["a", "b", "c"].map((id) => ({ id: `${id}${randomUUID()}` }));
  for (const key of keys) await put("Meetings", key);
  const asked: number[] = [];
  const wired = wiredDatabase(async (_, send, input) => {
    const { Keys = [] } = (JSON.parse(input) as BatchInput).RequestItems[names.Meetings] ?? {};
    asked.push(Keys.length);
    const [first, ...rest] = Keys;
    if (rest.length === 0) return send();
    return answer({
      Responses: { [names.Meetings]: [first] },
      UnprocessedKeys: { [names.Meetings]: { Keys: rest, ConsistentRead: true } },
    });
  });
  expect((await batchGet(wired, { Meetings: keys })).Meetings).toEqual(keys);
  expect(asked).toEqual([3, 2, 1]);
});

describe("if nothing is read", () => {
  async function outcomeOf(): Promise<{ tries: number; error: unknown }> {
    vi.spyOn(Math, "random").mockReturnValue(0.5);
    clock.waits.length = 0;
    let tries = 0;
    const wired = wiredDatabase(async (_, __, input) => {
      tries += 1;
      return answer({ UnprocessedKeys: (JSON.parse(input) as BatchInput).RequestItems });
    });
    const error = await batchGet(wired, { Users: [{ username: "anna" }] }).catch((error: unknown) => error);
    return { tries, error };
  }

  test("the longest wait doubles with each attempt, and it gives up after eight attempts", async () => {
    expect(await outcomeOf()).toEqual({ tries: 8, error: expect.any(Unavailable) });
    expect(clock.waits).toEqual([5, 10, 20, 40, 80, 160, 320]);
  });

  test("waits before the next attempt", async () => {
    clock.isStopped = true;
    expect(await outcomeOf()).toEqual({ tries: 1, error: new Error("stopped") });
    clock.isStopped = false;
  });
});
