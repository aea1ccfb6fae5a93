import { randomUUID } from "node:crypto";
import { CreateTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { inject } from "vitest";
import { wideLimits } from "../../../api/src/limits/index.ts";
import { type ConnectedDatabase, createDatabase, type Database } from "../database/database.ts";
import { mapTables, type TableNames } from "../database/tables.ts";
import { type Links, linkEnvironment, tableLinks } from "../links.ts";

declare module "vitest" {
  export interface ProvidedContext {
    dynamoEndpoint: string;
    tableNames: TableNames;
    /** The names of tables without streams. */
    quietTableNames: TableNames;
  }
}

let usesStreams = false;

/** Gives this file's tests tables with streams. Writes cost twice as much there, so other files do without. */
export function useStreams(): void {
  if (database) throw new Error("Call useStreams before the database is used");
  usesStreams = true;
}

const currentNames = () => inject(usesStreams ? "tableNames" : "quietTableNames");

let database: Database | undefined;

/** The DynamoDB Local of this test run. */
export function testDatabase(): Database {
  database ??= newTestDatabase();
  return database;
}

/** The same database through a separate client. */
export function newTestDatabase(): ConnectedDatabase {
  linkTestDatabase();
  return createDatabase({ ...currentNames() });
}

/**
 * Creates empty tables like those of the run, for tests that read whole tables. Nothing in them expires, so they can
 * hold items of the past.
 */
export async function newTables(): Promise<TableNames> {
  const { client, names } = testDatabase();
  const newNames = mapTables((table) => `${table}-${randomUUID()}`);
  const created = mapTables(async (table) => {
    const { Table = {} } = await client.send(new DescribeTableCommand({ TableName: names[table] }));
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes = [] } = Table;
    const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
    await client.send(
      new CreateTableCommand({
        TableName: newNames[table],
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions,
        KeySchema,
        ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
      }),
    );
  });
  await Promise.all(Object.values(created));
  return newNames;
}

/**
 * Gives this process the environment of a deployment: the SDK's variables and SST's links, for the run's DynamoDB
 * Local.
 * @param links in addition to, or instead of, the usual ones
 */
export function linkTestDatabase(links: Partial<Links> = {}): void {
  process.env["AWS_ENDPOINT_URL_DYNAMODB"] = inject("dynamoEndpoint");
  process.env["AWS_REGION"] = "us-east-1";
  process.env["AWS_ACCESS_KEY_ID"] = "test";
  process.env["AWS_SECRET_ACCESS_KEY"] = "test";
  const usual = {
    ...tableLinks(currentNames()),
    App: { name: "kumite", stage: "test" },
    Limits: { json: JSON.stringify(wideLimits) },
    PrefetchKey: { value: "the web app's server" },
  };
  Object.assign(process.env, linkEnvironment({ ...usual, ...links }));
}
