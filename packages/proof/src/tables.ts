import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import { type TableName, tables } from "@kumite/core/database/tables";
import type { Meeting } from "@kumite/core/meetings/schema";
import { findViolations } from "@kumite/core/testing";
import type { Outputs } from "@kumite/local";

/** A window as stored, as far as the checker looks. */
export interface StoredWindow {
  readonly owner: string;
  readonly id: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly durationMinutes: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly maxParticipants: number;
  readonly seats: Readonly<Record<string, { readonly meetingId: string }>>;
  readonly description: string;
  readonly status: string;
}

/** What is stored when all is quiet. */
export interface Tables {
  readonly windows: readonly StoredWindow[];
  /** All that ever were booked: none is ever removed. */
  readonly meetings: readonly Meeting[];
  /** Where windows, seats, meetings, calendars and busy days do not tell the same story, in core's words. */
  readonly disagreements: readonly string[];
}

/** Reads everything that is stored of some members. */
export async function readTables(
  outputs: Outputs,
  members: readonly { readonly username: string }[],
): Promise<Tables> {
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: outputs.dynamoEndpoint,
      region: outputs.region,
      credentials: { accessKeyId: "proof", secretAccessKey: "proof" },
    }),
  );
  const names = tableNames(outputs);
  const isMember = new Set(members.map(({ username }) => username));
  try {
    const [windows, meetings, disagreements] = await Promise.all([
      scan<StoredWindow>(client, names.Availabilities),
      scan<Meeting>(client, names.Meetings),
      findViolations(
        members.map(({ username }) => ({ actor: username })),
        { client, names },
      ),
    ]);
    return {
      windows: windows.filter(({ owner }) => isMember.has(owner)),
      meetings: meetings.filter(({ owner }) => isMember.has(owner)),
      disagreements,
    };
  } finally {
    client.destroy();
  }
}

async function scan<Item>(client: DynamoDBDocumentClient, TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    items.push(...((page.Items ?? []) as Item[]));
  }
  return items;
}

/** `outputs.json` names three of the tables; the others are named alike. */
function tableNames(outputs: Outputs): Record<TableName, string> {
  const prefix = outputs.tables.users.slice(0, -"Users".length);
  return Object.fromEntries(Object.keys(tables).map((name) => [name, prefix + name])) as Record<
    TableName,
    string
  >;
}
