/** What each write of an availability depends on, and how it changes the tables. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { initialSettings } from "../community/initial-settings.ts";
import { batchGet } from "../database/batch-get.ts";
import { ConflictError, type TransactItem, transact } from "../database/transact.ts";
import { compareTexts, hour, shift } from "../instant.ts";
import { asMeeting, insertMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { testDatabase } from "../testing/database.ts";
import { availabilityInput, availabilityRecord, now, withSeats } from "../testing/records.ts";
import {
  expectConflicts,
  expectedStanding,
  putAvailability,
  readStanding,
  storeAvailability,
  storeWithSeats,
} from "../testing/stored-availabilities.ts";
import { meetingRecord } from "../testing/stored-meetings.ts";
import { watchedDatabase, wiredDatabase } from "../testing/wire.ts";
import { planAvailability } from "./posting-rules.ts";
import {
  type AvailabilityRecord,
  deleteAvailabilityRecord,
  findAvailabilities,
  findAvailability,
  followEdit,
  insertAvailability,
  updateAvailability,
} from "./repository.ts";

const database = testDatabase();
const later = new Date(now.getTime() + hour);
const host = { displayName: "Host", cohort: "Black", revision: 1 };

/** Stores the meetings of all seats of an availability. */
async function storeMeetings(availability: AvailabilityRecord): Promise<void> {
  const items = Object.values(availability.seats).map(({ meetingId }) =>
    insertMeeting(database, meetingRecord({ id: meetingId, availabilityId: availability.id })),
  );
  await transact(database, { ...items });
}

async function meetingsOf(availability: AvailabilityRecord): Promise<MeetingRecord[]> {
  const keys = Object.values(availability.seats).map(({ meetingId }) => ({ id: meetingId }));
  const { Meetings } = await batchGet(database, { Meetings: keys });
  return Meetings.map(asMeeting);
}

/** Random usernames. */
function members(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID());
}

describe("reading", () => {
  test("is strongly consistent, and fills in fields that older items do not have", async () => {
    const availability = availabilityRecord({}, { owner: randomUUID() });
    const { ownerRevision, bookings, seatsVersion, closed, link, ...older } = availability;
    await putAvailability(older);
    const inputs: { ConsistentRead?: boolean }[] = [];
    const wired = wiredDatabase((_, send, input) => {
      inputs.push(JSON.parse(input));
      return send();
    });
    const filled = { ...older, ownerRevision: 0, bookings: "one", seatsVersion: 0, closed: [], link: "" };
    expect(await findAvailability(wired, availability)).toEqual(filled);
    expect(inputs).toMatchObject([{ ConsistentRead: true }]);
    expect(await findAvailability(database, { ...availability, id: "none" })).toBeUndefined();
  });

  test("several at once returns them in order of start and id, each once", async () => {
    const owner = randomUUID();
    const { startTime } = availabilityInput();
    const stored: AvailabilityRecord[] = [];
    for (const hours of [3, 0, 2, 1, 0, 3]) {
      stored.push(await storeAvailability({ startTime: shift(startTime, hours * hour) }, { owner }));
    }
    const named = [...stored, ...stored.slice(0, 2), { owner, id: "none" }];
    expect(await findAvailabilities(database, named)).toEqual(
      stored.toSorted((a, b) => compareTexts(a.startTime, b.startTime) || compareTexts(a.id, b.id)),
    );
  });
});

test("an availability is posted once, and only if the conditions of the posting hold", async () => {
  const availability = availabilityRecord({ cohorts: ["White", "Black"] }, { owner: randomUUID() });
  const held: TransactItem = {
    ConditionCheck: {
      TableName: database.names.Users,
      Key: { username: availability.owner },
      ConditionExpression: "attribute_exists(username)",
    },
  };
  await expect(insertAvailability(database, availability, { held })).rejects.toThrow(ConflictError);
  expect(await readStanding(availability)).toEqual({ availability: undefined, entries: [], openings: [] });
  await insertAvailability(database, availability);
  expect(await readStanding(availability)).toEqual(expectedStanding(availability));
  await expect(insertAvailability(database, { ...availability, description: "Again" })).rejects.toThrow(
    ConflictError,
  );
  expect(await readStanding(availability)).toEqual(expectedStanding(availability));
});

