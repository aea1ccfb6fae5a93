/** Reads everything that the tables hold about some members. */
import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { BusyDay } from "../agenda/busy.ts";
import { type AvailabilityEntry, entryPrefix, type MeetingEntry } from "../agenda/repository.ts";
import type { Opening } from "../availabilities/openings.ts";
import { type AvailabilityRecord, asAvailability } from "../availabilities/repository.ts";
import { batchGet } from "../database/batch-get.ts";
import type { Database } from "../database/database.ts";
import type { TableName } from "../database/tables.ts";
import { asMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { asUser, type UserRecord } from "../users/repository.ts";

/** Reads the profiles of members, by username. */
export async function readProfiles(
  database: Database,
  usernames: readonly string[],
): Promise<Map<string, UserRecord>> {
  const { Users } = await batchGet(database, { Users: usernames.map((username) => ({ username })) });
  return new Map(Users.map(asUser).map((user) => [user.username, user]));
}

/** What is stored about a member, except the profile and the openings. */
export interface Person {
  username: string;
  availabilities: AvailabilityRecord[];
  /** Meetings as owner, and as participant. */
  owned: MeetingRecord[];
  joined: MeetingRecord[];
  meetingEntries: MeetingEntry[];
  availabilityEntries: AvailabilityEntry[];
  busyDays: BusyDay[];
}

export async function readPerson(database: Database, username: string): Promise<Person> {
  const [availabilities, owned, joined, entries] = await Promise.all([
    queryAll<AvailabilityRecord>(database, "Availabilities", "owner", username),
    queryAll<MeetingRecord>(database, "Meetings", "owner", username, "byOwner"),
    queryAll<MeetingRecord>(database, "Meetings", "participant", username, "byParticipant"),
    queryAll<MeetingEntry | AvailabilityEntry | BusyDay>(database, "Calendar", "username", username),
  ]);
  return {
    username,
    availabilities: availabilities.map(asAvailability),
    owned: owned.map(asMeeting),
    joined: joined.map(asMeeting),
    meetingEntries: entries.filter((entry): entry is MeetingEntry =>
      /^(canceled|meeting)#/.test(entry.entry),
    ),
    availabilityEntries: entries.filter((entry): entry is AvailabilityEntry =>
      entry.entry.startsWith(entryPrefix.availability),
    ),
    busyDays: entries.filter((entry): entry is BusyDay => entry.entry.startsWith("day#")),
  };
}

/** Reads all openings of some owners by a scan, so that openings without an availability are found too. */
export async function readOpeningsOf(database: Database, owners: readonly string[]): Promise<Opening[]> {
  const openings: Opening[] = [];
  // A filter list can hold a hundred values.
  for (let at = 0; at < owners.length; at += 100) {
    const some = owners.slice(at, at + 100);
    let start: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await database.client.send(
        new ScanCommand({
          TableName: database.names.Openings,
          ConsistentRead: true,
          FilterExpression: `#owner IN (${some.map((_, index) => `:owner${index}`).join(", ")})`,
          ExpressionAttributeNames: { "#owner": "owner" },
          ExpressionAttributeValues: Object.fromEntries(
            some.map((owner, index) => [`:owner${index}`, owner]),
          ),
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      openings.push(...(Items as Opening[]));
      start = LastEvaluatedKey;
    } while (start);
  }
  return openings;
}

async function queryAll<Item>(
  database: Database,
  table: TableName,
  key: string,
  value: string,
  index?: string,
): Promise<Item[]> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await database.client.send(
      new QueryCommand({
        TableName: database.names[table],
        ...(index ? { IndexName: index } : { ConsistentRead: true }),
        KeyConditionExpression: "#key = :value",
        ExpressionAttributeNames: { "#key": key },
        ExpressionAttributeValues: { ":value": value },
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(Items as Item[]));
    start = LastEvaluatedKey;
  } while (start);
  return items;
}
