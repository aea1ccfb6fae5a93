import { BatchGetCommand, type BatchGetCommandInput } from "@aws-sdk/lib-dynamodb";
import { Unavailable } from "../errors.ts";
import type { Database } from "./database.ts";
import type { TableItem, TableKey } from "./records.ts";
import { mapTables, type TableName } from "./tables.ts";

type Requests = NonNullable<BatchGetCommandInput["RequestItems"]>;

/** The number of keys that DynamoDB reads in one request. */
const largestBatch = 100;

/** The result of a batch read, by table. */
export type Found = { [Table in TableName]: TableItem<Table>[] };

/**
 * Reads items by key with strong consistency, in no particular order. Items that do not exist are left out. Sends one
 * request for each hundred keys, across all tables.
 * @param keys by table, each only once
 * @throws Unavailable if the database leaves keys unread
 */
export async function batchGet(
  database: Database,
  keys: { readonly [Table in TableName]?: readonly TableKey<Table>[] },
): Promise<Found> {
  const wanted = Object.entries(keys).flatMap(([table, tableKeys]) =>
    tableKeys.map((key) => ({ table: table as TableName, key })),
  );
  const batches: Promise<Items>[] = [];
  for (let at = 0; at < wanted.length; at += largestBatch) {
    batches.push(readBatch(database, wanted.slice(at, at + largestBatch)));
  }
  const read = await Promise.all(batches);
  // The module that stores items in a table declares their type in `TableRecords`.
  return mapTables((table) => read.flatMap((items) => items[database.names[table]] ?? [])) as Found;
}

/** Items by the real name of their table in the database. */
type Items = Record<string, Record<string, unknown>[]>;

async function readBatch(
  database: Database,
  wanted: readonly { table: TableName; key: Record<string, string> }[],
): Promise<Items> {
  const items: Items = {};
  let pending: Requests = {};
  for (const { table, key } of wanted) {
    const name = database.names[table];
    const Keys = [...(pending[name]?.Keys ?? []), key];
    pending[name] = { Keys, ConsistentRead: true };
  }
  // DynamoDB leaves keys unprocessed if an answer would exceed 16 MB or a table is throttled. p-retry does not fit: it
  // repeats a failed call, but here each call succeeds and leaves a smaller one to do.
  for (let round = 0; round < 8; round++) {
    if (round > 0) {
      // Loaded only when it is needed, which is rare.
      const { setTimeout: sleep } = await import("node:timers/promises");
      await sleep(Math.random() * 5 * 2 ** round);
    }
    const answer = await database.client.send(new BatchGetCommand({ RequestItems: pending }));
    for (const [name, found] of Object.entries(answer.Responses ?? {})) {
      items[name] = [...(items[name] ?? []), ...found];
    }
    pending = answer.UnprocessedKeys ?? {};
    if (Object.keys(pending).length === 0) return items;
  }
  throw new Unavailable("The database left keys unread");
}
