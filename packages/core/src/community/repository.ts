import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Context } from "../context/context.ts";
import type { Database } from "../database/database.ts";
import { conditionalWrite } from "../database/transact.ts";
import { CommunityCache } from "./cache.ts";
import { initialSettings } from "./initial-settings.ts";
import type { CommunitySettings } from "./schema.ts";

/** The one item of the table. */
const id = "community";

interface CommunityRecord extends CommunitySettings {
  readonly id: typeof id;
  /** Which call has written it, so that a write repeated after a lost answer knows its own. */
  readonly writtenBy: string;
}

/** By the names of the tables: they are the same object for as long as a process is connected. */
const caches = new WeakMap<Database["names"], CommunityCache>();

function cacheOf({ names }: Database): CommunityCache {
  const cache = caches.get(names) ?? new CommunityCache();
  caches.set(names, cache);
  return cache;
}

/** The community as the process knows it, at most five seconds old when read. */
export function currentCommunity({ database }: Context): Promise<CommunitySettings> {
  return cacheOf(database).get(() => readCommunity(database));
}

/** The community as it is stored; as the file has it where nothing is. */
export async function readCommunity(database: Database): Promise<CommunitySettings> {
  const record = await findRecord(database);
  return record ? settingsOf(record) : initialSettings();
}

/**
 * Replaces the community of the revision before.
 * @param writtenBy an id of this change
 * @returns false where another change came first
 */
export async function writeCommunity(
  database: Database,
  settings: CommunitySettings,
  writtenBy: string,
): Promise<boolean> {
  const replaced = settings.revision - 1;
  const written = await conditionalWrite(() =>
    database.client.send(
      new PutCommand({
        TableName: database.names.Community,
        Item: { id, ...settings, writtenBy } satisfies CommunityRecord,
        ...(replaced === 0
          ? { ConditionExpression: "attribute_not_exists(id)" }
          : {
              ConditionExpression: "revision = :replaced",
              ExpressionAttributeValues: { ":replaced": replaced },
            }),
      }),
    ),
  );
  // The SDK repeats a write whose answer was lost, and the repetition meets what the first one has written.
  if (!written && (await findRecord(database))?.writtenBy !== writtenBy) return false;
  cacheOf(database).put(settings);
  return true;
}

async function findRecord(database: Database): Promise<CommunityRecord | undefined> {
  const { Item } = await database.client.send(
    new GetCommand({ TableName: database.names.Community, Key: { id }, ConsistentRead: true }),
  );
  return Item as CommunityRecord | undefined;
}

function settingsOf({ id: _, writtenBy: __, ...settings }: CommunityRecord): CommunitySettings {
  return settings;
}
