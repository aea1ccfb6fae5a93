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
  /** Identifies the call that wrote the record, so that a write retried after a lost answer recognizes its own. */
  readonly writtenBy: string;
}

/** One cache for each `names` object, because a process keeps that object as long as it is connected. */
const caches = new WeakMap<Database["names"], CommunityCache>();

function cacheOf({ names }: Database): CommunityCache {
  const cache = caches.get(names) ?? new CommunityCache();
  caches.set(names, cache);
  return cache;
}

/** Returns the settings from this process's cache, read at most five seconds ago. */
export function currentCommunity({ database }: Context): Promise<CommunitySettings> {
  return cacheOf(database).get(() => readCommunity(database));
}

/** Returns the stored settings; those of the file if none are stored. */
export async function readCommunity(database: Database): Promise<CommunitySettings> {
  const record = await findRecord(database);
  return record ? settingsOf(record) : initialSettings();
}

/**
 * Replaces the previous revision of the settings.
 * @param writtenBy an id of this change
 * @returns false if another change came first
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
  // The SDK retries a write whose answer was lost, and the retry finds what the first attempt has written.
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
