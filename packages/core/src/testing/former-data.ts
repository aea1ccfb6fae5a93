import { readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Database } from "../database/database.ts";
import type { TableName } from "../database/tables.ts";

/** Items of tables, as one version of the code stored them. */
export type StoredItems = Record<FormerTable, Readonly<Record<string, unknown>>[]>;

type FormerTable = "Users" | "Availabilities" | "Openings" | "Meetings" | "Calendar";

export const formerTables: readonly FormerTable[] = [
  "Users",
  "Availabilities",
  "Openings",
  "Meetings",
  "Calendar",
] satisfies TableName[];

const fixtures = path.join(import.meta.dirname, "..", "migrations", "fixtures");

/**
 * Reads the data that a former version wrote (see the fixtures' README). All of its availabilities are after
 * `writtenAt`.
 */
export function readFormerData(name = "0000-before-revisions"): { writtenAt: string; tables: StoredItems } {
  const file = readFileSync(path.join(fixtures, `${name}.json.gz`));
  return JSON.parse(gunzipSync(file).toString());
}

/** Stores items as they are. */
export async function loadItems({ client, names }: Database, items: StoredItems): Promise<void> {
  const puts = formerTables.flatMap((table) =>
    items[table].map((Item) => ({ name: names[table], request: { PutRequest: { Item } } })),
  );
  // DynamoDB accepts 25 in one request.
  for (let at = 0; at < puts.length; at += 25) {
    const byTable = Map.groupBy(puts.slice(at, at + 25), ({ name }) => name);
    const requests = [...byTable].map(([name, some]) => [name, some.map(({ request }) => request)]);
    await client.send(new BatchWriteCommand({ RequestItems: Object.fromEntries(requests) }));
  }
}
