import { GetCommand, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "../context/context.ts";
import { batchGet } from "../database/batch-get.ts";
import { conditionalWrite, retryOnConflict, transact } from "../database/transact.ts";
import { users } from "./0001-users.ts";
import { availabilities } from "./0002-availabilities.ts";
import { meetings } from "./0003-meetings.ts";
import { calendar } from "./0004-calendar.ts";
import { openings } from "./0005-openings.ts";
import { type Item, keyOf, type Migration } from "./migration.ts";

/** All migrations, in order. Append new ones, and never change a released one. */
export const migrations: readonly Migration[] = [users, availabilities, meetings, calendar, openings];

/** How many items are read at once. The position is saved after each batch. */
const batchSize = 100;
/** How many items of a batch are written at the same time. */
const atOnce = 10;

/** The state of a migration in the Migrations table. */
interface MigrationRecord {
  id: string;
  /** The key of the last item of the last complete batch; absent before the first batch and after the last. */
  position?: Record<string, string>;
  updatedAt: string;
  doneAt?: string;
}

declare module "../database/records.ts" {
  interface TableRecords {
    Migrations: MigrationRecord;
  }
}

/**
 * Runs the migrations that are not done yet, one batch of items after the other. A run may be stopped or killed at any
 * time: the next one continues after the last complete batch. Concurrent runs are safe.
 * @param options.goOn called before each batch; returning false ends the run
 * @returns whether all migrations are done
 * @throws Unavailable if the database is out of reach
 */
export async function migrate(
  ctx: Context,
  options: { goOn?: () => boolean; migrations?: readonly Migration[] } = {},
): Promise<boolean> {
  const { goOn = () => true, migrations: all = migrations } = options;
  const keys = all.map(({ id }) => ({ id }));
  const { Migrations } = await batchGet(ctx.database, { Migrations: keys });
  const records = new Map(Migrations.map((record) => [record.id, record]));
  for (const migration of all) {
    const record = records.get(migration.id);
    if (record?.doneAt !== undefined) continue;
    if (!(await migrateTable(ctx, migration, record?.position, goOn))) return false;
  }
  return true;
}

/** Migrates one table. Returns whether it reached the table's end. */
async function migrateTable(
  ctx: Context,
  migration: Migration,
  from: MigrationRecord["position"],
  goOn: () => boolean,
): Promise<boolean> {
  let position = from;
  do {
    if (!goOn()) return false;
    // The only place where the system scans a table. Items written meanwhile already have the new shape.
    const { Items = [], LastEvaluatedKey } = await ctx.database.client.send(
      new ScanCommand({
        TableName: ctx.database.names[migration.table],
        ConsistentRead: true,
        Limit: batchSize,
        ...(position && { ExclusiveStartKey: position }),
      }),
    );
    for (let at = 0; at < Items.length; at += atOnce) {
      await Promise.all(Items.slice(at, at + atOnce).map((item) => migrateItem(ctx, migration, item)));
    }
    position = LastEvaluatedKey as MigrationRecord["position"];
  } while ((await savePosition(ctx, migration.id, position)) && position);
  return true;
}

async function migrateItem(ctx: Context, migration: Migration, scanned: Item): Promise<void> {
  let known: Item | undefined = scanned;
  await retryOnConflict(async () => {
    const item = known ?? (await readItem(ctx, migration, scanned));
    known = undefined;
    const writes = item && (await migration.writes(ctx, item));
    if (writes) await transact(ctx.database, writes);
  });
}

async function readItem({ database }: Context, { table }: Migration, item: Item): Promise<Item | undefined> {
  const { Item } = await database.client.send(
    new GetCommand({ TableName: database.names[table], Key: keyOf(table, item), ConsistentRead: true }),
  );
  return Item;
}

/**
 * Saves the item after which a migration continues, or, without a position, that it is done.
 * @returns false if another run has reached the end meanwhile
 */
async function savePosition(
  { database, now }: Context,
  id: string,
  position: MigrationRecord["position"],
): Promise<boolean> {
  const saved = await conditionalWrite(() =>
    database.client.send(
      new UpdateCommand({
        TableName: database.names.Migrations,
        Key: { id },
        UpdateExpression: position
          ? "SET #position = :position, updatedAt = :now"
          : "SET doneAt = :now, updatedAt = :now REMOVE #position",
        ConditionExpression: "attribute_not_exists(doneAt)",
        ExpressionAttributeNames: { "#position": "position" },
        ExpressionAttributeValues: { ":now": now.toISOString(), ...(position && { ":position": position }) },
      }),
    ),
  );
  return saved !== undefined;
}
