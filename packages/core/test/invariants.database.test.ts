import { DeleteCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { expect, test } from "vitest";
import { addMeetingEntry } from "../src/agenda/repository.ts";
import { findAvailability } from "../src/availabilities/repository.ts";
import { cancelMeeting } from "../src/booking/index.ts";
import type { TableName } from "../src/database/tables.ts";
import {
  book,
  checkInvariants,
  findViolations,
  newMember,
  newMembers,
  postAvailability,
  testDatabase,
} from "../src/testing/index.ts";

// These tests show that the checker finds violations: each one breaks something directly in the tables.

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
  const availability = await postAvailability(owner, { maxParticipants });
  const meeting = await book(member, availability);
  const people = [owner, member];
  const violations = () => findViolations(people);
  expect(await violations()).toEqual([]);
  return { owner, member, availability, meeting, people, violations };
}

test("seats and their count", async () => {
  const { availability, people } = await booked(3);
  await set("Availabilities", keyOf(availability), "seatCount", 2);
  await expect(checkInvariants(people)).rejects.toThrow("holds 1 seats");
});

test("an overbooked availability", async () => {
  const { availability, violations } = await booked(3);
  await set("Availabilities", keyOf(availability), "maxParticipants", 0);
  expect(await violations()).toContainEqual(expect.stringContaining("overbooked"));
});

test("a full availability that is still open", async () => {
  const { availability, violations } = await booked();
  await set("Availabilities", keyOf(availability), "status", "SCHEDULED");
  expect(await violations()).toContainEqual(expect.stringContaining("wrong status"));
});

test("a meeting without its seat, and a seat without its meeting", async () => {
  const { availability, meeting, violations } = await booked(3);
  const record = await findAvailability(testDatabase(), availability);
  await set("Availabilities", keyOf(availability), "seats", {});
  expect(await violations()).toContainEqual(expect.stringContaining("has no seat"));
  await set("Availabilities", keyOf(availability), "seats", record?.seats);
  await set("Meetings", { id: meeting.id }, "status", "CANCELED");
  expect(await violations()).toContainEqual(expect.stringContaining("no scheduled meeting"));
});

test("a calendar with another status", async () => {
  const { member, meeting, violations } = await booked();
  const entry = `meeting#${meeting.startTime}#${meeting.id}`;
  await set("Calendar", { username: member.actor.username, entry }, "status", "CANCELED");
  expect(await violations()).toEqual([
    expect.stringContaining(`is not in the calendar of ${member.actor.username}`),
    expect.stringContaining(`is only in the calendar of ${member.actor.username}`),
  ]);
});

test("a canceled meeting among the scheduled ones", async () => {
  const { member, meeting, violations } = await booked();
  await cancelMeeting(member, meeting);
  expect(await violations()).toEqual([]);
  const { client, names } = testDatabase();
  const { Put } = addMeetingEntry(testDatabase(), member.actor.username, meeting);
  const Item = { ...Put?.Item, status: "CANCELED" };
  await client.send(new PutCommand({ TableName: names.Calendar, Item }));
  expect(await violations()).toEqual([
    expect.stringContaining(`is only in the calendar of ${member.actor.username}`),
  ]);
});

test("a free seat without an opening, and an opening that is not offered", async () => {
  const owner = await newMember();
  const availability = await postAvailability(owner);
  const { client, names } = testDatabase();
  const key = { cohort: "White", opening: `${availability.startTime}#${availability.id}` };
  await set("Openings", { ...key, cohort: "Black" }, "owner", owner.actor.username);
  expect(await findViolations([owner])).toEqual([
    expect.stringMatching(/an opening without its open time: .*"Black"/),
  ]);
  for (const cohort of ["White", "Black"]) {
    await client.send(new DeleteCommand({ TableName: names.Openings, Key: { ...key, cohort } }));
  }
  expect(await findViolations([owner])).toEqual([expect.stringMatching(/no opening .*"White"/)]);
});

test("a member in two places", async () => {
  const [member, ...owners] = await newMembers(3);
  const people = [member, ...owners];
  const meetings = [];
  for (const owner of owners) {
    const availability = await postAvailability(owner);
    const meeting = await book(member, availability);
    meetings.push({ availability, meeting, record: await findAvailability(testDatabase(), availability) });
    await cancelMeeting(member, { id: meeting.id });
  }
  expect(await findViolations(people)).toEqual([]);
  for (const { availability, meeting, record } of meetings) {
    await set("Availabilities", keyOf(availability), "seats", record?.seats);
    await set("Meetings", { id: meeting.id }, "status", "SCHEDULED");
  }
  expect(await findViolations(people)).toContainEqual(
    expect.stringContaining(`${member.actor.username} is in two places`),
  );
});

test("a group session is one meeting for its owner", async () => {
  const [owner, ...members] = await newMembers(4);
  const availability = await postAvailability(owner, { maxParticipants: 3 });
  for (const member of members) await book(member, availability);
  await checkInvariants([owner, ...members]);
});
