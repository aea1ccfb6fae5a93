import type { DynamoDBRecord } from "aws-lambda";
import { describe, expect, test, vi } from "vitest";
import { FunctionsAway } from "../lambda/host.ts";
import { type DeadLetter, type DeliveryOptions, deliver, firstFailure } from "./delivery.ts";

function recordsOf(count: number, at = Date.now() / 1_000): DynamoDBRecord[] {
  return Array.from({ length: count }, (_, index) => ({
    eventSourceARN: "arn",
    dynamodb: { SequenceNumber: String(index), ApproximateCreationDateTime: at },
  }));
}

const numbers = (records: readonly DynamoDBRecord[]) =>
  records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));

/** Delivers records to a function, which gets their numbers and returns those that failed, or throws. */
async function delivered(
  records: DynamoDBRecord[],
  answer: (batch: number[]) => unknown,
  options: Partial<DeliveryOptions> = {},
) {
  const batches: number[][] = [];
  const letters: DeadLetter[] = [];
  await deliver(
    {
      invoke: async ({ Records }) => {
        batches.push(numbers(Records));
        return await answer(numbers(Records));
      },
      maximumRetryAttempts: 3,
      maximumRecordAgeSeconds: 60,
      timeoutSeconds: 60,
      firstRetryMs: 0,
      discard: async (letter) => void letters.push(letter),
      signal: new AbortController().signal,
      ...options,
    },
    "shard",
    records,
  );
  return { batches, letters };
}

const failing = (...failed: number[]) => ({
  batchItemFailures: failed.map((number) => ({ itemIdentifier: String(number) })),
});

describe("a function's answer", () => {
  const batch = recordsOf(3);

  test.each([undefined, null, {}, { batchItemFailures: null }, { batchItemFailures: [] }, "done"])(
    "%j means success",
    (answer) => expect(firstFailure(answer, batch)).toBeUndefined(),
  );

  test("lists failed records: the first of them counts", () => {
    expect(firstFailure(failing(2, 1), batch)).toBe(1);
  });

  test.each([
    failing(9),
    { batchItemFailures: [{}] },
    { batchItemFailures: [{ itemIdentifier: "" }] },
    { batchItemFailures: [null] },
    { batchItemFailures: 1 },
  ])("%j names no record of the batch: all failed", (answer) => expect(firstFailure(answer, batch)).toBe(0));
});

test("delivers processed records once", async () => {
  expect(await delivered(recordsOf(3), () => undefined)).toEqual({ batches: [[0, 1, 2]], letters: [] });
  expect(await delivered([], () => undefined)).toEqual({ batches: [], letters: [] });
});

test("continues at the first record that the function names", async () => {
  const answers = [failing(3, 2), undefined];
  const { batches, letters } = await delivered(recordsOf(5), () => answers.shift());
  expect(batches).toEqual([
    [0, 1, 2, 3, 4],
    [2, 3, 4],
  ]);
  expect(letters).toEqual([]);
});

test("splits a failing batch until the failing record is alone; that becomes a dead letter, and the rest is processed", async () => {
  const taken: number[] = [];
  const { batches, letters } = await delivered(recordsOf(8), (batch) => {
    if (batch.includes(5)) throw new Error("as asked");
    taken.push(...batch);
  });
  expect(taken).toEqual([0, 1, 2, 3, 4, 6, 7]);
  // The first attempt and three retries.
  expect(batches.filter((batch) => batch.length === 1 && batch[0] === 5)).toHaveLength(4);
  expect(letters).toEqual([
    {
      requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 4 },
      version: "1.0",
      timestamp: expect.any(String),
      DDBStreamBatchInfo: {
        shardId: "shard",
        startSequenceNumber: "5",
        endSequenceNumber: "5",
        batchSize: 1,
        streamArn: "arn",
      },
    },
  ]);
});

test("a record that the function names in every attempt becomes a dead letter too", async () => {
  const { letters, batches } = await delivered(recordsOf(4), (batch) =>
    batch.includes(1) ? failing(1) : undefined,
  );
  expect(letters.map(({ DDBStreamBatchInfo }) => DDBStreamBatchInfo.startSequenceNumber)).toEqual(["1"]);
  expect(batches.slice(-2)).toEqual([[2], [3]]);
  expect(batches.length).toBeLessThan(10);
});

test("delivers records that fail for a while later, and in order", async () => {
  let calls = 0;
  const taken: number[] = [];
  const { letters } = await delivered(recordsOf(4), (batch) => {
    if (++calls <= 4) throw new Error("as asked");
    taken.push(...batch);
  });
  expect(taken).toEqual([0, 1, 2, 3]);
  expect(letters).toEqual([]);
});

test("counts no attempt while no function is running", async () => {
  let calls = 0;
  const { letters, batches } = await delivered(
    recordsOf(1),
    () => {
      if (++calls <= 3) throw new FunctionsAway("starting");
    },
    { maximumRetryAttempts: 0 },
  );
  expect(batches).toHaveLength(4);
  expect(letters).toEqual([]);
});

test("a call that never ends fails", async () => {
  const answers = [new Promise(() => {}), undefined];
  const { batches } = await delivered(recordsOf(1), () => answers.shift(), { timeoutSeconds: 0.01 });
  expect(batches).toEqual([[0], [0]]);
});

test("does not try records that are too old", async () => {
  const old = recordsOf(1, Date.now() / 1_000 - 61);
  const { batches, letters } = await delivered([...old, ...recordsOf(1)], () => undefined);
  expect(batches).toEqual([[0]]);
  expect(letters).toMatchObject([
    { requestContext: { condition: "RecordAgeExceeded", approximateInvokeCount: 0 } },
  ]);
});

test("keeps each event within Lambda's size limit", async () => {
  const long = { NewImage: { text: { S: "x".repeat(2 * 1024 * 1024) } } };
  const records = recordsOf(5).map((each) => ({ ...each, dynamodb: { ...each.dynamodb, ...long } }));
  const { batches } = await delivered(records, () => undefined);
  expect(batches.flat()).toEqual([0, 1, 2, 3, 4]);
  expect(Math.max(...batches.map((batch) => batch.length))).toBe(2);
});

test("stops between two attempts", async () => {
  const stopping = new AbortController();
  const invoke = vi.fn(() => {
    stopping.abort(new Error("stopped"));
    throw new Error("as asked");
  });
  await expect(delivered(recordsOf(1), invoke, { signal: stopping.signal })).rejects.toThrow("stopped");
  expect(invoke).toHaveBeenCalledTimes(1);
});
