import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  DeleteTableCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import type { TableNames } from "@kumite/core/database/tables";
import type { DynamoDBRecord } from "aws-lambda";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTables, type Dynamo, startDynamo } from "../src/dynamo.ts";
import { type EventSource, startEventSource } from "../src/streams/event-source.ts";

const access = { region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
let dynamo: Dynamo;
let client: DynamoDBClient;
let directory: string;

beforeAll(async () => {
  dynamo = await startDynamo();
  client = new DynamoDBClient({ endpoint: dynamo.endpoint, ...access });
  directory = await mkdtemp(path.join(tmpdir(), "kumite-streams-"));
});
afterAll(async () => {
  client.destroy();
  await dynamo.stop();
  await rm(directory, { recursive: true });
});

let set = 0;
/** Creates separate tables for a test. */
const newTables = (): Promise<TableNames> => createTables(dynamo.endpoint, `set${++set}-`);

function put(table: string, username: string, fields: Record<string, string> = {}) {
  const Item = { username: { S: username }, seats: { M: {} }, cohort: { NULL: true as const } };
  const texts = Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, { S: text }]));
  return client.send(new PutItemCommand({ TableName: table, Item: { ...Item, ...texts } }));
}

interface Received {
  source: EventSource;
  batches: DynamoDBRecord[][];
  users: () => string[];
}

async function receiving(
  names: TableNames,
  answer: (batch: DynamoDBRecord[]) => unknown = () => undefined,
  options: Partial<Parameters<typeof startEventSource>[0]> = {},
): Promise<Received> {
  const batches: DynamoDBRecord[][] = [];
  const source = await startEventSource({
    endpoint: dynamo.endpoint,
    tables: [names.Users, names.Meetings],
    invoke: async ({ Records }) => {
      batches.push([...Records]);
      return await answer([...Records]);
    },
    batchSize: 10,
    parallelizationFactor: 2,
    maximumRetryAttempts: 2,
    maximumRecordAgeSeconds: 600,
    timeoutSeconds: 30,
    firstRetryMs: 1,
    ...options,
  });
  return { source, batches, users: () => batches.flat().map(userOf) };
}

function userOf({ dynamodb }: DynamoDBRecord): string {
  return String(dynamodb?.Keys?.["username"]?.S);
}

test("delivers records from before and after its start in batches, as Lambda does, in order for each item", async () => {
  const names = await newTables();
  for (let at = 0; at < 25; at++) await put(names.Users, `before${at}`);
  const { source, batches, users } = await receiving(names);
  for (let at = 0; at < 6; at++) await put(names.Users, "ann", { name: String(at) });
  await source.settled();
  expect(
    users()
      .filter((name) => name.startsWith("before"))
      .sort(),
  ).toHaveLength(25);
  for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(10);
  const ofAnn = batches.flat().filter((record) => userOf(record) === "ann");
  expect(ofAnn.map(({ dynamodb }) => dynamodb?.NewImage?.["name"]?.S)).toEqual([
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
  ]);
  expect(ofAnn[1]).toMatchObject({
    eventName: "MODIFY",
    eventSource: "aws:dynamodb",
    awsRegion: "us-east-1",
    eventSourceARN: expect.stringContaining(`:table/${names.Users}/stream/`),
    dynamodb: {
      Keys: { username: { S: "ann" } },
      OldImage: { name: { S: "0" }, seats: { M: {} }, cohort: { NULL: true } },
      NewImage: { name: { S: "1" }, seats: { M: {} } },
      ApproximateCreationDateTime: expect.any(Number),
      SequenceNumber: expect.any(String),
    },
  });
  await source.stop();
});

test("puts failing records into the dead letters, and delivers those after them", async () => {
  const names = await newTables();
  const { source, users } = await receiving(names, (batch) => {
    if (batch.some((record) => userOf(record) === "poison")) throw new Error("as asked");
  });
  for (const name of ["a", "poison", "b"]) await put(names.Users, name);
  await source.settled();
  await put(names.Users, "c");
  await source.settled();
  expect(new Set(users())).toEqual(new Set(["a", "poison", "b", "c"]));
  expect(source.deadLetters()).toMatchObject([
    { requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 3 } },
  ]);
  await source.stop();
});

test("continues after a restart: delivers what was under way again, and not what was done", async () => {
  const names = await newTables();
  const options = {
    positionsFile: path.join(directory, "streams.json"),
    deadLettersFile: path.join(directory, "dead-letters.json"),
  };
  const first = await receiving(
    names,
    (batch) => {
      if (batch.some((record) => userOf(record) === "poison")) throw new Error("as asked");
    },
    options,
  );
  for (const name of ["done", "poison"]) await put(names.Users, name);
  await first.source.settled();
  await first.source.stop();

  const second = await receiving(names, () => new Promise(() => {}), options);
  await put(names.Users, "under way");
  await expect.poll(second.users, { timeout: 20_000 }).toEqual(["under way"]);
  await second.source.stop();
  await put(names.Users, "meanwhile");

  const third = await receiving(names, () => undefined, options);
  await third.source.settled();
  expect(third.users().sort()).toEqual(["meanwhile", "under way"]);
  expect(third.source.deadLetters()).toHaveLength(1);
  await third.source.stop();
});

test("settled waits for what a batch has written", async () => {
  const names = await newTables();
  const { source, users } = await receiving(names, async (batch) => {
    for (const record of batch) {
      const [, count] = /^step(\d+)$/.exec(userOf(record)) ?? [];
      if (Number(count) < 5) await put(names.Users, `step${Number(count) + 1}`);
    }
  });
  await put(names.Users, "step1");
  await source.settled();
  expect(users()).toEqual(["step1", "step2", "step3", "step4", "step5"]);
  await source.stop();
});

test("follows a table that is recreated", async () => {
  const names = await newTables();
  const { source, users } = await receiving(names);
  await put(names.Users, "before");
  await source.settled();
  await client.send(new DeleteTableCommand({ TableName: names.Users }));
  await createTables(dynamo.endpoint, `set${set}-`);
  await put(names.Users, "after");
  await source.settled();
  expect(users()).toEqual(["before", "after"]);
  await source.stop();
});

test("adds a stream to a table that has none", async () => {
  const prefix = `set${set + 1}-`;
  const names = await newTables();
  const off = { TableName: names.Users, StreamSpecification: { StreamEnabled: false } };
  await client.send(new UpdateTableCommand(off));
  await createTables(dynamo.endpoint, prefix);
  const { source, users } = await receiving(names);
  await put(names.Users, "ann");
  await source.settled();
  expect(users()).toEqual(["ann"]);
  await source.stop();
});
