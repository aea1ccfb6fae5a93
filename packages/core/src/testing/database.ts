import { randomUUID } from "node:crypto";
import { CreateTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { inject } from "vitest";
import { wideLimits } from "../../../api/src/limits/index.ts";
import { type ConnectedDatabase, createDatabase, type Database } from "../database/database.ts";
import type { TableName } from "../database/tables.ts";

declare module "vitest" {
  export interface ProvidedContext {
    dynamoEndpoint: string;
    tableNames: Readonly<Record<TableName, string>>;
    /** Of tables without streams. */
    quietTableNames: Readonly<Record<TableName, string>>;
  }
}

let usesStreams = false;

/** Gives this file's tests tables with streams. A write costs twice as much there, so that the others do without. */
export function useStreams(): void {
  if (database) throw new Error("Call useStreams before the database is used");
  usesStreams = true;
}

const currentNames = () => inject(usesStreams ? "tableNames" : "quietTableNames");

let database: Database | undefined;

/** The run's DynamoDB Local. */
export function testDatabase(): Database {
  database ??= newTestDatabase();
  return database;
}

/** The run's DynamoDB Local through a client of its own. */
export function newTestDatabase(): ConnectedDatabase {
  linkTestDatabase();
  return createDatabase({ ...currentNames() });
}

/**
 * Empty tables like the run's, for what looks at whole tables. Nothing in them expires, so that they can take items of days
 * that are long over.
 */
export async function newTables(): Promise<Record<TableName, string>> {
  const { client, names } = testDatabase();
  const created = Object.entries(names).map(async ([table, like]) => {
    const { Table = {} } = await client.send(new DescribeTableCommand({ TableName: like }));
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes = [] } = Table;
    const TableName = `${table}-${randomUUID()}`;
    const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions,
        KeySchema,
        ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
      }),
    );
    return [table, TableName] as const;
  });
  return Object.fromEntries(await Promise.all(created)) as Record<TableName, string>;
}

/** Makes this process what a deployment over the run's DynamoDB Local is: the SDK's environment and SST's links. */
export function linkTestDatabase(): void {
  process.env["AWS_ENDPOINT_URL_DYNAMODB"] = inject("dynamoEndpoint");
  process.env["AWS_REGION"] = "us-east-1";
  process.env["AWS_ACCESS_KEY_ID"] = "test";
  process.env["AWS_SECRET_ACCESS_KEY"] = "test";
  process.env["SST_RESOURCE_App"] = JSON.stringify({ name: "kumite", stage: "test" });
  process.env["SST_RESOURCE_Limits"] = JSON.stringify({ json: JSON.stringify(wideLimits) });
  process.env["SST_RESOURCE_PrefetchKey"] = JSON.stringify({ value: "the web app's server" });
  for (const [table, name] of Object.entries(currentNames())) {
    process.env[`SST_RESOURCE_${table}`] = JSON.stringify({ name });
  }
}
