import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { wideLimits } from "@kumite/api/limits";
import { type ConnectedDatabase, createDatabase } from "@kumite/core/database";
import type { TableName } from "@kumite/core/database/tables";
import { linkEnvironment, tableLinks } from "@kumite/core/links";
import { createTables, startDynamo } from "@kumite/local";

/** A separate DynamoDB Local for a benchmark, in memory, with the tables. */
export interface Engine {
  readonly database: ConnectedDatabase;
  /**
   * The environment of a process that uses this engine as when deployed: the SDK's variables and SST's links to the
   * tables.
   */
  readonly environment: Readonly<Record<string, string>>;
  readonly endpoint: string;
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/** An item and its table. */
export interface Stored {
  readonly table: TableName;
  readonly item: Record<string, unknown>;
}

export async function startEngine(): Promise<Engine> {
  const dynamo = await startDynamo();
  const names = await createTables(dynamo.endpoint);
  const environment = {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    ...linkEnvironment({
      App: { name: "kumite", stage: "bench" },
      CursorKey: { value: "bench" },
      // All calls come from one address here, as on the embedded stack.
      Limits: { json: JSON.stringify(wideLimits) },
      PrefetchKey: { value: "bench" },
      ...tableLinks(names),
    }),
  };
  Object.assign(process.env, environment);
  const database = createDatabase(names);
  return {
    database,
    environment,
    endpoint: dynamo.endpoint,
    pid: dynamo.process.child.pid,
    async stop() {
      database.client.destroy();
      await dynamo.stop();
    },
  };
}

/** Puts items into their tables in batches, without conditions. */
export async function load({ database }: Engine, items: readonly Stored[]): Promise<void> {
  const batches: Stored[][] = [];
  for (let at = 0; at < items.length; at += 25) batches.push(items.slice(at, at + 25));
  const send = async () => {
    for (let batch = batches.pop(); batch; batch = batches.pop()) {
      const RequestItems: Record<string, { PutRequest: { Item: Record<string, unknown> } }[]> = {};
      for (const { table, item } of batch) {
        const name = database.names[table];
        RequestItems[name] = [...(RequestItems[name] ?? []), { PutRequest: { Item: item } }];
      }
      const { UnprocessedItems = {} } = await database.client.send(new BatchWriteCommand({ RequestItems }));
      if (Object.keys(UnprocessedItems).length > 0) throw new Error("DynamoDB Local left items unprocessed");
    }
  };
  await Promise.all(Array.from({ length: 8 }, send));
}
