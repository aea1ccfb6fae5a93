/** What each write of an availability rests on, and what it leaves in the tables. */
import { randomUUID } from "node:crypto";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { putAvailabilityEntry } from "../agenda/repository.ts";
import { initialSettings } from "../community/initial-settings.ts";
import { batchGet } from "../database/batch-get.ts";
import { ConflictError, type TransactItem, transact } from "../database/transact.ts";
import { compareTexts, hour, shift } from "../instant.ts";
import { asMeeting, insertMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { testDatabase } from "../testing/database.ts";
import { availabilityInput, availabilityRecord, now, withSeats } from "../testing/records.ts";
import { meetingRecord } from "../testing/stored-meetings.ts";
import { watchedDatabase, wiredDatabase } from "../testing/wire.ts";
import { refreshOwner, refreshSeat } from "./copies.ts";
import { openingKey, openingsOf } from "./openings.ts";
import {
  type AvailabilityRecord,
  deleteAvailabilityRecord,
  findAvailabilities,
  findAvailability,
  followEdit,
  insertAvailability,
  updateAvailability,
} from "./repository.ts";
import { planAvailability } from "./rules.ts";
import { freeSeat, takeSeat, withdrawSeats } from "./seats.ts";

const database = testDatabase();
const later = new Date(now.getTime() + hour);
const host = { displayName: "Host", cohort: "Black", revision: 1 };
const cohorts = ["White", "Yellow", "Green", "Black"];

type Given = Parameters<typeof availabilityRecord>;

/** Posts an availability of an owner of its own. */
async function posted(given: Given[0] = {}, changes: Given[1] = {}): Promise<AvailabilityRecord> {
  const availability = availabilityRecord(given, { owner: randomUUID(), ...changes });
  await insertAvailability(database, availability);
  return availability;
}

/** Posts an availability with seats taken. */
async function seated(names: readonly string[], given: Given[0] = {}, changes: Given[1] = {}) {
  const availability = withSeats(availabilityRecord(given, { owner: randomUUID(), ...changes }), names);
  await insertAvailability(database, availability);
  return availability;
}

async function put(Item: object): Promise<void> {
  await database.client.send(new PutCommand({ TableName: database.names.Availabilities, Item }));
}

/** What the three tables have of an availability. */
async function standing(availability: AvailabilityRecord) {
  const query = {
    TableName: database.names.Calendar,
    KeyConditionExpression: "username = :owner",
    ExpressionAttributeValues: { ":owner": availability.owner },
  };
  const { Items } = await database.client.send(new QueryCommand(query));
  const keys = cohorts.map((cohort) => ({ cohort, opening: openingKey(availability) }));
  const { Openings } = await batchGet(database, { Openings: keys });
  return {
    availability: await findAvailability(database, availability),
    entries: Items?.map(withoutBooked),
    openings: Openings.sort(byCohort),
  };
}

/** What they must have. */
function expected(availability: AvailabilityRecord) {
  const entries = [putAvailabilityEntry(database, availability).Put?.Item].map(withoutBooked);
  return { availability, entries, openings: openingsOf(availability).sort(byCohort) };
}

/** An entry tells whether its availability is withdrawn. Whether the availability is full it tells as of the last edit. */
function withoutBooked(entry: { status?: unknown } = {}) {
  return entry.status === "BOOKED" ? { ...entry, status: "SCHEDULED" } : entry;
}

function byCohort(a: { cohort?: unknown }, b: { cohort?: unknown }): number {
  return compareTexts(String(a.cohort), String(b.cohort));
}

/** Whatever else an availability has become since it was seen, the write is refused and changes nothing. */
async function expectRefusals(
  seen: AvailabilityRecord,
  others: readonly Partial<AvailabilityRecord>[],
  write: () => Promise<unknown>,
): Promise<void> {
  for (const other of others) {
    await put({ ...seen, ...other });
    await expect(write(), JSON.stringify(other)).rejects.toThrow(ConflictError);
    expect(await findAvailability(database, seen)).toEqual({ ...seen, ...other });
  }
  await put(seen);
}

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

/** Names of members, each with a meeting of its own id. */
function members(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID());
}

