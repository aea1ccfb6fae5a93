import {
  tables as definitions,
  type TableDefinition,
  type TableName,
} from "../packages/core/src/database/tables.ts";
import { isProduction } from "./stage.ts";

// A link provides only the name. Each function declares its own permissions on a table.
sst.Linkable.wrap(sst.aws.Dynamo, (table) => ({ properties: { name: table.name } }));

/** The tables as core defines them. */
export const tables = Object.fromEntries(
  Object.entries(definitions).map(([name, definition]) => [name, createTable(name, definition)]),
) as Record<TableName, sst.aws.Dynamo>;

function createTable(name: string, { keys, indexes, stream, timeToLive }: TableDefinition): sst.aws.Dynamo {
  const keyNames = [keys, ...Object.values(indexes)].flatMap(({ hashKey, rangeKey }) =>
    rangeKey === undefined ? [hashKey] : [hashKey, rangeKey],
  );
  const keep = isProduction($app.stage);
  return new sst.aws.Dynamo(name, {
    fields: Object.fromEntries(keyNames.map((key) => [key, "string" as const])),
    primaryIndex: keys,
    globalIndexes: indexes,
    ...(stream && { stream: "new-and-old-images" as const }),
    ...(timeToLive !== undefined && { ttl: timeToLive }),
    deletionProtection: keep,
    transform: {
      table(args, opts) {
        args.pointInTimeRecovery = { enabled: keep };
        opts.protect = keep;
      },
    },
  });
}

/** A permission for these DynamoDB operations on one table. */
export function allow(table: TableName, operations: readonly string[]): sst.aws.FunctionPermissionArgs {
  return {
    actions: operations.map((operation) => `dynamodb:${operation}`),
    resources: [tables[table].arn],
  };
}
