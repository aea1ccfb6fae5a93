/** The data of a former version, and the result that migrations must produce. */
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "vitest";
import { type ConnectedDatabase, createDatabase, type Database } from "../database/database.ts";
import type { TableName } from "../database/tables.ts";
import type { Item } from "../migrations/migration.ts";
import { linkTestDatabase, newTables } from "./database.ts";
import { formerTables, readFormerData, type StoredItems } from "./former-data.ts";

/** The data that a former version stored. */
export const former = readFormerData();

/** Creates empty tables; `now` is the time at which the former data were written. */
export async function newStage(): Promise<{ now: Date; database: ConnectedDatabase }> {
  linkTestDatabase();
  return { now: new Date(former.writtenAt), database: createDatabase(await newTables()) };
}

/** All items of a table. */
export async function readTable(database: ConnectedDatabase, table: TableName): Promise<Item[]> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const TableName = database.names[table];
    const input = { TableName, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) };
    const { Items = [], LastEvaluatedKey } = await database.client.send(new ScanCommand(input));
    items.push(...Items);
    start = LastEvaluatedKey;
  } while (start);
  return items;
}

/** Returns the former data in today's shape, written from the decision and not from the migrations. */
function newShapes({ Users, Availabilities, Openings, Meetings, Calendar }: StoredItems): StoredItems {
  const statusOf = new Map(Availabilities.map(({ id, status }) => [id, status]));
  return {
    Users: Users.map((user) => ({ ...user, revision: 1, defaultLink: "", blocked: [], blockedBy: 0 })),
    Availabilities: Availabilities.map((availability) => ({
      ...availability,
      ownerRevision: 0,
      link: "",
      bookings: "one",
      seatsVersion: 0,
      closed: [],
      seats: Object.fromEntries(
        Object.entries(availability["seats"] as Item).map(([name, seat]) => [
          name,
          { ...(seat as Item), revision: 0 },
        ]),
      ),
    })),
    Openings,
    Meetings: Meetings.map((meeting) => ({
      ...meeting,
      ownerRevision: 0,
      participantRevision: 0,
      windowRevision: 0,
      link: "",
      hostLink: "",
      bookings: "one",
    })),
    Calendar: Calendar.map((item) => {
      const entry = String(item["entry"]);
      if (entry.startsWith("window#")) return { ...item, status: statusOf.get(item["id"]) };
      return item["status"] === "CANCELED" ? { ...item, entry: entry.replace("meeting", "canceled") } : item;
    }),
  };
}

/** Items as sorted texts, so that neither the order of items nor of attributes matters. */
function texts(items: readonly Item[]): string[] {
  const text = (item: Item) =>
    JSON.stringify(item, (_, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
        : value,
    );
  return items.map(text).sort();
}

/** Expects that the tables hold exactly the former data in today's shape. */
export async function expectMigrated(database: ConnectedDatabase): Promise<void> {
  const data = newShapes(former.tables);
  for (const table of formerTables) {
    expect(texts(await readTable(database, table)), table).toEqual(texts(data[table]));
  }
}

/** A request to the database. */
export interface Sent {
  name: string;
  input: {
    Limit?: number;
    ExclusiveStartKey?: object;
    TransactItems?: Record<string, { Key?: Item }>[];
  };
}

/** A database that calls `before` with each request first; if `before` throws, the request is not sent. */
export function intercepted(database: ConnectedDatabase, before: (sent: Sent) => unknown): Database {
  const send = async (command: { constructor: { name: string }; input: object }) => {
    await before({ name: command.constructor.name.replace("Command", ""), input: command.input });
    return await database.client.send(command as never);
  };
  return { names: database.names, client: { send: send as Database["client"]["send"] } };
}
