/** Each fault as the SDK sees it, and whether the request reached the database. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import {
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type FaultName, faultNames } from "../src/faults/kinds.ts";
import { type FaultProxy, startFaultProxy } from "../src/faults/proxy.ts";

let database: Server;
let asked: unknown[] = [];
let proxy: FaultProxy;
let client: DynamoDBClient;

const Item = { id: { S: "a" }, text: { S: "ä".repeat(2_000) } };

beforeAll(async () => {
  database = createServer(async (request, response) => {
    asked.push(await json(request));
    response.writeHead(200, { "content-type": "application/x-amz-json-1.0" });
    response.end(JSON.stringify({ Item }));
  });
  database.listen(0, "127.0.0.1");
  await once(database, "listening");
  proxy = await startFaultProxy(1);
  proxy.forwardTo(`http://127.0.0.1:${(database.address() as AddressInfo).port}`);
  client = new DynamoDBClient({
    endpoint: proxy.url,
    region: "us-east-1",
    credentials: { accessKeyId: "proof", secretAccessKey: "proof" },
    maxAttempts: 1,
    // Longer than a slow answer takes.
    requestHandler: { requestTimeout: 2_500, throwOnRequestTimeout: true },
  });
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  client?.destroy();
  await proxy?.stop();
  database?.close();
});

const get = () => client.send(new GetItemCommand({ TableName: "t", Key: { id: { S: "a" } } }));
const put = () => client.send(new PutItemCommand({ TableName: "t", Item }));
const batchGet = () =>
  client.send(new BatchGetItemCommand({ RequestItems: { t: { Keys: [{ id: { S: "a" } }] } } }));
const Put = { TableName: "t", Item };
const transact = () => client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put }, { Put }] }));

test("passes requests and answers unchanged without faults", async () => {
  proxy.fail(0);
  expect((await get()).Item).toEqual(Item);
  expect(asked).toEqual([{ TableName: "t", Key: { id: { S: "a" } } }]);
});

/** The SDK's outcome for each fault, and how often the request reached the database. */
const seen: Record<FaultName, [call: () => Promise<unknown>, outcome: object, asked: number]> = {
  "throttled: table": [get, { name: "ProvisionedThroughputExceededException", $retryable: {} }, 0],
  "throttled: service": [get, { name: "ThrottlingException" }, 0],
  "throttled: account": [get, { name: "RequestLimitExceeded" }, 0],
  "throttled: an item of a transaction": [transact, canceled("ThrottlingError"), 0],
  "throttled: keys left unread": [batchGet, { UnprocessedKeys: { t: { Keys: [{ id: { S: "a" } }] } } }, 0],
  "conflict: transaction canceled": [transact, canceled("TransactionConflict"), 0],
  "conflict: transaction in progress": [transact, { name: "TransactionInProgressException" }, 0],
  "conflict: write beside a transaction": [put, { name: "TransactionConflictException" }, 0],
  "service: 500": [get, { name: "InternalServerError", $fault: "server" }, 0],
  "service: 503": [get, { name: "ServiceUnavailable", $metadata: { httpStatusCode: 503 } }, 0],
  "timeout before the commit": [get, { name: "TimeoutError" }, 0],
  "timeout after the commit": [get, { name: "TimeoutError" }, 1],
  "reset before the commit": [get, { code: "ECONNRESET" }, 0],
  "reset after the commit": [get, { code: "ECONNRESET" }, 1],
  "reset in the middle of the answer": [get, { code: "ECONNRESET" }, 1],
  "slow on the way there": [get, { Item }, 1],
  "slow on the way back": [get, { Item }, 1],
};

function canceled(reason: string) {
  const CancellationReasons = expect.arrayContaining([
    { Code: "None" },
    expect.objectContaining({ Code: reason }),
  ]);
  return { name: "TransactionCanceledException", CancellationReasons };
}

describe("what the SDK sees", () => {
  test.each(faultNames)("%s", async (name) => {
    const [call, outcome, times] = seen[name];
    const before = proxy.counts()[name];
    proxy.fail(100, [name]);
    expect(await call().catch((error: unknown) => error)).toMatchObject(outcome);
    expect(asked).toHaveLength(times);
    expect(proxy.counts()[name]).toBe(before + 1);
  });
});

test("injects a fault only into requests that can have it", async () => {
  proxy.fail(100, ["conflict: transaction canceled"]);
  expect((await get()).Item).toEqual(Item);
});
