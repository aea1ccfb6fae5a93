/** One transaction, and how each kind of answer to it is handled. */
import { randomUUID } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { dropped, errorAnswer, rejection, testDatabase, wiredDatabase } from "../testing/index.ts";
import { ConflictError, largestTransaction, type TransactItem, transact } from "./transact.ts";

const { Counters } = testDatabase().names;

/** Creates an item, which must not exist yet. */
function insert(subject: string = randomUUID()): TransactItem {
  return {
    Put: {
      TableName: Counters,
      Item: { subject, calls: 1 },
      ConditionExpression: "attribute_not_exists(subject)",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
}

/** Changes an item, which must exist. */
function change(subject: string = randomUUID()): TransactItem {
  return {
    Update: {
      TableName: Counters,
      Key: { subject },
      UpdateExpression: "ADD calls :one",
      ConditionExpression: "attribute_exists(subject)",
      ExpressionAttributeValues: { ":one": 1 },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    },
  };
}

async function stored(subject: string): Promise<unknown> {
  const key = { TableName: Counters, Key: { subject }, ConsistentRead: true };
  return (await testDatabase().client.send(new GetCommand(key))).Item;
}

function canceled(...codes: string[]) {
  return errorAnswer("TransactionCanceledException", {
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
}

type Answer = ReturnType<typeof errorAnswer>;

/** A database with an own answer to each request by its number, and the tokens of the requests that it received. */
function answering(answer: (request: number, send: () => Promise<Answer>) => Answer | Promise<Answer>) {
  const tokens: string[] = [];
  const database = wiredDatabase(async (_, send, input) => {
    tokens.push(JSON.parse(input).ClientRequestToken);
    return answer(tokens.length, send as () => Promise<Answer>);
  });
  return { database, tokens };
}

test("writes all items, and leaves out what is undefined", async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  await transact(testDatabase(), { one: insert(one), nothing: undefined, other: insert(other) });
  expect(await stored(one)).toEqual({ subject: one, calls: 1 });
  expect(await stored(other)).toEqual({ subject: other, calls: 1 });
});

test("writes nothing if conditions fail, and reports which ones, with the present items", async () => {
  const [there, fresh] = [randomUUID(), randomUUID()];
  await transact(testDatabase(), { there: insert(there) });
  const { database, tokens } = answering((_, send) => send());
  const items = { fresh: insert(fresh), nothing: undefined, there: insert(there), missing: change() };
  const error = await rejection(transact(database, items));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ message: "Conflict on there, missing", outcomeUnknown: false });
  expect([...(error as ConflictError).failed]).toEqual([
    ["there", { subject: there, calls: 1 }],
    ["missing", undefined],
  ]);
  expect(tokens).toHaveLength(1);
  expect(await stored(fresh)).toBeUndefined();
});

test("treats an item locked by another transaction as a conflict, and writes nothing", async () => {
  const { database, tokens } = answering(() => canceled("None", "TransactionConflict"));
  const error = await rejection(transact(database, { one: insert(), other: insert() }));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ outcomeUnknown: false, failed: new Map() });
  expect(tokens).toHaveLength(1);
});

test("resends the same transaction after a lost answer and a conflict, at most five times", async () => {
  const { database, tokens } = answering((request) =>
    request === 1 ? Promise.reject(dropped()) : canceled("TransactionConflict"),
  );
  const error = await rejection(transact(database, { one: insert() }));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ outcomeUnknown: true });
  expect(error).not.toHaveProperty("cause");
  // The SDK sends it twice, and then it is sent five more times.
  expect(tokens).toHaveLength(2 + 5);
  expect(new Set(tokens).size).toBe(1);
});

test("a lost answer followed by a failed condition means that nothing was written", async () => {
  const subject = randomUUID();
  await transact(testDatabase(), { there: insert(subject) });
  const { database } = answering((request, send) => (request === 1 ? Promise.reject(dropped()) : send()));
  const error = await rejection(transact(database, { there: insert(subject) }));
  expect(error).toMatchObject({ name: "ConflictError", outcomeUnknown: false });
});

test("without any answer the outcome is unknown, and only the SDK retries", async () => {
  const { database, tokens } = answering(() => Promise.reject(dropped()));
  const error = await rejection(transact(database, { one: insert() }));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ outcomeUnknown: true, failed: new Map(), cause: { code: "ECONNRESET" } });
  expect(tokens).toHaveLength(4);
  expect(new Set(tokens).size).toBe(1);
});

test.each(["ValidationError", "ItemCollectionSizeLimitExceeded"])(
  "an item refused for %s is a defect and is not retried",
  async (code) => {
    const { database, tokens } = answering(() => canceled("None", code));
    const error = await rejection(transact(database, { one: insert(), other: insert() }));
    expect(error).toMatchObject({ name: "TransactionCanceledException" });
    expect(tokens).toHaveLength(1);
  },
);

test("any other error is thrown unchanged", async () => {
  const { database, tokens } = answering(() => errorAnswer("ValidationException"));
  const error = await rejection(transact(database, { one: insert() }));
  expect(error).toMatchObject({ name: "ValidationException" });
  expect(tokens).toHaveLength(1);
});

test("the largest transaction has the size that DynamoDB allows", async () => {
  const items = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}`, insert()]));
  await transact(testDatabase(), items(largestTransaction));
  const error = await rejection(transact(testDatabase(), items(largestTransaction + 1)));
  expect(error).toMatchObject({ name: "ValidationException" });
});
