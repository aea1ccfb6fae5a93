import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { Resource } from "sst/resource";
import { mapTables, type TableNames } from "./tables.ts";

/** The document client under our own name, so that the SDK's inferred types do not become part of the API's types. */
export interface DocumentClient extends DynamoDBDocumentClient {}

export interface Database {
  readonly client: Pick<DocumentClient, "send">;
  readonly names: TableNames;
}

/** A database with the full client, not only its `send`. */
export interface ConnectedDatabase extends Database {
  readonly client: DocumentClient;
}

/**
 * Settings that the SDK would otherwise read from the environment and AWS's files on the first request, which adds some
 * milliseconds to a cold start.
 */
const defaults = {
  defaultsMode: "standard",
  retryMode: "standard",
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  accountIdEndpointMode: "disabled",
  userAgentAppId: "",
} as const;

/**
 * Connects to the tables in `names`. Endpoint, region and credentials come from the SDK's own environment variables.
 */
export function createDatabase(
  names: TableNames = mapTables((table) => Resource[table].name),
): ConnectedDatabase {
  const client = new DynamoDBClient({
    ...defaults,
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: 3_000,
      throwOnRequestTimeout: true,
      // A request that waits for a socket counts as unable to connect. Lambda runs one call at a time, so many sockets
      // are only needed if one process serves many calls at once, as in the embedded stack.
      httpAgent: { maxSockets: 1_000 },
    },
  });
  // It copies every request and answer for a logger that we do not use, which costs a tenth of a booking's processor
  // time.
  client.middlewareStack.remove("loggerMiddleware");
  return {
    client: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    names,
  };
}
