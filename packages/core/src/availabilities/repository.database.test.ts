/** What each write of a window rests on, and what it leaves in the tables. */
import { randomUUID } from "node:crypto";
import { PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { putWindowEntry } from "../calendar/repository.ts";
import { batchGet } from "../database/batch-get.ts";
import { Contention, type TransactItem, transact } from "../database/transact.ts";
import { compareTexts, hour, shift } from "../instant.ts";
import { insertMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { testDatabase } from "../testing/database.ts";
import { now, windowInput, windowRecord, withSeats } from "../testing/records.ts";
import { meetingRecord } from "../testing/stored-meetings.ts";
import { watchedDatabase, wiredDatabase } from "../testing/wire.ts";
import { openingKey, openingsOf } from "./openings.ts";
import {
  type AvailabilityRecord,
  deleteAvailabilityRecord,
  findAvailabilities,
  findAvailability,
  followEdit,
  freeSeat,
  insertAvailability,
  refreshOwner,
  refreshSeat,
  takeSeat,
  updateAvailability,
  withdrawSeats,
} from "./repository.ts";
import { planWindow } from "./rules.ts";

const database = testDatabase();
const later = new Date(now.getTime() + hour);
const host = { displayName: "Host", cohort: "Black", revision: 1 };
const cohorts = ["White", "Yellow", "Green", "Black"];

type Given = Parameters<typeof windowRecord>;

/** Posts a window of an owner of its own. */
async function posted(given: Given[0] = {}, changes: Given[1] = {}): Promise<AvailabilityRecord> {
  const window = windowRecord(given, { owner: randomUUID(), ...changes });
  await insertAvailability(database, window);
  return window;
}

/** Posts a window with seats taken. */
async function seated(names: readonly string[], given: Given[0] = {}, changes: Given[1] = {}) {
  const window = withSeats(windowRecord(given, { owner: randomUUID(), ...changes }), names);
  await insertAvailability(database, window);
  return window;
}

async function put(Item: object): Promise<void> {
  await database.client.send(new PutCommand({ TableName: database.names.Availabilities, Item }));
}

/** What the three tables have of a window. */
async function standing(window: AvailabilityRecord) {
  const query = {
    TableName: database.names.Calendar,
    KeyConditionExpression: "username = :owner",
    ExpressionAttributeValues: { ":owner": window.owner },
  };
  const { Items } = await database.client.send(new QueryCommand(query));
  const keys = cohorts.map((cohort) => ({ cohort, opening: openingKey(window) }));
  const { Openings } = await batchGet(database, { Openings: keys });
  return {
    window: await findAvailability(database, window),
    entries: Items?.map(withoutBooked),
    openings: Openings.sort(byCohort),
  };
}

/** What they must have. */
function expected(window: AvailabilityRecord) {
  const entries = [putWindowEntry(database, window).Put?.Item].map(withoutBooked);
  return { window, entries, openings: openingsOf(window).sort(byCohort) };
}

/** An entry tells whether its window is withdrawn. Whether the window is full it tells as of the last edit. */
function withoutBooked(entry: { status?: unknown } = {}) {
  return entry.status === "BOOKED" ? { ...entry, status: "SCHEDULED" } : entry;
}

function byCohort(a: { cohort?: unknown }, b: { cohort?: unknown }): number {
  return compareTexts(String(a.cohort), String(b.cohort));
}

/** Whatever else a window has become since it was seen, the write is refused and changes nothing. */
async function expectRefusals(
  seen: AvailabilityRecord,
  others: readonly Partial<AvailabilityRecord>[],
  write: () => Promise<unknown>,
): Promise<void> {
  for (const other of others) {
    await put({ ...seen, ...other });
    await expect(write(), JSON.stringify(other)).rejects.toThrow(Contention);
    expect(await findAvailability(database, seen)).toEqual({ ...seen, ...other });
  }
  await put(seen);
}

/** Stores the meetings of all seats of a window. */
async function storeMeetings(window: AvailabilityRecord): Promise<void> {
  const items = Object.values(window.seats).map(({ meetingId }) =>
    insertMeeting(database, meetingRecord({ id: meetingId, availabilityId: window.id })),
  );
  await transact(database, { ...items });
}

async function meetingsOf(window: AvailabilityRecord): Promise<MeetingRecord[]> {
  const keys = Object.values(window.seats).map(({ meetingId }) => ({ id: meetingId }));
  const { Meetings } = await batchGet(database, { Meetings: keys });
  return Meetings as unknown as MeetingRecord[];
}

/** Names of members, each with a meeting of its own id. */
function members(count: number): string[] {
  return Array.from({ length: count }, () => randomUUID());
}

describe("reading", () => {
  test("is as committed, and fills what older items do not have", async () => {
    const window = windowRecord({}, { owner: randomUUID() });
    const { ownerRevision, bookings, seatsVersion, closed, link, ...older } = window;
    await put(older);
    const inputs: { ConsistentRead?: boolean }[] = [];
    const wired = wiredDatabase((_, send, input) => {
      inputs.push(JSON.parse(input));
      return send();
    });
    const filled = { ...older, ownerRevision: 0, bookings: "one", seatsVersion: 0, closed: [], link: "" };
    expect(await findAvailability(wired, window)).toEqual(filled);
    expect(inputs).toMatchObject([{ ConsistentRead: true }]);
    expect(await findAvailability(database, { ...window, id: "none" })).toBeUndefined();
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

test("a window is posted once, and only where what the posting rests on holds", async () => {
  const window = windowRecord({ cohorts: ["White", "Black"] }, { owner: randomUUID() });
  const held: TransactItem = {
    ConditionCheck: {
      TableName: database.names.Users,
      Key: { username: window.owner },
      ConditionExpression: "attribute_exists(username)",
    },
  };
  await expect(insertAvailability(database, window, { held })).rejects.toThrow(Contention);
  expect(await standing(window)).toEqual({ window: undefined, entries: [], openings: [] });
  await insertAvailability(database, window);
  expect(await standing(window)).toEqual(expected(window));
  await expect(insertAvailability(database, { ...window, description: "Again" })).rejects.toThrow(Contention);
  expect(await standing(window)).toEqual(expected(window));
});

describe("an edit", () => {
  const plan = (window: AvailabilityRecord, given: Given[0]) => {
    const { startTime, endTime, maxParticipants } = window;
    return planWindow(windowInput({ startTime, endTime, maxParticipants, ...given }), host, later, window);
  };

  test("moves the window, its entry and its openings", async () => {
    const window = await posted({ cohorts: ["White", "Black"] });
    const startTime = shift(window.startTime, 3 * hour);
    const changes = plan(window, { startTime, endTime: shift(startTime, hour), cohorts: ["Black", "Green"] });
    await updateAvailability(database, window, changes);
    const edited = { ...window, ...changes, revision: 2 };
    expect(await standing(edited)).toEqual(expected(edited));
    expect((await standing(window)).openings).toEqual([]);
  });

  test("that leaves the time tells the booked meetings the place, in one transaction", async () => {
    const window = await seated(members(2), { maxParticipants: 3 });
    await storeMeetings(window);
    const changes = plan(window, { location: "Dojo 2", link: "https://meet.example/2" });
    const { database: wired, operations } = watchedDatabase();
    await updateAvailability(wired, window, changes);
    expect(operations).toEqual(["TransactWriteItems"]);
    const edited = { ...window, ...changes, revision: 2 };
    expect(await standing(edited)).toEqual(expected(edited));
    const told = { location: "Dojo 2", link: "https://meet.example/2", windowRevision: 2 };
    expect(await meetingsOf(window)).toMatchObject([told, told]);
  });

  test("of a full group of 100 updates the meetings that the transaction has no room for after it", async () => {
    const window = await seated(members(100), { maxParticipants: 100 });
    await storeMeetings(window);
    const { database: wired, operations } = watchedDatabase();
    await updateAvailability(wired, window, plan(window, { location: "Dojo 2" }));
    expect(operations).toEqual(["TransactWriteItems", "UpdateItem", "UpdateItem"]);
    const places = (await meetingsOf(window)).map(({ location }) => location);
    expect(places).toEqual(Array(100).fill("Dojo 2"));
  });

  test("rests on the window as it was seen, and on a name that is not newer", async () => {
    const window = await posted();
    const edit = () => updateAvailability(database, window, plan(window, { location: "Dojo 2" }));
    const other = withSeats(window, ["another"]);
    await expectRefusals(
      window,
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
    expect(await findAvailability(database, window)).toMatchObject({ location: "Dojo 2", revision: 2 });
  });

  test("of an item that was stored before names and times had a version", async () => {
    const { ownerRevision, seatsVersion, ...older } = windowRecord({}, { owner: randomUUID() });
    await put(older);
    const window = { ...older, ownerRevision: 0, seatsVersion: 0 };
    await updateAvailability(database, window, plan(window, { location: "Dojo 2" }));
    expect(await findAvailability(database, window)).toMatchObject({ location: "Dojo 2", ownerRevision: 1 });
  });

  test("is followed up by the scheduled meetings that are behind, and writes no others", async () => {
    const window = await seated(members(3), { maxParticipants: 3, location: "Dojo 2" }, { revision: 2 });
    const [behind, told, canceled] = Object.values(window.seats).map(({ meetingId }) => meetingId);
    const meetings = [
      meetingRecord({ id: behind ?? "" }),
      meetingRecord({ id: told ?? "", windowRevision: 2 }),
      meetingRecord({ id: canceled ?? "", status: "CANCELED" }),
    ];
    await transact(database, { ...meetings.map((meeting) => insertMeeting(database, meeting)) });
    const { database: wired, operations } = watchedDatabase();
    await followEdit(wired, window);
    expect(operations).toEqual(["BatchGetItem", "UpdateItem"]);
    const places = (await meetingsOf(window)).map(({ id, location }) => [id, location]);
    expect(new Map(places as [string, string][])).toEqual(
      new Map([
        [behind, "Dojo 2"],
        [told, "Discord"],
        [canceled, "Discord"],
      ]),
    );
  });
});

test("a deletion takes entry and openings along, and rests on an unchanged window without seats", async () => {
  const window = await posted({ cohorts: ["White", "Black"] });
  const others = [{ revision: 2 }, { seatCount: 1 }, { status: "CANCELED" as const }];
  await expectRefusals(window, others, () => deleteAvailabilityRecord(database, window));
  expect(await standing(window)).toEqual(expected(window));
  await deleteAvailabilityRecord(database, window);
  expect(await standing(window)).toEqual({ window: undefined, entries: [], openings: [] });
});

describe("a seat", () => {
  const seatOf = (name: string) => {
    const bookedAt = later.toISOString();
    const seat = withSeats(windowRecord(), [name], { bookedAt }).seats[name];
    if (!seat) throw new Error("No seat");
    return seat;
  };
  const take = (seen: AvailabilityRecord, offer: Parameters<typeof takeSeat>[4]) =>
    transact(database, takeSeat(database, seen, "guest", seatOf("guest"), offer));

  test("one to one closes the window", async () => {
    const window = await posted();
    const offer = { status: "BOOKED", lastStart: window.lastStart } as const;
    await expectRefusals(
      window,
      [{ status: "BOOKED" }, { revision: 2 }, { seatCount: 1 }, { seats: { guest: seatOf("guest") } }],
      () => take(window, offer),
    );
    await take(window, offer);
    const taken = {
      ...window,
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
    const window = await seated(names, { maxParticipants: 4 });
    const isLast = names.length === 3;
    const offer = { status: isLast ? "BOOKED" : "SCHEDULED", lastStart: window.lastStart } as const;
    const counts = refused.map((seatCount) => ({ seatCount }));
    await expectRefusals(window, counts, () => take(window, offer));
    for (const seatCount of allowed) {
      await put({ ...window, seatCount });
      await take(window, offer);
      const taken = { ...window, ...offer, seatCount: seatCount + 1, updatedAt: later.toISOString() };
      expect((await standing(taken)).window).toEqual({
        ...taken,
        seats: { ...window.seats, guest: seatOf("guest") },
      });
    }
    expect((await standing(window)).openings).toHaveLength(isLast ? 0 : 1);
  });

  test("beside other bookings holds the times that were seen taken, and counts their version", async () => {
    const startTime = shift(now.toISOString(), 24 * hour);
    const closed = [{ startTime: shift(startTime, 2 * hour), endTime: shift(startTime, 3 * hour) }];
    const given = { startTime, endTime: shift(startTime, 5 * hour), bookings: "several" } as const;
    const window = await seated(["a"], given, { closed, seatsVersion: 4 });
    const seen = { ...window, status: "SCHEDULED" as const };
    await put(seen);
    const offer = { status: "SCHEDULED", lastStart: shift(startTime, 3 * hour) } as const;
    await expectRefusals(seen, [{ seatsVersion: 5 }, { revision: 2 }], () => take(seen, offer));
    await take(seen, offer);
    expect(await findAvailability(database, window)).toEqual({
      ...seen,
      ...offer,
      seats: { ...window.seats, guest: seatOf("guest") },
      seatCount: 2,
      seatsVersion: 5,
      updatedAt: later.toISOString(),
    });
    const { seatsVersion, ...older } = seen;
    await put(older);
    await take({ ...seen, seatsVersion: 0 }, offer);
    expect(await findAvailability(database, window)).toMatchObject({ seatCount: 2, seatsVersion: 1 });
  });

  test("that is refused tells the window as it stood", async () => {
    const window = await posted();
    const taken = { ...window, ...withSeats(window, ["another"]) };
    await put(taken);
    const offer = { status: "BOOKED", lastStart: window.lastStart } as const;
    const error = await take(window, offer).catch((error: unknown) => error);
    expect((error as Contention).failed.get("seat")).toEqual(taken);
  });
});

describe("a freed seat", () => {
  const free = (seen: AvailabilityRecord, change: Omit<Parameters<typeof freeSeat>[3], "now">) => {
    const meeting = { id: "meeting of guest", participant: "guest" };
    return freeSeat(database, meeting, seen, { ...change, now: later });
  };

  test("one to one opens the window again", async () => {
    const window = await seated(["guest"]);
    const { lastStart, closed } = window;
    const items = free(window, { status: "SCHEDULED", lastStart, closed });
    expect(items).not.toHaveProperty("windowEntry");
    const other = withSeats(window, ["guest"], { meetingId: "another" });
    await expectRefusals(
      window,
      [{ seats: other.seats }, { seatCount: 2 }, { revision: 2 }, { status: "CANCELED" }],
      () => transact(database, items),
    );
    await transact(database, items);
    const freed = { ...window, seats: {}, seatCount: 0, status: "SCHEDULED" as const };
    const updated = { ...freed, updatedAt: later.toISOString() };
    expect(await standing(updated)).toEqual(expected(updated));
  });

  test("of the window's owner withdraws it", async () => {
    const window = await seated(["guest"]);
    const { lastStart, closed } = window;
    await transact(database, free(window, { status: "CANCELED", lastStart, closed }));
    const withdrawn = { ...window, seats: {}, seatCount: 0, status: "CANCELED" as const };
    const updated = { ...withdrawn, updatedAt: later.toISOString() };
    expect(await standing(updated)).toEqual(expected(updated));
  });

  test("of a withdrawn window leaves it so", async () => {
    const window = await seated(["guest", "a"], { maxParticipants: 3 });
    const seen = { ...window, status: "CANCELED" as const };
    await put(seen);
    const { lastStart, closed } = window;
    const items = free(seen, { status: "CANCELED", lastStart, closed });
    expect(Object.keys(items)).toEqual(["seat"]);
    await transact(database, items);
    expect(await findAvailability(database, window)).toMatchObject({ status: "CANCELED", seatCount: 1 });
  });

  test("beside others leaves theirs, unless it has become the last one", async () => {
    const window = await seated(["guest", "a"], { maxParticipants: 2 });
    const { lastStart, closed } = window;
    const items = free(window, { status: "SCHEDULED", lastStart, closed });
    await expectRefusals(window, [{ seatCount: 1 }], () => transact(database, items));
    await transact(database, items);
    const { guest, ...seats } = window.seats;
    const freed = { ...window, seats, seatCount: 1, status: "SCHEDULED" as const };
    const updated = { ...freed, updatedAt: later.toISOString() };
    expect(await findAvailability(database, window)).toEqual(updated);
    expect((await standing(window)).openings).toEqual(openingsOf(updated));
  });

  test("of several bookings gives back its time, or closes it", async () => {
    const endTime = shift(windowInput().startTime, 3 * hour);
    const window = await seated(["guest", "a"], { endTime, bookings: "several" }, { seatsVersion: 2 });
    const seen = { ...window, status: "SCHEDULED" as const };
    await put(seen);
    const change = {
      status: "SCHEDULED" as const,
      lastStart: shift(window.startTime, hour),
      closed: [{ startTime: window.startTime, endTime: shift(window.startTime, hour) }],
    };
    const items = free(seen, change);
    await expectRefusals(seen, [{ seatsVersion: 3 }], () => transact(database, items));
    await transact(database, items);
    const freed = { ...change, seatCount: 1, seatsVersion: 3, updatedAt: later.toISOString() };
    expect(await findAvailability(database, window)).toMatchObject(freed);
  });
});

describe("a withdrawal", () => {
  const change = { reason: "The dojo is closed", now: later };

  test("frees some seats and keeps the others", async () => {
    const window = await seated(["a", "b", "c"], { maxParticipants: 4, cohorts: ["White", "Black"] });
    const withdraw = () => transact(database, withdrawSeats(database, window, ["a", "b"], change));
    const others = ["a", "b"].map((name) => ({
      seats: { ...window.seats, ...withSeats(window, [name], { meetingId: "another" }).seats },
    }));
    await expectRefusals(
      window,
      [...others, { revision: 2 }, { seatCount: 4 }, { seatsVersion: 1 }],
      withdraw,
    );
    await withdraw();
    const { a, b, ...seats } = window.seats;
    const withdrawn = {
      ...window,
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
    const window = await seated(["a"]);
    await transact(database, withdrawSeats(database, window, ["a"], change));
    const withdrawn = await findAvailability(database, window);
    expect(withdrawn).toMatchObject({ status: "CANCELED", seatCount: 0 });
    expect(withdrawn?.seats).toEqual({});
  });

  test("of nobody closes the window", async () => {
    const window = await posted();
    await transact(database, withdrawSeats(database, window, [], change));
    const withdrawn = {
      ...window,
      status: "CANCELED" as const,
      revision: 2,
      withdrawReason: change.reason,
      updatedAt: later.toISOString(),
    };
    expect(await standing(withdrawn)).toEqual(expected(withdrawn));
  });
});

describe("a new name of the owner", () => {
  const ofCohort = (window: AvailabilityRecord, cohort: string | null, revision = 3) => ({
    username: window.owner,
    displayName: "New",
    cohort,
    revision,
  });

  test("is one write, which steps no revision", async () => {
    const window = await posted();
    const { database: wired, operations } = watchedDatabase();
    await refreshOwner(wired, ofCohort(window, "Black"), window);
    expect(operations).toEqual(["GetItem", "UpdateItem"]);
    const shown = { ...window, ownerDisplayName: "New", ownerRevision: 3 };
    expect(await standing(shown)).toEqual(expected(shown));
  });

  test.each(["Green", null])(
    "and cohort (%s) changes the openings, and steps the window's revision",
    async (cohort) => {
      const window = await posted({ cohorts: ["White", "Black"] });
      const { database: wired, operations } = watchedDatabase();
      await refreshOwner(wired, ofCohort(window, cohort), window, window);
      expect(operations).toEqual(["TransactWriteItems"]);
      const shown = {
        ...window,
        ownerDisplayName: "New",
        ownerCohort: cohort,
        ownerRevision: 3,
        revision: 2,
      };
      expect(await standing(shown)).toEqual(expected(shown));
    },
  );

  test("and cohort steps the revision of a full window, too", async () => {
    const window = await seated(["guest"]);
    await refreshOwner(database, ofCohort(window, "Green"), window);
    expect(await findAvailability(database, window)).toMatchObject({ ownerCohort: "Green", revision: 2 });
  });

  test.each([3, 4])("is not written where a window shows revision %d, or is gone", async (ownerRevision) => {
    const window = await posted({}, { ownerRevision });
    const { database: wired, operations } = watchedDatabase();
    await refreshOwner(wired, ofCohort(window, "Green"), window);
    await refreshOwner(wired, ofCohort(window, "Green"), window, window);
    await refreshOwner(wired, ofCohort(window, "Green"), { ...window, id: "none" });
    expect(operations).toEqual(["GetItem", "GetItem"]);
    expect(await standing(window)).toEqual(expected(window));
  });

  test.each<[string, string, Partial<AvailabilityRecord>]>([
    ["was edited", "Green", { revision: 5, startTime: shift(windowInput().startTime, 30 * 60_000) }],
    ["was edited", "Black", { revision: 5 }],
    ["was booked", "Green", { status: "BOOKED" }],
    ["has other times taken", "Green", { seatsVersion: 1, lastStart: windowInput().startTime }],
    ["shows a newer name", "Green", { ownerRevision: 4, ownerDisplayName: "Newer" }],
  ])("goes by the window as it is where it %s since (%s): %j", async (_, cohort, change) => {
    const endTime = shift(windowInput().startTime, 3 * hour);
    const seen = windowRecord({ endTime }, { owner: randomUUID() });
    const window = { ...seen, ...change };
    await insertAvailability(database, window);
    await refreshOwner(database, ofCohort(window, cohort), seen, seen);
    const isNewer = window.ownerRevision > 3;
    const isNewCohort = cohort !== window.ownerCohort;
    const shown = {
      ...window,
      ownerDisplayName: "New",
      ownerCohort: cohort,
      ownerRevision: 3,
      revision: window.revision + (isNewCohort ? 1 : 0),
    };
    const after = await standing(window);
    expect(after).toEqual({ ...expected(isNewer ? window : shown), entries: after.entries });
    expect((await standing(seen)).openings).toHaveLength(
      window.status === "SCHEDULED" && window.startTime === seen.startTime ? 1 : 0,
    );
  });

  test("of an item that was stored before names and times had a version", async () => {
    const { ownerRevision, seatsVersion, ...older } = windowRecord({}, { owner: randomUUID() });
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
  const meetingOf = (window: AvailabilityRecord, id = "meeting of guest") => ({
    id,
    owner: window.owner,
    availabilityId: window.id,
  });

  test.each([1, undefined])("shows on a seat of revision %s", async (revision) => {
    const window = await seated(["guest", "a"], { maxParticipants: 3 });
    const { guest: seat, a } = window.seats;
    await put({ ...window, seats: { a, guest: { ...seat, revision } } });
    const { database: wired, operations } = watchedDatabase();
    await refreshSeat(wired, guest, meetingOf(window));
    expect(operations).toEqual(["UpdateItem"]);
    expect((await findAvailability(database, window))?.seats).toEqual({
      a,
      guest: { ...seat, displayName: "New", cohort: "Green", revision: 2 },
    });
  });

  test("does not show where the seat shows a later one, is of another meeting, or is gone", async () => {
    const window = await seated(["guest"]);
    await refreshSeat(database, { ...guest, revision: 1 }, meetingOf(window));
    await refreshSeat(database, guest, meetingOf(window, "another"));
    await refreshSeat(database, { ...guest, username: "gone" }, meetingOf(window));
    await refreshSeat(database, guest, { ...meetingOf(window), availabilityId: "none" });
    expect(await findAvailability(database, window)).toEqual(window);
  });
});
