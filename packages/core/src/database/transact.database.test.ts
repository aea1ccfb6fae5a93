/** One transaction, and what is made of each answer to it. */
import { randomUUID } from "node:crypto";
import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { dropped, errorAnswer, rejection, testDatabase, wiredDatabase } from "../testing/index.ts";
import { ConflictError, largestTransaction, type TransactItem, transact } from "./transact.ts";

const { Counters } = testDatabase().names;

/** Makes a new item; it must not be there. */
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

/** Changes an item; it must be there. */
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

/** A database that answers the n-th request of all by itself; and the tokens of those that came. */
function answering(answer: (request: number, send: () => Promise<Answer>) => Answer | Promise<Answer>) {
  const tokens: string[] = [];
  const database = wiredDatabase(async (_, send, input) => {
    tokens.push(JSON.parse(input).ClientRequestToken);
    return answer(tokens.length, send as () => Promise<Answer>);
  });
  return { database, tokens };
}

test("all is written, and what is undefined is left out", async () => {
  const [one, other] = [randomUUID(), randomUUID()];
  await transact(testDatabase(), { one: insert(one), nothing: undefined, other: insert(other) });
  expect(await stored(one)).toEqual({ subject: one, calls: 1 });
  expect(await stored(other)).toEqual({ subject: other, calls: 1 });
});

test("where conditions fail nothing is written, and it is told which, with the items as they stand", async () => {
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

test("another transaction that holds an item is a conflict, and nothing is done", async () => {
  const { database, tokens } = answering(() => canceled("None", "TransactionConflict"));
  const error = await rejection(transact(database, { one: insert(), other: insert() }));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ outcomeUnknown: false, failed: new Map() });
  expect(tokens).toHaveLength(1);
});

test("where an answer was lost and a conflict followed, the same is sent again, five times at most", async () => {
  const { database, tokens } = answering((request) =>
    request === 1 ? Promise.reject(dropped()) : canceled("TransactionConflict"),
  );
  const error = await rejection(transact(database, { one: insert() }));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ outcomeUnknown: true });
  expect(error).not.toHaveProperty("cause");
  // The SDK has sent it twice, and then it was sent again.
  expect(tokens).toHaveLength(2 + 5);
  expect(new Set(tokens).size).toBe(1);
});

test("where an answer was lost and a condition fails, it was not made", async () => {
  const subject = randomUUID();
  await transact(testDatabase(), { there: insert(subject) });
  const { database } = answering((request, send) => (request === 1 ? Promise.reject(dropped()) : send()));
  const error = await rejection(transact(database, { there: insert(subject) }));
  expect(error).toMatchObject({ name: "ConflictError", outcomeUnknown: false });
});

test("no answer at all may be a change that was made, and is not sent again beyond the SDK's own attempts", async () => {
  const { database, tokens } = answering(() => Promise.reject(dropped()));
  const error = await rejection(transact(database, { one: insert() }));
  expect(error).toBeInstanceOf(ConflictError);
  expect(error).toMatchObject({ outcomeUnknown: true, failed: new Map(), cause: { code: "ECONNRESET" } });
  expect(tokens).toHaveLength(4);
  expect(new Set(tokens).size).toBe(1);
});

test.each(["ValidationError", "ItemCollectionSizeLimitExceeded"])(
  "an item that is refused for %s is a defect, and not sent again",
  async (code) => {
    const { database, tokens } = answering(() => canceled("None", code));
    const error = await rejection(transact(database, { one: insert(), other: insert() }));
    expect(error).toMatchObject({ name: "TransactionCanceledException" });
    expect(tokens).toHaveLength(1);
  },
);

test("whatever else is wrong is told as it is", async () => {
  const { database, tokens } = answering(() => errorAnswer("ValidationException"));
  const error = await rejection(transact(database, { one: insert() }));
  expect(error).toMatchObject({ name: "ValidationException" });
  expect(tokens).toHaveLength(1);
});

test("the largest transaction is the largest that DynamoDB makes", async () => {
  const items = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`${at}`, insert()]));
  await transact(testDatabase(), items(largestTransaction));
  const error = await rejection(transact(testDatabase(), items(largestTransaction + 1)));
  expect(error).toMatchObject({ name: "ValidationException" });
});