describe("an edit", () => {
  const plan = (availability: AvailabilityRecord, given: Parameters<typeof availabilityInput>[0]) => {
    const { startTime, endTime, maxParticipants } = availability;
    return planAvailability(
      availabilityInput({ startTime, endTime, maxParticipants, ...given }),
      host,
      initialSettings(),
      later,
      availability,
    );
  };

  test("moves the availability, its entry and its openings", async () => {
    const availability = await storeAvailability({ cohorts: ["White", "Black"] });
    const startTime = shift(availability.startTime, 3 * hour);
    const changes = plan(availability, {
      startTime,
      endTime: shift(startTime, hour),
      cohorts: ["Black", "Green"],
    });
    await updateAvailability(database, availability, changes);
    const edited = { ...availability, ...changes, revision: 2 };
    expect(await readStanding(edited)).toEqual(expectedStanding(edited));
    expect((await readStanding(availability)).openings).toEqual([]);
  });

  test("that keeps the time copies the place to the booked meetings, in one transaction", async () => {
    const availability = await storeWithSeats(members(2), { maxParticipants: 3 });
    await storeMeetings(availability);
    const changes = plan(availability, { location: "Dojo 2", link: "https://meet.example/2" });
    const { database: wired, operations } = watchedDatabase();
    await updateAvailability(wired, availability, changes);
    expect(operations).toEqual(["TransactWriteItems"]);
    const edited = { ...availability, ...changes, revision: 2 };
    expect(await readStanding(edited)).toEqual(expectedStanding(edited));
    const told = { location: "Dojo 2", link: "https://meet.example/2", windowRevision: 2 };
    expect(await meetingsOf(availability)).toMatchObject([told, told]);
  });

  test("of a full group of 100 updates the meetings that do not fit into the transaction afterwards", async () => {
    const availability = await storeWithSeats(members(100), { maxParticipants: 100 });
    await storeMeetings(availability);
    const { database: wired, operations } = watchedDatabase();
    await updateAvailability(wired, availability, plan(availability, { location: "Dojo 2" }));
    expect(operations).toEqual(["TransactWriteItems", "UpdateItem", "UpdateItem"]);
    const places = (await meetingsOf(availability)).map(({ location }) => location);
    expect(places).toEqual(Array(100).fill("Dojo 2"));
  });

  test("fails if the availability has changed since it was read, or shows a newer name", async () => {
    const availability = await storeAvailability();
    const edit = () => updateAvailability(database, availability, plan(availability, { location: "Dojo 2" }));
    const other = withSeats(availability, ["another"]);
    await expectConflicts(
      availability,
      [
        { revision: 2 },
        { seats: other.seats },
        { status: "CANCELED" },
        { ownerRevision: 2 },
        { seatsVersion: 1 },
      ],
      edit,
    );
    await edit();
    expect(await findAvailability(database, availability)).toMatchObject({ location: "Dojo 2", revision: 2 });
  });

  test("works on an item that was stored before names and times had a version", async () => {
    const { ownerRevision, seatsVersion, ...older } = availabilityRecord({}, { owner: randomUUID() });
    await putAvailability(older);
    const availability = { ...older, ownerRevision: 0, seatsVersion: 0 };
    await updateAvailability(database, availability, plan(availability, { location: "Dojo 2" }));
    expect(await findAvailability(database, availability)).toMatchObject({
      location: "Dojo 2",
      ownerRevision: 1,
    });
  });

  test("updates the scheduled meetings that are outdated, and no others", async () => {
    const availability = await storeWithSeats(
      members(3),
      { maxParticipants: 3, location: "Dojo 2" },
      { revision: 2 },
    );
    const [behind, told, canceled] = Object.values(availability.seats).map(({ meetingId }) => meetingId);
    const meetings = [
      meetingRecord({ id: behind ?? "" }),
      meetingRecord({ id: told ?? "", windowRevision: 2 }),
      meetingRecord({ id: canceled ?? "", status: "CANCELED" }),
    ];
    await transact(database, { ...meetings.map((meeting) => insertMeeting(database, meeting)) });
    const { database: wired, operations } = watchedDatabase();
    await followEdit(wired, availability);
    expect(operations).toEqual(["BatchGetItem", "UpdateItem"]);
    const places = (await meetingsOf(availability)).map(({ id, location }) => [id, location]);
    expect(new Map(places as [string, string][])).toEqual(
      new Map([
        [behind, "Dojo 2"],
        [told, "Discord"],
        [canceled, "Discord"],
      ]),
    );
  });
});

test("a deletion also removes the entry and the openings, and fails if the availability has changed or has seats", async () => {
  const availability = await storeAvailability({ cohorts: ["White", "Black"] });
  const others = [{ revision: 2 }, { seatCount: 1 }, { status: "CANCELED" as const }];
  await expectConflicts(availability, others, () => deleteAvailabilityRecord(database, availability));
  expect(await readStanding(availability)).toEqual(expectedStanding(availability));
  await deleteAvailabilityRecord(database, availability);
  expect(await readStanding(availability)).toEqual({ availability: undefined, entries: [], openings: [] });
});
