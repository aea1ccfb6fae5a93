import { DeleteCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { findAvailability } from "../availabilities/repository.ts";
import { addMeetingEntry } from "../calendar/repository.ts";
import type { TableName } from "../database/tables.ts";
import { cancelMeeting } from "../meetings/index.ts";
import {
  book,
  checkInvariants,
  findViolations,
  newMember,
  newMembers,
  postWindow,
  testDatabase,
} from "./index.ts";

// A checker that finds nothing must be one that can: each of these breaks one thing behind the verbs' back.

async function set(
  table: TableName,
  key: Record<string, string>,
  field: string,
  value: unknown,
): Promise<void> {
  const database = testDatabase();
  await database.client.send(
    new UpdateCommand({
      TableName: database.names[table],
      Key: key,
      UpdateExpression: "SET #field = :value",
      ExpressionAttributeNames: { "#field": field },
      ExpressionAttributeValues: { ":value": value },
    }),
  );
}

function keyOf({ owner, id }: { owner: string; id: string }): Record<string, string> {
  return { owner, id };
}

async function booked(maxParticipants = 1) {
  const [owner, member] = await Promise.all([newMember(), newMember()]);
  const window = await postWindow(owner, { maxParticipants });
  const meeting = await book(member, window);
  const people = [owner, member];
  const violations = () => findViolations(people);
  expect(await violations()).toEqual([]);
  return { owner, member, window, meeting, people, violations };
}

test("seats and their count", async () => {
  const { window, people } = await booked(3);
  await set("Availabilities", keyOf(window), "seatCount", 2);
  await expect(checkInvariants(people)).rejects.toThrow("holds 1 seats");
});

test("an overbooked window", async () => {
  const { window, violations } = await booked(3);
  await set("Availabilities", keyOf(window), "maxParticipants", 0);
  expect(await violations()).toContainEqual(expect.stringContaining("overbooked"));
});

test("a full window that is still open", async () => {
  const { window, violations } = await booked();
  await set("Availabilities", keyOf(window), "status", "SCHEDULED");
  expect(await violations()).toContainEqual(expect.stringContaining("wrong status"));
});

test("a meeting without its seat, and a seat without its meeting", async () => {
  const { window, meeting, violations } = await booked(3);
  const record = await findAvailability(testDatabase(), window);
  await set("Availabilities", keyOf(window), "seats", {});
  expect(await violations()).toContainEqual(expect.stringContaining("has no seat"));
  await set("Availabilities", keyOf(window), "seats", record?.seats);
  await set("Meetings", { id: meeting.id }, "status", "CANCELED");
  expect(await violations()).toContainEqual(expect.stringContaining("no scheduled meeting"));
});

test("a calendar that tells another status", async () => {
  const { member, meeting, violations } = await booked();
  const entry = `meeting#${meeting.startTime}#${meeting.id}`;
  await set("Calendar", { username: member.actor, entry }, "status", "CANCELED");
  expect(await violations()).toEqual([
    expect.stringContaining(`is not in the calendar of ${member.actor}`),
    expect.stringContaining(`is in the calendar of ${member.actor} alone`),
  ]);
});

test("a canceled meeting among the scheduled ones", async () => {
  const { member, meeting, violations } = await booked();
  await cancelMeeting(member, meeting);
  expect(await violations()).toEqual([]);
  const { client, names } = testDatabase();
  const { Put } = addMeetingEntry(testDatabase(), member.actor, meeting);
  const Item = { ...Put?.Item, status: "CANCELED" };
  await client.send(new PutCommand({ TableName: names.Calendar, Item }));
  expect(await violations()).toEqual([
    expect.stringContaining(`is in the calendar of ${member.actor} alone`),
  ]);
});

test("a free seat that nobody finds, and an opening of what is not offered", async () => {
  const owner = await newMember();
  const window = await postWindow(owner);
  const { client, names } = testDatabase();
  const key = { cohort: "White", opening: `${window.startTime}#${window.id}` };
  await set("Openings", { ...key, cohort: "Black" }, "owner", owner.actor);
  expect(await findViolations([owner])).toEqual([
    expect.stringMatching(/an opening without its window: .*"Black"/),
  ]);
  for (const cohort of ["White", "Black"]) {
    await client.send(new DeleteCommand({ TableName: names.Openings, Key: { ...key, cohort } }));
  }
  expect(await findViolations([owner])).toEqual([expect.stringMatching(/no opening .*"White"/)]);
});

test("somebody in two places", async () => {
  const [member, ...owners] = await newMembers(3);
  const people = [member, ...owners];
  const meetings = [];
  for (const owner of owners) {
    const window = await postWindow(owner);
    const meeting = await book(member, window);
    meetings.push({ window, meeting, record: await findAvailability(testDatabase(), window) });
    await cancelMeeting(member, { id: meeting.id });
  }
  expect(await findViolations(people)).toEqual([]);
  for (const { window, meeting, record } of meetings) {
    await set("Availabilities", keyOf(window), "seats", record?.seats);
    await set("Meetings", { id: meeting.id }, "status", "SCHEDULED");
  }
  expect(await findViolations(people)).toContainEqual(
    expect.stringContaining(`${member.actor} is in two places`),
  );
});

test("a group session is one meeting for its owner", async () => {
  const [owner, ...members] = await newMembers(4);
  const window = await postWindow(owner, { maxParticipants: 3 });
  for (const member of members) await book(member, window);
  await checkInvariants([owner, ...members]);
});
