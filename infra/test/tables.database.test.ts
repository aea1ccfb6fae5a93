import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, inject, test } from "vitest";
import type { TableName } from "../../packages/core/src/database/tables.ts";
import { ofType, only } from "./declared.ts";
import type { Declared } from "./scenario.ts";

const stages = inject("stages");
const each = Object.entries({
  simple: stages.simple,
  personal: stages.personal,
  dev: stages.dev,
  production: stages.production,
});

/** A table's settings, in one form for declared and embedded tables. */
interface Table {
  key: string;
  /** Keys and projection, by the index's name. */
  indexes: Record<string, string>;
  timeToLive: string | undefined;
  stream: string | undefined;
  billing: string | undefined;
  attributes: string[];
}

const design: Record<TableName, Pick<Table, "key" | "indexes" | "timeToLive" | "stream">> = {
  Users: { key: "username", indexes: {}, timeToLive: "expiresAt", stream: "NEW_AND_OLD_IMAGES" },
  Availabilities: {
    key: "owner, id",
    indexes: { byStatus: "status, startTime: ALL" },
    timeToLive: "expiresAt",
    stream: "NEW_AND_OLD_IMAGES",
  },
  Openings: { key: "cohort, opening", indexes: {}, timeToLive: "expiresAt", stream: undefined },
  Meetings: {
    key: "id",
    indexes: { byOwner: "owner, id: ALL", byParticipant: "participant, id: ALL" },
    timeToLive: undefined,
    stream: "NEW_AND_OLD_IMAGES",
  },
  Calendar: { key: "username, entry", indexes: {}, timeToLive: "expiresAt", stream: undefined },
  Community: { key: "id", indexes: {}, timeToLive: undefined, stream: undefined },
  Counters: { key: "subject", indexes: {}, timeToLive: "expiresAt", stream: undefined },
  Migrations: { key: "id", indexes: {}, timeToLive: undefined, stream: undefined },
};

interface DeclaredKeys {
  hashKey: string;
  rangeKey?: string;
}

interface DeclaredTable extends DeclaredKeys {
  attributes: { name: string; type: string }[];
  globalSecondaryIndexes: (DeclaredKeys & { name: string; projectionType: string })[];
  localSecondaryIndexes: unknown[];
  billingMode: string;
  ttl?: { attributeName: string; enabled: boolean };
  streamEnabled: boolean;
  streamViewType?: string;
}

function declaredTable(stage: Declared, name: string): Table {
  const table = only(stage, "dynamodb.Table", `${name}Table`).inputs as unknown as DeclaredTable;
  const key = ({ hashKey, rangeKey }: DeclaredKeys) => [hashKey, rangeKey].filter(Boolean).join(", ");
  expect(table.localSecondaryIndexes).toEqual([]);
  return {
    key: key(table),
    indexes: Object.fromEntries(
      table.globalSecondaryIndexes.map((index) => [index.name, `${key(index)}: ${index.projectionType}`]),
    ),
    timeToLive: table.ttl?.enabled ? table.ttl.attributeName : undefined,
    stream: table.streamEnabled ? table.streamViewType : undefined,
    billing: table.billingMode,
    attributes: table.attributes.map(({ name: attribute, type }) => `${attribute}: ${type}`).sort(),
  };
}

/** The table in the embedded stack and in tests. */
async function embeddedTable(client: DynamoDBClient, TableName: string): Promise<Table> {
  const { Table: found = {} } = await client.send(new DescribeTableCommand({ TableName }));
  const { TimeToLiveDescription: ttl } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  const key = (schema: TableDescription["KeySchema"]) =>
    schema?.map(({ AttributeName }) => AttributeName).join(", ") ?? "";
  return {
    key: key(found.KeySchema),
    indexes: Object.fromEntries(
      (found.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => [
        IndexName,
        `${key(KeySchema)}: ${Projection?.ProjectionType}`,
      ]),
    ),
    timeToLive: ttl?.AttributeName,
    stream: found.StreamSpecification?.StreamViewType,
    billing: found.BillingModeSummary?.BillingMode,
    attributes: (found.AttributeDefinitions ?? [])
      .map(({ AttributeName, AttributeType }) => `${AttributeName}: ${AttributeType}`)
      .sort(),
  };
}

const names = Object.keys(design) as TableName[];

describe.each(each)("%s", (_, stage) => {
  test("has exactly these tables", () => {
    expect(
      ofType(stage, "dynamodb.Table")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names.map((name) => `${name}Table`).sort());
  });

  test.each(names)("%s matches the design and the embedded stack's table", async (name) => {
    const client = new DynamoDBClient({
      endpoint: inject("dynamoEndpoint"),
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const table = declaredTable(stage, name);
    expect(table).toMatchObject(design[name]);
    expect(table).toEqual(await embeddedTable(client, inject("tableNames")[name]));
    client.destroy();
  });
});
