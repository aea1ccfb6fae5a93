/** Fills an account with as much as its member may write, without booking each meeting: for tests of cost. */
import { randomUUID } from "node:crypto";
import { BatchWriteCommand, type BatchWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { addMeetingEntry, putAvailabilityEntry } from "../agenda/repository.ts";
import { changeOpenings } from "../availabilities/openings.ts";
import type { AvailabilityRecord } from "../availabilities/repository.ts";
import type { Database } from "../database/database.ts";
import type { TransactItem } from "../database/transact.ts";
import { hour, shift } from "../instant.ts";
import { insertMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { availabilityRecord, withSeats } from "./records.ts";

/** The longest description or reason, of the character that JSON makes longest. */
export const longestText = '"'.repeat(2_000);

const minutes = 60_000;

/**
 * Writes availabilities of one owner with long texts, an hour each, starting every quarter of an hour from `from`.
 * @param given.seats how many of each availability's 100 seats are taken
 * @returns the stored availabilities; the seats are in no calendar
 */
export async function writeAvailabilities(
  database: Database,
  owner: string,
  given: { count: number; from: string; seats?: number; cohorts?: AvailabilityRecord["cohorts"] },
): Promise<AvailabilityRecord[]> {
  const { count, from, seats = 0, cohorts = ["Green"] } = given;
  const names = Array.from({ length: seats }, () => randomUUID());
  const availabilities = Array.from({ length: count }, (_, index) => {
    const startTime = shift(from, index * 15 * minutes);
    const endTime = shift(startTime, hour);
    const lastStart = startTime;
    const expiresAt = Math.ceil(Date.parse(endTime) / 1_000) + 48 * 3_600;
    const shape = { startTime, endTime, lastStart, expiresAt, cohorts, maxParticipants: 100 };
    const availability = availabilityRecord({}, { owner, description: longestText, ...shape });
    return withSeats(availability, names, { displayName: "A member with a name of some length" });
  });
  await putAll(
    database,
    availabilities.flatMap((availability) => [
      { Put: { TableName: database.names.Availabilities, Item: availability } },
      putAvailabilityEntry(database, availability),
      ...Object.values(changeOpenings(database, undefined, availability)),
    ]),
  );
  return availabilities;
}

/** Writes meetings of two people with long texts, a quarter of an hour each, one after the other. */
export async function writeMeetings(
  database: Database,
  people: { owner: string; participant: string },
  given: { count: number; from: string; description?: string },
): Promise<MeetingRecord[]> {
  const { count, from, description = longestText } = given;
  const availability = availabilityRecord({}, { owner: people.owner });
  const meetings = Array.from({ length: count }, (_, index): MeetingRecord => {
    const startTime = shift(from, index * 15 * minutes);
    return {
      id: randomUUID(),
      availabilityId: availability.id,
      ...people,
      ownerDisplayName: availability.ownerDisplayName,
      ownerRevision: 1,
      participantDisplayName: "A member",
      participantRevision: 1,
      windowRevision: availability.revision,
      bookings: availability.bookings,
      link: availability.link,
      hostLink: "",
      startTime,
      endTime: shift(startTime, 15 * minutes),
      type: "sparring",
      location: availability.location,
      description,
      status: "SCHEDULED",
      createdAt: from,
      updatedAt: from,
    };
  });
  await putAll(
    database,
    meetings.flatMap((meeting) => [
      insertMeeting(database, meeting),
      addMeetingEntry(database, people.owner, meeting),
      addMeetingEntry(database, people.participant, meeting),
    ]),
  );
  return meetings;
}

/** How many items DynamoDB writes in one batch. */
const largestBatch = 25;
const batchesAtOnce = 4;

/** Writes the items without conditions in batches, which costs DynamoDB Local a third of the work of transactions. */
async function putAll(database: Database, items: readonly (TransactItem | undefined)[]): Promise<void> {
  const puts = items.flatMap((item) => (item?.Put ? [item.Put] : []));
  const batches = Array.from({ length: Math.ceil(puts.length / largestBatch) }, (_, index) =>
    puts.slice(index * largestBatch, (index + 1) * largestBatch),
  );
  for (let at = 0; at < batches.length; at += batchesAtOnce) {
    await Promise.all(batches.slice(at, at + batchesAtOnce).map((batch) => putBatch(database, batch)));
  }
}

async function putBatch(
  database: Database,
  puts: readonly NonNullable<TransactItem["Put"]>[],
): Promise<void> {
  const requests: NonNullable<BatchWriteCommandInput["RequestItems"]> = {};
  for (const { TableName = "", Item } of puts) {
    requests[TableName] = [...(requests[TableName] ?? []), { PutRequest: { Item } }];
  }
  const { UnprocessedItems = {} } = await database.client.send(
    new BatchWriteCommand({ RequestItems: requests }),
  );
  if (Object.keys(UnprocessedItems).length > 0) throw new Error("The database did not take a whole batch");
}
