import { randomUUID } from "node:crypto";
import { addMeetingEntry } from "../agenda/repository.ts";
import { largestTransaction, type TransactItem, transact } from "../database/transact.ts";
import { hour, shift } from "../instant.ts";
import { insertMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { testDatabase } from "./database.ts";
import { now } from "./records.ts";

/** A meeting as stored: one hour long, starting one hour after the clock, unless `given` says otherwise. */
export function meetingRecord(given: Partial<MeetingRecord> = {}): MeetingRecord {
  const startTime = given.startTime ?? shift(now.toISOString(), hour);
  const canceled = given.status === "CANCELED" && { canceledBy: given.participant ?? "participant" };
  return {
    id: randomUUID(),
    availabilityId: randomUUID(),
    owner: "owner",
    ownerDisplayName: "An owner",
    ownerRevision: 1,
    participant: "participant",
    participantDisplayName: "A participant",
    participantRevision: 1,
    windowRevision: 1,
    startTime,
    endTime: shift(startTime, hour),
    type: "sparring",
    location: "Discord",
    link: "",
    hostLink: "",
    description: "",
    bookings: "one",
    status: "SCHEDULED",
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    ...canceled,
    ...given,
  };
}

/** Stores meetings and their entries in one person's calendar, faster than by booking and canceling each. */
export async function storeMeetings(username: string, meetings: readonly MeetingRecord[]): Promise<void> {
  await store(
    meetings,
    meetings.map((meeting) => addMeetingEntry(testDatabase(), username, meeting)),
  );
}

/** Stores canceled meetings as older versions did: with entries in the range of scheduled ones. */
export async function storeUnmoved(username: string, meetings: readonly MeetingRecord[]): Promise<void> {
  const entries = meetings.map((meeting): TransactItem => {
    const { Put } = addMeetingEntry(testDatabase(), username, { ...meeting, status: "SCHEDULED" });
    return { Put: { TableName: Put?.TableName, Item: { ...Put?.Item, status: meeting.status } } };
  });
  await store(meetings, entries);
}

/** Writes meetings and entries in as many transactions as needed, some at once. */
async function store(meetings: readonly MeetingRecord[], entries: readonly TransactItem[]): Promise<void> {
  const items = [...meetings.map((meeting) => insertMeeting(testDatabase(), meeting)), ...entries];
  const parts: TransactItem[][] = [];
  for (let at = 0; at < items.length; at += largestTransaction) {
    parts.push(items.slice(at, at + largestTransaction));
  }
  for (let at = 0; at < parts.length; at += 4) {
    await Promise.all(parts.slice(at, at + 4).map((part) => transact(testDatabase(), { ...part })));
  }
}
