/** What each write of a meeting depends on, and how it changes the table. */
import { randomUUID } from "node:crypto";
import { PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { ConflictError, conditionalWrite, transact } from "../database/transact.ts";
import { hour, shift } from "../instant.ts";
import { testDatabase } from "../testing/database.ts";
import { now } from "../testing/records.ts";
import { meetingRecord } from "../testing/stored-meetings.ts";
import { wiredDatabase } from "../testing/wire.ts";
import {
  cancelMeetingRecord,
  describeMeeting,
  findMeeting,
  findMeetings,
  insertMeeting,
  type MeetingRecord,
  refreshPerson,
} from "./repository.ts";

const database = testDatabase();
const updatedAt = shift(now.toISOString(), hour);

async function stored(given: Partial<MeetingRecord> = {}): Promise<MeetingRecord> {
  const meeting = meetingRecord(given);
  await transact(database, { meeting: insertMeeting(database, meeting) });
  return meeting;
}

async function put(Item: object): Promise<void> {
  await database.client.send(new PutCommand({ TableName: database.names.Meetings, Item }));
}

test("a meeting is stored once, and read with strong consistency", async () => {
  const meeting = await stored({ description: "First" });
  const again = insertMeeting(database, { ...meeting, description: "Second" });
  await expect(transact(database, { again })).rejects.toThrow(ConflictError);
  const inputs: unknown[] = [];
  const wired = wiredDatabase((_, send, input) => {
    inputs.push(JSON.parse(input));
    return send();
  });
  expect(await findMeeting(wired, meeting.id)).toEqual(meeting);
  expect(inputs).toMatchObject([{ ConsistentRead: true }]);
  expect(await findMeeting(database, "none")).toBeUndefined();
});

test("fills in fields that older items do not have", async () => {
  const meeting = meetingRecord();
  const { ownerRevision, participantRevision, windowRevision, link, hostLink, bookings, ...older } = meeting;
  await put(older);
  const added = { ownerRevision: 0, participantRevision: 0, windowRevision: 0, link: "", hostLink: "" };
  expect(await findMeeting(database, meeting.id)).toEqual({ ...older, ...added, bookings: "one" });
  expect(await findMeetings(database, [meeting.id])).toEqual([{ ...older, ...added, bookings: "one" }]);
});

test("reads several meetings in order of start and id", async () => {
  const [a, b] = [`a${randomUUID()}`, `b${randomUUID()}`];
  const [second, first] = [await stored({ id: b }), await stored({ id: a })];
  const earlier = await stored({ id: `c${randomUUID()}`, startTime: now.toISOString() });
  expect(await findMeetings(database, [b, "none", a, earlier.id])).toEqual([earlier, first, second]);
});

describe("a cancelation", () => {
  const change = { canceledBy: "owner", updatedAt };

  test.each([{ cancelReason: "A cold" }, {}, { cancelReason: "" }])("with the reason %j", async (reason) => {
    const meeting = await stored();
    const item = cancelMeetingRecord(database, meeting.id, { ...change, ...reason });
    await transact(database, { item });
    expect(await findMeeting(database, meeting.id)).toEqual({
      ...meeting,
      ...change,
      status: "CANCELED",
      ...(reason.cancelReason && reason),
    });
  });

  test("is only possible for a scheduled meeting", async () => {
    const meeting = await stored({ status: "CANCELED" });
    const item = cancelMeetingRecord(database, meeting.id, change);
    await expect(transact(database, { item })).rejects.toThrow(ConflictError);
    expect(await findMeeting(database, meeting.id)).toEqual(meeting);
  });
});

describe("a new name", () => {
  const person = (username: string, revision: number) => ({
    username,
    revision,
    displayName: "New",
    defaultLink: "https://meet.example/new",
  });

  test.each([1, undefined])(
    "of the owner is written with their link (former revision: %s)",
    async (ownerRevision) => {
      const meeting = meetingRecord();
      await put({ ...meeting, ownerRevision });
      let isWritten = false;
      const wired = wiredDatabase(async (_, send) => {
        const answer = await send();
        isWritten = true;
        return answer;
      });
      await refreshPerson(wired, person("owner", 2), meeting);
      expect(isWritten).toBe(true);
      expect(await findMeeting(database, meeting.id)).toEqual({
        ...meeting,
        ownerDisplayName: "New",
        ownerRevision: 2,
        hostLink: "https://meet.example/new",
      });
    },
  );

  test.each([1, undefined])(
    "of the participant is written alone (former revision: %s)",
    async (participantRevision) => {
      const meeting = meetingRecord();
      await put({ ...meeting, participantRevision });
      await refreshPerson(database, person("participant", 2), meeting);
      expect(await findMeeting(database, meeting.id)).toEqual({
        ...meeting,
        participantDisplayName: "New",
        participantRevision: 2,
      });
    },
  );

  test("is not written over the same or a later revision, nor to a canceled or missing meeting", async () => {
    const meeting = await stored({ ownerRevision: 2, participantRevision: 3 });
    for (const username of ["owner", "participant"])
      await refreshPerson(database, person(username, 2), meeting);
    expect(await findMeeting(database, meeting.id)).toEqual(meeting);
    const canceled = await stored({ status: "CANCELED" });
    for (const username of ["owner", "participant"])
      await refreshPerson(database, person(username, 2), canceled);
    expect(await findMeeting(database, canceled.id)).toEqual(canceled);
    await refreshPerson(database, person("owner", 2), { ...meeting, id: "none" });
    expect(await findMeeting(database, "none")).toBeUndefined();
  });
});

describe("place, link and description of the availability", () => {
  const availability = {
    location: "Dojo 2",
    link: "https://meet.example/2",
    description: "Bring water",
    revision: 2,
    updatedAt,
  };
  const tell = (id: string) => {
    const { Update } = describeMeeting(database, id, availability);
    return conditionalWrite(() => database.client.send(new UpdateCommand(Update)));
  };

  test.each([1, undefined])("are copied to the meeting (former revision: %s)", async (windowRevision) => {
    const meeting = meetingRecord();
    await put({ ...meeting, windowRevision });
    await tell(meeting.id);
    const { revision, ...told } = availability;
    expect(await findMeeting(database, meeting.id)).toEqual({ ...meeting, ...told, windowRevision: 2 });
  });

  test.each<Partial<MeetingRecord>>([{ windowRevision: 2 }, { windowRevision: 3 }, { status: "CANCELED" }])(
    "are not copied to a meeting with %j",
    async (given) => {
      const meeting = await stored(given);
      await tell(meeting.id);
      expect(await findMeeting(database, meeting.id)).toEqual(meeting);
    },
  );
});
