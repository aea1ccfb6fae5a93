/** Availabilities as stored, and what the tables hold of them: for tests of what writes them. */
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

/** Stores an availability with an owner of its own. */
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

/** Writes an item of an availability as it is, without its entry and openings. */
export async function putAvailability(Item: object): Promise<void> {
  const { client, names } = testDatabase();
  await client.send(new PutCommand({ TableName: names.Availabilities, Item }));
}

/** What the three tables hold of an availability: its item, its calendar entries, its openings. */
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

/** What the three tables must hold of an availability, in the shape of `readStanding`. */
export function expectedStanding(availability: AvailabilityRecord) {
  const entries = [putAvailabilityEntry(testDatabase(), availability).Put?.Item].map(withoutBooked);
  return { availability, entries, openings: openingsOf(availability).sort(byCohort) };
}

/** An entry shows whether its availability is withdrawn. Whether the availability is full, it shows as of the last edit. */
function withoutBooked(entry: { status?: unknown } = {}) {
  return entry.status === "BOOKED" ? { ...entry, status: "SCHEDULED" } : entry;
}

function byCohort(a: { cohort?: unknown }, b: { cohort?: unknown }): number {
  return compareTexts(String(a.cohort), String(b.cohort));
}

/** Expects that a write is refused and changes nothing where the availability has become one of `others` since it was seen. */
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
