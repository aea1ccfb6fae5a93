/** Stored availabilities and their items in all tables, for tests of the writes. */
import { randomUUID } from "node:crypto";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "vitest";
import { putAvailabilityEntry } from "../agenda/repository.ts";
import { openingKey, openingsOf } from "../availabilities/openings.ts";
import {
  type AvailabilityRecord,
  findAvailability,
  insertAvailability,
} from "../availabilities/repository.ts";
import { batchGet } from "../database/batch-get.ts";
import { ConflictError } from "../database/transact.ts";
import { compareTexts } from "../instant.ts";
import { testDatabase } from "./database.ts";
import { availabilityRecord, withSeats } from "./records.ts";

const cohorts = ["White", "Yellow", "Green", "Black"];

type Given = Parameters<typeof availabilityRecord>;

/** Stores an availability with a new owner. */
export async function storeAvailability(
  given: Given[0] = {},
  changes: Given[1] = {},
): Promise<AvailabilityRecord> {
  const availability = availabilityRecord(given, { owner: randomUUID(), ...changes });
  await insertAvailability(testDatabase(), availability);
  return availability;
}

/** Stores an availability in which these members have seats. */
export async function storeWithSeats(
  names: readonly string[],
  given: Given[0] = {},
  changes: Given[1] = {},
): Promise<AvailabilityRecord> {
  const availability = withSeats(availabilityRecord(given, { owner: randomUUID(), ...changes }), names);
  await insertAvailability(testDatabase(), availability);
  return availability;
}

/** Writes an availability item as it is, without its entry and openings. */
export async function putAvailability(Item: object): Promise<void> {
  const { client, names } = testDatabase();
  await client.send(new PutCommand({ TableName: names.Availabilities, Item }));
}

/** Reads an availability's items from its three tables: the item, its calendar entries, and its openings. */
export async function readStanding(availability: AvailabilityRecord) {
  const { client, names } = testDatabase();
  const query = {
    TableName: names.Calendar,
    KeyConditionExpression: "username = :owner",
    ExpressionAttributeValues: { ":owner": availability.owner },
  };
  const { Items } = await client.send(new QueryCommand(query));
  const keys = cohorts.map((cohort) => ({ cohort, opening: openingKey(availability) }));
  const { Openings } = await batchGet(testDatabase(), { Openings: keys });
  return {
    availability: await findAvailability(testDatabase(), availability),
    entries: Items?.map(withoutBooked),
    openings: Openings.sort(byCohort),
  };
}

/** The items that the three tables must hold for an availability, in the form of `readStanding`. */
export function expectedStanding(availability: AvailabilityRecord) {
  const entries = [putAvailabilityEntry(testDatabase(), availability).Put?.Item].map(withoutBooked);
  return { availability, entries, openings: openingsOf(availability).sort(byCohort) };
}

/** An entry shows at once that its availability is withdrawn, but that it is full only since the last edit. */
function withoutBooked(entry: { status?: unknown } = {}) {
  return entry.status === "BOOKED" ? { ...entry, status: "SCHEDULED" } : entry;
}

function byCohort(a: { cohort?: unknown }, b: { cohort?: unknown }): number {
  return compareTexts(String(a.cohort), String(b.cohort));
}

/**
 * Expects that a write conflicts and changes nothing if the availability has become one of `others` since it was read.
 */
export async function expectConflicts(
  seen: AvailabilityRecord,
  others: readonly Partial<AvailabilityRecord>[],
  write: () => Promise<unknown>,
): Promise<void> {
  for (const other of others) {
    await putAvailability({ ...seen, ...other });
    await expect(write(), JSON.stringify(other)).rejects.toThrow(ConflictError);
    expect(await findAvailability(testDatabase(), seen)).toEqual({ ...seen, ...other });
  }
  await putAvailability(seen);
}
