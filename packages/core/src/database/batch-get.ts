import { setTimeout as sleep } from "node:timers/promises";
import { BatchGetCommand, type BatchGetCommandInput } from "@aws-sdk/lib-dynamodb";
import { Unavailable } from "../errors.ts";
import type { Database } from "./database.ts";
import type { TableName } from "./tables.ts";

type Key = Record<string, string>;
type Requests = NonNullable<BatchGetCommandInput["RequestItems"]>;

/** What DynamoDB reads in one request. */
const largestBatch = 100;

/**
 * Reads items by key with strong consistency, in no particular order; those that do not exist are left out.
 * One request a hundred keys, over all tables together.
 * @param keys by table, none twice
 */
export async function batchGet(
  database: Database,
  keys: Partial<Record<TableName, readonly Key[]>>,
): Promise<Record<TableName, Record<string, unknown>[]>> {
  const found: Record<TableName, Record<string, unknown>[]> = {
    Users: [],
    Availabilities: [],
    Openings: [],
    Meetings: [],
    Calendar: [],
    Community: [],
    Counters: [],
    Migrations: [],
  };
  const wanted = Object.entries(keys).flatMap(([table, tableKeys]) =>
    tableKeys.map((key) => ({ table: table as TableName, key })),
  );
  const batches: Promise<void>[] = [];
  for (let at = 0; at < wanted.length; at += largestBatch) {
    batches.push(readBatch(database, wanted.slice(at, at + largestBatch), found));
  }
  await Promise.all(batches);
  return found;
}

async function readBatch(
  database: Database,
  wanted: { table: TableName; key: Key }[],
  found: Record<TableName, Record<string, unknown>[]>,
): Promise<void> {
  let pending: Requests = {};
  for (const { table, key } of wanted) {
    const name = database.names[table];
    const Keys = [...(pending[name]?.Keys ?? []), key];
    pending[name] = { Keys, ConsistentRead: true };
  }
  // DynamoDB leaves keys unprocessed when an answer would exceed 16 MB or a table is throttled.
  for (let round = 0; round < 8; round++) {
    if (round > 0) await sleep(Math.random() * 5 * 2 ** round);
    const answer = await database.client.send(new BatchGetCommand({ RequestItems: pending }));
    for (const table of Object.keys(found) as TableName[]) {
      found[table].push(...(answer.Responses?.[database.names[table]] ?? []));
    }
    pending = answer.UnprocessedKeys ?? {};
    if (Object.keys(pending).length === 0) return;
  }
  throw new Unavailable("The database left keys unread");
}
