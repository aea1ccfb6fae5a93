import { DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Bookings } from "@kumite/core/availabilities/schema";
import { memberActor } from "@kumite/core/context";
import type { Meeting } from "@kumite/core/meetings/schema";
import { findViolations } from "@kumite/core/testing";
import { createTables, type Outputs, tableNames } from "@kumite/local";
import type { Times } from "./check/offer.ts";
import type { History } from "./history.ts";

/** The fields of a stored availability that the checker uses. */
export interface StoredAvailability {
  readonly owner: string;
  readonly id: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly durationMinutes: number;
  readonly types: readonly string[];
  readonly cohorts: readonly string[];
  readonly maxParticipants: number;
  readonly bookings: Bookings;
  readonly link?: string | undefined;
  readonly seats: Readonly<Record<string, Times & { readonly meetingId: string }>>;
  /** The times that its owner has closed. */
  readonly closed: readonly Times[];
  readonly description: string;
  readonly status: string;
}

/** What is stored when everything is done. */
export interface Tables {
  readonly availabilities: readonly StoredAvailability[];
  /** All meetings that were ever booked: none is removed. */
  readonly meetings: readonly Meeting[];
  /** Where availabilities, seats, meetings, calendars and busy days disagree, in core's words. */
  readonly disagreements: readonly string[];
}

/**
 * Reads everything stored about the members of a run, once everything that follows the commits is done
 * (`stack.settled`).
 */
export async function readTables(
  outputs: Outputs,
  { members, calls }: Pick<History, "members" | "calls">,
): Promise<Tables> {
  const client = connect(outputs);
  const names = tableNames(outputs);
  const left = new Set(
    calls.filter(({ procedure }) => procedure === "user.delete").map(({ member }) => member),
  );
  const isMember = new Set(members.map(({ username }) => username));
  try {
    const [availabilities, meetings, disagreements] = await Promise.all([
      scan<StoredAvailability>(client, names.Availabilities),
      scan<Meeting>(client, names.Meetings),
      findViolations(
        // Not enough is kept of members who left to compare.
        members
          .filter(({ username }) => !left.has(username))
          .map(({ username }) => ({ actor: memberActor(username) })),
        { client, names },
        new Date(),
      ),
    ]);
    return {
      availabilities: availabilities.filter(({ owner }) => isMember.has(owner)),
      meetings: meetings.filter(({ owner }) => isMember.has(owner)),
      disagreements,
    };
  } finally {
    client.destroy();
  }
}

/** Deletes everything that is stored, except the users; removes their blocks. */
export async function emptyTables(outputs: Outputs): Promise<void> {
  const client = connect(outputs);
  const { Users, ...others } = tableNames(outputs);
  try {
    for (const { username } of await scan<{ username: string }>(client, Users)) {
      await client.send(
        new UpdateCommand({
          TableName: Users,
          Key: { username },
          UpdateExpression: "REMOVE blocked, blockedBy",
        }),
      );
    }
    for (const TableName of Object.values(others)) await client.send(new DeleteTableCommand({ TableName }));
    await createTables(outputs.dynamoEndpoint);
  } finally {
    client.destroy();
  }
}

function connect({ dynamoEndpoint, region }: Outputs): DynamoDBDocumentClient {
  const credentials = { accessKeyId: "proof", secretAccessKey: "proof" };
  return DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: dynamoEndpoint, region, credentials }));
}

async function scan<Item>(client: DynamoDBDocumentClient, TableName: string): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    items.push(...((page.Items ?? []) as Item[]));
  }
  return items;
}