describe("reading", () => {
  test("is as committed, and fills what older items do not have", async () => {
    const availability = availabilityRecord({}, { owner: randomUUID() });
    const { ownerRevision, bookings, seatsVersion, closed, link, ...older } = availability;
    await put(older);
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

  test("of several is in order of start and id, each once", async () => {
    const owner = randomUUID();
    const [late, early] = [await posted({}, { owner }), await posted({}, { owner, id: "a" })];
    const earlier = await posted({ startTime: shift(early.startTime, -hour) }, { owner, id: "z" });
    const named = [late, early, earlier, late, { owner, id: "none" }];
    expect(await findAvailabilities(database, named)).toEqual([
      earlier,
      ...[early, late].sort((a, b) => compareTexts(a.id, b.id)),
    ]);
  });
});

test("an availability is posted once, and only where what the posting rests on holds", async () => {
  const availability = availabilityRecord({ cohorts: ["White", "Black"] }, { owner: randomUUID() });
  const held: TransactItem = {
    ConditionCheck: {
      TableName: database.names.Users,
      Key: { username: availability.owner },
      ConditionExpression: "attribute_exists(username)",
    },
  };
  await expect(insertAvailability(database, availability, { held })).rejects.toThrow(ConflictError);
  expect(await standing(availability)).toEqual({ availability: undefined, entries: [], openings: [] });
  await insertAvailability(database, availability);
  expect(await standing(availability)).toEqual(expected(availability));
  await expect(insertAvailability(database, { ...availability, description: "Again" })).rejects.toThrow(
    ConflictError,
  );
  expect(await standing(availability)).toEqual(expected(availability));
});

describe("an edit", () => {
  const plan = (availability: AvailabilityRecord, given: Given[0]) => {
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
    const availability = await posted({ cohorts: ["White", "Black"] });
    const startTime = shift(availability.startTime, 3 * hour);
    const changes = plan(availability, {
      startTime,
      endTime: shift(startTime, hour),
      cohorts: ["Black", "Green"],
    });
    await updateAvailability(database, availability, changes);
    const edited = { ...availability, ...changes, revision: 2 };
    expect(await standing(edited)).toEqual(expected(edited));
    expect((await standing(availability)).openings).toEqual([]);
  });

  test("that leaves the time tells the booked meetings the place, in one transaction", async () => {
    const availability = await seated(members(2), { maxParticipants: 3 });
    await storeMeetings(availability);
    const changes = plan(availability, { location: "Dojo 2", link: "https://meet.example/2" });
    const { database: wired, operations } = watchedDatabase();
    await updateAvailability(wired, availability, changes);
    expect(operations).toEqual(["TransactWriteItems"]);
    const edited = { ...availability, ...changes, revision: 2 };
    expect(await standing(edited)).toEqual(expected(edited));
    const told = { location: "Dojo 2", link: "https://meet.example/2", windowRevision: 2 };
    expect(await meetingsOf(availability)).toMatchObject([told, told]);
  });

  test("of a full group of 100 updates the meetings that the transaction has no room for after it", async () => {
    const availability = await seated(members(100), { maxParticipants: 100 });
    await storeMeetings(availability);
    const { database: wired, operations } = watchedDatabase();
    await updateAvailability(wired, availability, plan(availability, { location: "Dojo 2" }));
    expect(operations).toEqual(["TransactWriteItems", "UpdateItem", "UpdateItem"]);
    const places = (await meetingsOf(availability)).map(({ location }) => location);
    expect(places).toEqual(Array(100).fill("Dojo 2"));
  });

  test("rests on the availability as it was seen, and on a name that is not newer", async () => {
    const availability = await posted();
    const edit = () => updateAvailability(database, availability, plan(availability, { location: "Dojo 2" }));
    const other = withSeats(availability, ["another"]);
    await expectRefusals(
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

  test("of an item that was stored before names and times had a version", async () => {
    const { ownerRevision, seatsVersion, ...older } = availabilityRecord({}, { owner: randomUUID() });
    await put(older);
    const availability = { ...older, ownerRevision: 0, seatsVersion: 0 };
    await updateAvailability(database, availability, plan(availability, { location: "Dojo 2" }));
    expect(await findAvailability(database, availability)).toMatchObject({
      location: "Dojo 2",
      ownerRevision: 1,
    });
  });

  test("is followed up by the scheduled meetings that are behind, and writes no others", async () => {
    const availability = await seated(
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

test("a deletion takes entry and openings along, and rests on an unchanged availability without seats", async () => {
  const availability = await posted({ cohorts: ["White", "Black"] });
  const others = [{ revision: 2 }, { seatCount: 1 }, { status: "CANCELED" as const }];
  await expectRefusals(availability, others, () => deleteAvailabilityRecord(database, availability));
  expect(await standing(availability)).toEqual(expected(availability));
  await deleteAvailabilityRecord(database, availability);
  expect(await standing(availability)).toEqual({ availability: undefined, entries: [], openings: [] });
});

describe("a seat", () => {
  const seatOf = (name: string) => {
    const bookedAt = later.toISOString();
    const seat = withSeats(availabilityRecord(), [name], { bookedAt }).seats[name];
    if (!seat) throw new Error("No seat");
    return seat;
  };
  const take = (seen: AvailabilityRecord, offer: Parameters<typeof takeSeat>[4]) =>
    transact(database, takeSeat(database, seen, "guest", seatOf("guest"), offer));

  test("one to one closes the availability", async () => {
    const availability = await posted();
    const offer = { status: "BOOKED", lastStart: availability.lastStart } as const;
    await expectRefusals(
      availability,
      [{ status: "BOOKED" }, { revision: 2 }, { seatCount: 1 }, { seats: { guest: seatOf("guest") } }],
      () => take(availability, offer),
    );
    await take(availability, offer);
    const taken = {
      ...availability,
      status: "BOOKED" as const,
      seats: { guest: seatOf("guest") },
      seatCount: 1,
      updatedAt: later.toISOString(),
    };
    expect(await standing(taken)).toEqual(expected(taken));
  });

  test.each<[string, string[], number[], number[]]>([
    ["the first one", [], [0], [1]],
    ["one between, beside others that come in", ["a"], [1, 2], [0, 3]],
    ["the last one", ["a", "b", "c"], [3], [2]],
  ])("of a group of four: %s", async (_, names, allowed, refused) => {
    const availability = await seated(names, { maxParticipants: 4 });
    const isLast = names.length === 3;
    const offer = { status: isLast ? "BOOKED" : "SCHEDULED", lastStart: availability.lastStart } as const;
    const counts = refused.map((seatCount) => ({ seatCount }));
    await expectRefusals(availability, counts, () => take(availability, offer));
    for (const seatCount of allowed) {
      await put({ ...availability, seatCount });
      await take(availability, offer);
      const taken = { ...availability, ...offer, seatCount: seatCount + 1, updatedAt: later.toISOString() };
      expect((await standing(taken)).availability).toEqual({
        ...taken,
        seats: { ...availability.seats, guest: seatOf("guest") },
      });
    }
    expect((await standing(availability)).openings).toHaveLength(isLast ? 0 : 1);
  });

  test("beside other bookings holds the times that were seen taken, and counts their version", async () => {
    const startTime = shift(now.toISOString(), 24 * hour);
    const closed = [{ startTime: shift(startTime, 2 * hour), endTime: shift(startTime, 3 * hour) }];
    const given = { startTime, endTime: shift(startTime, 5 * hour), bookings: "several" } as const;
    const availability = await seated(["a"], given, { closed, seatsVersion: 4 });
    const seen = { ...availability, status: "SCHEDULED" as const };
    await put(seen);
    const offer = { status: "SCHEDULED", lastStart: shift(startTime, 3 * hour) } as const;
    await expectRefusals(seen, [{ seatsVersion: 5 }, { revision: 2 }], () => take(seen, offer));
    await take(seen, offer);
    expect(await findAvailability(database, availability)).toEqual({
      ...seen,
      ...offer,
      seats: { ...availability.seats, guest: seatOf("guest") },
      seatCount: 2,
      seatsVersion: 5,
      updatedAt: later.toISOString(),
    });
    const { seatsVersion, ...older } = seen;
    await put(older);
    await take({ ...seen, seatsVersion: 0 }, offer);
    expect(await findAvailability(database, availability)).toMatchObject({ seatCount: 2, seatsVersion: 1 });
  });

  test("that is refused tells the availability as it stood", async () => {
    const availability = await posted();
    const taken = { ...availability, ...withSeats(availability, ["another"]) };
    await put(taken);
    const offer = { status: "BOOKED", lastStart: availability.lastStart } as const;
    const error = await take(availability, offer).catch((error: unknown) => error);
    expect((error as ConflictError).failed.get("seat")).toEqual(taken);
  });
});

describe("a freed seat", () => {
  const free = (seen: AvailabilityRecord, change: Omit<Parameters<typeof freeSeat>[3], "now">) => {
    const meeting = { id: "meeting of guest", participant: "guest" };
    return freeSeat(database, meeting, seen, { ...change, now: later });
  };

  test("one to one opens the availability again", async () => {
    const availability = await seated(["guest"]);
    const { lastStart, closed } = availability;
    const items = free(availability, { status: "SCHEDULED", lastStart, closed });
    expect(items).not.toHaveProperty("availabilityEntry");
    const other = withSeats(availability, ["guest"], { meetingId: "another" });
    await expectRefusals(
      availability,
      [{ seats: other.seats }, { seatCount: 2 }, { revision: 2 }, { status: "CANCELED" }],
      () => transact(database, items),
    );
    await transact(database, items);
    const freed = { ...availability, seats: {}, seatCount: 0, status: "SCHEDULED" as const };
    const updated = { ...freed, updatedAt: later.toISOString() };
    expect(await standing(updated)).toEqual(expected(updated));
  });

  test("of the availability's owner withdraws it", async () => {
    const availability = await seated(["guest"]);
    const { lastStart, closed } = availability;
    await transact(database, free(availability, { status: "CANCELED", lastStart, closed }));
    const withdrawn = { ...availability, seats: {}, seatCount: 0, status: "CANCELED" as const };
    const updated = { ...withdrawn, updatedAt: later.toISOString() };
    expect(await standing(updated)).toEqual(expected(updated));
  });

  test("of a withdrawn availability leaves it so", async () => {
    const availability = await seated(["guest", "a"], { maxParticipants: 3 });
    const seen = { ...availability, status: "CANCELED" as const };
    await put(seen);
    const { lastStart, closed } = availability;
    const items = free(seen, { status: "CANCELED", lastStart, closed });
    expect(Object.keys(items)).toEqual(["seat"]);
    await transact(database, items);
    expect(await findAvailability(database, availability)).toMatchObject({
      status: "CANCELED",
      seatCount: 1,
    });
  });

  test("beside others leaves theirs, unless it has become the last one", async () => {
    const availability = await seated(["guest", "a"], { maxParticipants: 2 });
    const { lastStart, closed } = availability;
    const items = free(availability, { status: "SCHEDULED", lastStart, closed });
    await expectRefusals(availability, [{ seatCount: 1 }], () => transact(database, items));
    await transact(database, items);
    const { guest, ...seats } = availability.seats;
    const freed = { ...availability, seats, seatCount: 1, status: "SCHEDULED" as const };
    const updated = { ...freed, updatedAt: later.toISOString() };
    expect(await findAvailability(database, availability)).toEqual(updated);
    expect((await standing(availability)).openings).toEqual(openingsOf(updated));
  });

  test("of several bookings gives back its time, or closes it", async () => {
    const endTime = shift(availabilityInput().startTime, 3 * hour);
    const availability = await seated(["guest", "a"], { endTime, bookings: "several" }, { seatsVersion: 2 });
    const seen = { ...availability, status: "SCHEDULED" as const };
    await put(seen);
    const change = {
      status: "SCHEDULED" as const,
      lastStart: shift(availability.startTime, hour),
      closed: [{ startTime: availability.startTime, endTime: shift(availability.startTime, hour) }],
    };
    const items = free(seen, change);
    await expectRefusals(seen, [{ seatsVersion: 3 }], () => transact(database, items));
    await transact(database, items);
    const freed = { ...change, seatCount: 1, seatsVersion: 3, updatedAt: later.toISOString() };
    expect(await findAvailability(database, availability)).toMatchObject(freed);
  });
});

describe("a withdrawal", () => {
  const change = { reason: "The dojo is closed", now: later };

  test("frees some seats and keeps the others", async () => {
    const availability = await seated(["a", "b", "c"], { maxParticipants: 4, cohorts: ["White", "Black"] });
    const withdraw = () => transact(database, withdrawSeats(database, availability, ["a", "b"], change));
    const others = ["a", "b"].map((name) => ({
      seats: { ...availability.seats, ...withSeats(availability, [name], { meetingId: "another" }).seats },
    }));
    await expectRefusals(
      availability,
      [...others, { revision: 2 }, { seatCount: 4 }, { seatsVersion: 1 }],
      withdraw,
    );
    await withdraw();
    const { a, b, ...seats } = availability.seats;
    const withdrawn = {
      ...availability,
      status: "CANCELED" as const,
      seats,
      seatCount: 1,
      revision: 2,
      withdrawReason: change.reason,
      updatedAt: later.toISOString(),
    };
    expect(await standing(withdrawn)).toEqual(expected(withdrawn));
  });

  test("frees one seat alone", async () => {
    const availability = await seated(["a"]);
    await transact(database, withdrawSeats(database, availability, ["a"], change));
    const withdrawn = await findAvailability(database, availability);
    expect(withdrawn).toMatchObject({ status: "CANCELED", seatCount: 0 });
    expect(withdrawn?.seats).toEqual({});
  });

  test("of nobody closes the availability", async () => {
    const availability = await posted();
    await transact(database, withdrawSeats(database, availability, [], change));
    const withdrawn = {
      ...availability,
      status: "CANCELED" as const,
      revision: 2,
      withdrawReason: change.reason,
      updatedAt: later.toISOString(),
    };
    expect(await standing(withdrawn)).toEqual(expected(withdrawn));
  });
});

describe("a new name of the owner", () => {
  const ofCohort = (availability: AvailabilityRecord, cohort: string | null, revision = 3) => ({
    username: availability.owner,
    displayName: "New",
    cohort,
    revision,
  });

  test("is one write, which steps no revision", async () => {
    const availability = await posted();
    const { database: wired, operations } = watchedDatabase();
    await refreshOwner(wired, ofCohort(availability, "Black"), availability);
    expect(operations).toEqual(["GetItem", "UpdateItem"]);
    const shown = { ...availability, ownerDisplayName: "New", ownerRevision: 3 };
    expect(await standing(shown)).toEqual(expected(shown));
  });

  test.each(["Green", null])(
    "and cohort (%s) changes the openings, and steps the availability's revision",
    async (cohort) => {
      const availability = await posted({ cohorts: ["White", "Black"] });
      const { database: wired, operations } = watchedDatabase();
      await refreshOwner(wired, ofCohort(availability, cohort), availability, availability);
      expect(operations).toEqual(["TransactWriteItems"]);
      const shown = {
        ...availability,
        ownerDisplayName: "New",
        ownerCohort: cohort,
        ownerRevision: 3,
        revision: 2,
      };
      expect(await standing(shown)).toEqual(expected(shown));
    },
  );

  test("and cohort steps the revision of a full availability, too", async () => {
    const availability = await seated(["guest"]);
    await refreshOwner(database, ofCohort(availability, "Green"), availability);
    expect(await findAvailability(database, availability)).toMatchObject({
      ownerCohort: "Green",
      revision: 2,
    });
  });

  test.each([3, 4])(
    "is not written where an availability shows revision %d, or is gone",
    async (ownerRevision) => {
      const availability = await posted({}, { ownerRevision });
      const { database: wired, operations } = watchedDatabase();
      await refreshOwner(wired, ofCohort(availability, "Green"), availability);
      await refreshOwner(wired, ofCohort(availability, "Green"), availability, availability);
      await refreshOwner(wired, ofCohort(availability, "Green"), { ...availability, id: "none" });
      expect(operations).toEqual(["GetItem", "GetItem"]);
      expect(await standing(availability)).toEqual(expected(availability));
    },
  );

  test.each<[string, string, Partial<AvailabilityRecord>]>([
    ["was edited", "Green", { revision: 5, startTime: shift(availabilityInput().startTime, 30 * 60_000) }],
    ["was edited", "Black", { revision: 5 }],
    ["was booked", "Green", { status: "BOOKED" }],
    ["has other times taken", "Green", { seatsVersion: 1, lastStart: availabilityInput().startTime }],
    ["shows a newer name", "Green", { ownerRevision: 4, ownerDisplayName: "Newer" }],
  ])("goes by the availability as it is where it %s since (%s): %j", async (_, cohort, change) => {
    const endTime = shift(availabilityInput().startTime, 3 * hour);
    const seen = availabilityRecord({ endTime }, { owner: randomUUID() });
    const availability = { ...seen, ...change };
    await insertAvailability(database, availability);
    await refreshOwner(database, ofCohort(availability, cohort), seen, seen);
    const isNewer = availability.ownerRevision > 3;
    const isNewCohort = cohort !== availability.ownerCohort;
    const shown = {
      ...availability,
      ownerDisplayName: "New",
      ownerCohort: cohort,
      ownerRevision: 3,
      revision: availability.revision + (isNewCohort ? 1 : 0),
    };
    const after = await standing(availability);
    expect(after).toEqual({ ...expected(isNewer ? availability : shown), entries: after.entries });
    expect((await standing(seen)).openings).toHaveLength(
      availability.status === "SCHEDULED" && availability.startTime === seen.startTime ? 1 : 0,
    );
  });

  test("of an item that was stored before names and times had a version", async () => {
    const { ownerRevision, seatsVersion, ...older } = availabilityRecord({}, { owner: randomUUID() });
    await put(older);
    await refreshOwner(database, { ...ofCohort(older as AvailabilityRecord, "Black") }, older);
    expect(await findAvailability(database, older)).toMatchObject({
      ownerDisplayName: "New",
      ownerRevision: 3,
    });
  });
});

describe("a new name of a participant", () => {
  const guest = { username: "guest", displayName: "New", cohort: "Green", revision: 2 };
  const meetingOf = (availability: AvailabilityRecord, id = "meeting of guest") => ({
    id,
    owner: availability.owner,
    availabilityId: availability.id,
  });

  test.each([1, undefined])("shows on a seat of revision %s", async (revision) => {
    const availability = await seated(["guest", "a"], { maxParticipants: 3 });
    const { guest: seat, a } = availability.seats;
    await put({ ...availability, seats: { a, guest: { ...seat, revision } } });
    const { database: wired, operations } = watchedDatabase();
    await refreshSeat(wired, guest, meetingOf(availability));
    expect(operations).toEqual(["UpdateItem"]);
    expect((await findAvailability(database, availability))?.seats).toEqual({
      a,
      guest: { ...seat, displayName: "New", cohort: "Green", revision: 2 },
    });
  });

  test("does not show where the seat shows a later one, is of another meeting, or is gone", async () => {
    const availability = await seated(["guest"]);
    await refreshSeat(database, { ...guest, revision: 1 }, meetingOf(availability));
    await refreshSeat(database, guest, meetingOf(availability, "another"));
    await refreshSeat(database, { ...guest, username: "gone" }, meetingOf(availability));
    await refreshSeat(database, guest, { ...meetingOf(availability), availabilityId: "none" });
    expect(await findAvailability(database, availability)).toEqual(availability);
  });
});
