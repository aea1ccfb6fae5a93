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

/** All migrations, in order. A new one goes to the end; one that was released is never changed. */
export const migrations: readonly Migration[] = [users, availabilities, meetings, calendar, openings];

/** How many items are read at once, after which the position is saved. */
const batchSize = 100;
/** How many items of a batch are written at the same time. */
const atOnce = 10;

/** What the Migrations table keeps of a migration. */
interface MigrationRecord {
  id: string;
  /** The key of the last item of the last whole batch; absent before the first batch and after the last. */
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
 * Runs the migrations that are not done yet, a batch of items after the other. It can end at any moment, also by being killed:
 * the next run goes on after the last whole batch. Runs beside each other do no harm.
 * @param options.goOn is asked before each batch; false ends the run
 * @returns whether all migrations are done
 * @throws Unavailable when the database is out of reach
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

/** Whether a migration came to the end of its table. */
async function migrateTable(
  ctx: Context,
  migration: Migration,
  from: MigrationRecord["position"],
  goOn: () => boolean,
): Promise<boolean> {
  let position = from;
  do {
    if (!goOn()) return false;
    // The one place where the system scans a table: no procedure does. Items that are written meanwhile have the new shape.
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
 * Saves after which item a migration goes on, or, without one, that it is done.
 * @returns false where another run has come to the end meanwhile
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
