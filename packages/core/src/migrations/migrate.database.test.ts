import { readdirSync } from "node:fs";
import { DeleteCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { searchAvailabilities, setAvailability } from "../availabilities/index.ts";
import type { SetAvailabilityInput } from "../availabilities/schema.ts";
import { cancelMeeting } from "../booking/index.ts";
import { getCalendar } from "../calendar/index.ts";
import { memberActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import { type ConnectedDatabase, createDatabase, type Database } from "../database/database.ts";
import type { TableName } from "../database/tables.ts";
import { day, hour, shift } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import {
  availabilityInput,
  book,
  findViolations,
  formerTables,
  linkTestDatabase,
  loadItems,
  newTables,
  readFormerData,
  type StoredItems,
} from "../testing/index.ts";
import { getUser } from "../users/index.ts";
import { calendar } from "./0004-calendar.ts";
import { migrate, migrations } from "./migrate.ts";
import { type Item, inPlace } from "./migration.ts";

const former = readFormerData();

let database: ConnectedDatabase;
/** As when the data were written. */
let ctx: { now: Date; database: Database };

beforeEach(async () => {
  linkTestDatabase();
  database = createDatabase(await newTables());
  ctx = { now: new Date(former.writtenAt), database };
});

async function readTable(table: TableName): Promise<Item[]> {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const TableName = database.names[table];
    const input = { TableName, ConsistentRead: true, ...(start && { ExclusiveStartKey: start }) };
    const { Items = [], LastEvaluatedKey } = await database.client.send(new ScanCommand(input));
    items.push(...Items);
    start = LastEvaluatedKey;
  } while (start);
  return items;
}

/** What the former data must be in the end, by the plain words of the decision. */
function newShapes({ Users, Availabilities, Openings, Meetings, Calendar }: StoredItems): StoredItems {
  const statusOf = new Map(Availabilities.map(({ id, status }) => [id, status]));
  return {
    Users: Users.map((user) => ({ ...user, revision: 1, defaultLink: "", blocked: [], blockedBy: 0 })),
    Availabilities: Availabilities.map((availability) => ({
      ...availability,
      ownerRevision: 0,
      link: "",
      bookings: "one",
      seatsVersion: 0,
      closed: [],
      seats: Object.fromEntries(
        Object.entries(availability["seats"] as Item).map(([name, seat]) => [
          name,
          { ...(seat as Item), revision: 0 },
        ]),
      ),
    })),
    Openings,
    Meetings: Meetings.map((meeting) => ({
      ...meeting,
      ownerRevision: 0,
      participantRevision: 0,
      windowRevision: 0,
      link: "",
      hostLink: "",
      bookings: "one",
    })),
    Calendar: Calendar.map((item) => {
      const entry = String(item["entry"]);
      if (entry.startsWith("window#")) return { ...item, status: statusOf.get(item["id"]) };
      return item["status"] === "CANCELED" ? { ...item, entry: entry.replace("meeting", "canceled") } : item;
    }),
  };
}

/** Items as texts in an order of their own, so that neither the order of items nor that of attributes matters. */
function texts(items: readonly Item[]): string[] {
  const text = (item: Item) =>
    JSON.stringify(item, (_, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
        : value,
    );
  return items.map(text).sort();
}

async function expectData(data: StoredItems): Promise<void> {
  for (const table of formerTables) {
    expect(texts(await readTable(table)), table).toEqual(texts(data[table]));
  }
}

interface Sent {
  name: string;
  input: {
    Limit?: number;
    ExclusiveStartKey?: object;
    TransactItems?: Record<string, { Key?: Item }>[];
  };
}

/** The database behind something that sees each request first, and may stop it by throwing. */
function watched(before: (sent: Sent) => unknown): Database {
  const send = async (command: { constructor: { name: string }; input: object }) => {
    await before({ name: command.constructor.name.replace("Command", ""), input: command.input });
    return await database.client.send(command as never);
  };
  return { names: database.names, client: { send: send as Database["client"]["send"] } };
}

test("every migration in the directory runs, in the order of the names", () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^\d{4}-.*\.ts$/.test(name));
  expect(migrations.map(({ id }) => `${id}.ts`)).toEqual(files.sort());
});

describe("the data of the former version", () => {
  beforeEach(() => loadItems(database, former.tables));

  test("get today's shape, in which everything holds that must", async () => {
    expect(await migrate(ctx)).toBe(true);
    await expectData(newShapes(former.tables));
    const members = former.tables.Users.map(({ username }) => ({ actor: memberActor(String(username)) }));
    expect(await findViolations(members, database)).toEqual([]);
  });

  test("in batches of a hundred items, however often a run ends after one", async () => {
    let runs = 0;
    let scans: Sent["input"][] = [];
    const observed = watched(({ name, input }) => name === "Scan" && scans.push(input));
    for (let isDone = false; !isDone; runs++) {
      scans = [];
      let batches = 0;
      isDone = await migrate({ ...ctx, database: observed }, { goOn: () => batches++ < 1 });
      expect(scans.length).toBeLessThanOrEqual(1);
      for (const { Limit } of scans) expect(Limit).toBe(100);
    }
    // 43 users, 245 availabilities twice, 199 meetings, 905 entries; a table may tell its end by one more page.
    expect(runs).toBeGreaterThanOrEqual(1 + 3 + 2 + 10 + 3);
    expect(runs).toBeLessThanOrEqual(2 * 19);
    await expectData(newShapes(former.tables));
  });

  test("however often a run is killed in the middle of a request", async () => {
    for (let requests = 1, isDone = false; !isDone; requests = Math.ceil(requests * 1.5)) {
      let left = requests;
      const mortal = watched(() => {
        if (left-- <= 0) throw new Error("killed");
      });
      isDone = await migrate({ ...ctx, database: mortal }).catch((error: Error) => {
        expect(error.message).toBe("killed");
        return false;
      });
    }
    await expectData(newShapes(former.tables));
  });

  test("by three runs at once", async () => {
    expect(await Promise.all([migrate(ctx), migrate(ctx), migrate(ctx)])).toEqual([true, true, true]);
    await expectData(newShapes(former.tables));
  });

  test("once: a run after that asks one question", async () => {
    await migrate(ctx);
    const sent: string[] = [];
    expect(await migrate({ ...ctx, database: watched(({ name }) => sent.push(name)) })).toBe(true);
    expect(sent).toEqual(["BatchGet"]);
  });

  test("and if what is done were forgotten, nothing changes any more", async () => {
    await migrate(ctx);
    for (const { id } of await readTable("Migrations")) {
      await database.client.send(new DeleteCommand({ TableName: database.names.Migrations, Key: { id } }));
    }
    const writes: string[] = [];
    const observed = watched(({ name }) => name.includes("Write") && writes.push(name));
    expect(await migrate({ ...ctx, database: observed })).toBe(true);
    expect(writes).toEqual([]);
  });

  test.each([
    ["before they are migrated", false],
    ["afterward", true],
  ])("serve their members as before: %s", async (_, isMigrated) => {
    if (isMigrated) await migrate(ctx);
    const member = (username: unknown): MemberContext => ({
      ...ctx,
      actor: memberActor(String(username)),
      cursorKey: "test",
    });
    const { Users, Availabilities, Meetings } = former.tables;
    const canceled = Meetings.find(({ status }) => status === "CANCELED") ?? {};
    const standing = Meetings.find(({ status }) => status === "SCHEDULED") ?? {};
    const participant = member(standing["participant"]);
    expect(await getUser(participant, {})).toMatchObject({ username: participant.actor.username });
    expect(await getMeeting(member(canceled["owner"]), { id: String(canceled["id"]) })).toMatchObject({
      status: "CANCELED",
      canceledBy: canceled["canceledBy"],
    });

    const span = { from: former.writtenAt, to: shift(former.writtenAt, 60 * day) };
    const calendar = await getCalendar(participant, span);
    expect(calendar.meetings.map(({ id }) => id)).toContain(standing["id"]);
    expect(await cancelMeeting(participant, { id: String(standing["id"]) })).toMatchObject({
      status: "CANCELED",
    });

    const { items } = await searchAvailabilities(participant, { ...span, limit: 100 });
    const open = items.find(({ participants }) => participants.length > 0) ?? items[0];
    expect(Availabilities.map(({ id }) => id)).toContain(open?.id);
    const anonymous = Users.find(
      ({ username, cohort }) =>
        cohort !== null && !Meetings.some((meeting) => Object.values(meeting).includes(username)),
    );
    const seeker = anonymous ? member(anonymous["username"]) : participant;
    const choice = open?.maxParticipants === 1 ? { startTime: open.startTime } : {};
    const type = open?.types[0] ?? "";
    const meeting = await book(seeker, open ?? { owner: "", id: "" }, { ...choice, type });
    expect(await getMeeting(seeker, meeting)).toEqual(meeting);

    const booked = Availabilities.find(({ seatCount }) => Number(seatCount) > 2) ?? {};
    const { id, startTime, endTime, types, cohorts } = booked as unknown as SetAvailabilityInput;
    const edit = { id, startTime, endTime, types, cohorts, location: "Hall 3" };
    expect(await setAvailability(member(booked["owner"]), edit as SetAvailabilityInput)).toMatchObject({
      location: "Hall 3",
    });
  });
});

describe("beside the running system", () => {
  const availabilities = former.tables.Availabilities;
  /** A group with seats left and seats taken. */
  const group = availabilities.find(
    ({ status, maxParticipants, seatCount }) =>
      status === "SCHEDULED" && Number(maxParticipants) > 1 && Number(seatCount) > 0,
  ) as Item;
  const owner = (): MemberContext => ({
    ...ctx,
    actor: memberActor(String(group["owner"])),
    cursorKey: "test",
  });

  /** A database in which something else happens just before the first write to an item of that key. */
  function interrupted(attribute: string, key: unknown, other: () => Promise<unknown>): Database {
    let isDue = true;
    return watched(async ({ input }) => {
      const writes = (input.TransactItems ?? []).flatMap((item) => Object.values(item));
      if (!isDue || !writes.some(({ Key }) => Key?.[attribute] === key)) return;
      isDue = false;
      await other();
    });
  }

  beforeEach(() => loadItems(database, former.tables));

  test("a seat that is freed while its availability is migrated stays free", async () => {
    const [name, seat] = Object.entries(group["seats"] as Item)[0] ?? [];
    const id = String((seat as Item)["meetingId"]);
    await migrate({ ...ctx, database: interrupted("id", group["id"], () => cancelMeeting(owner(), { id })) });
    const availability = (await readTable("Availabilities")).find((found) => found["id"] === group["id"]);
    expect(availability).toMatchObject({ link: "", seatCount: Number(group["seatCount"]) - 1 });
    const seats = availability?.["seats"] as Record<string, Item>;
    expect(Object.keys(seats)).not.toContain(name);
    for (const seat of Object.values(seats)) expect(seat).toMatchObject({ revision: 0 });
  });

  test("an availability that is withdrawn while its entry is migrated is withdrawn in the calendar", async () => {
    const booked = availabilities.find(
      ({ status, maxParticipants }) => status === "BOOKED" && maxParticipants === 1,
    );
    const entry = former.tables.Calendar.find(
      ({ entry, id }) => String(entry).startsWith("window#") && id === booked?.["id"],
    );
    const owner = { ...ctx, actor: memberActor(String(booked?.["owner"])), cursorKey: "test" };
    const [seat] = Object.values(booked?.["seats"] as Record<string, Item>);
    const id = String(seat?.["meetingId"]);
    const database = interrupted("entry", entry?.["entry"], () => cancelMeeting(owner, { id }));
    await migrate({ ...ctx, database }, { migrations: [calendar] });
    const found = (await readTable("Calendar")).find((found) => found["entry"] === entry?.["entry"]);
    expect(found).toMatchObject({ status: "CANCELED" });
  });

  test("what is deleted while it is migrated does not come back", async () => {
    const { id, owner } = availabilities.find(({ seatCount }) => seatCount === 0) as Item;
    const Key = { owner, id };
    const remove = () =>
      database.client.send(new DeleteCommand({ TableName: database.names.Availabilities, Key }));
    expect(await migrate({ ...ctx, database: interrupted("id", id, remove) })).toBe(true);
    const found = await readTable("Availabilities");
    expect(found).toHaveLength(availabilities.length - 1);
    expect(found.map((availability) => availability["id"])).not.toContain(id);
  });

  test("a new value wins over the one that a migration would set", async () => {
    const [user] = former.tables.Users;
    const username = String(user?.["username"]);
    const other = inPlace("other", "Users", () => ({ bio: "of a run that came first" }));
    const own = inPlace("own", "Users", ({ bio }) =>
      String(bio).startsWith("of a run") ? {} : { bio: "of this run" },
    );
    let isDue = true;
    const late = watched(async ({ input }) => {
      const touches = (input.TransactItems ?? []).some(
        (item) => item["Update"]?.Key?.["username"] === username,
      );
      if (!isDue || !touches) return;
      isDue = false;
      await migrate(ctx, { migrations: [other] });
    });
    await migrate({ ...ctx, database: late }, { migrations: [own] });
    const found = (await readTable("Users")).find((found) => found["username"] === username);
    expect(found).toMatchObject({ bio: "of a run that came first" });
  });
});

describe("availabilities from before there were openings", () => {
  beforeEach(() => loadItems(database, { ...former.tables, Openings: [] }));

  test("are found again", async () => {
    await migrate(ctx);
    await expectData(newShapes(former.tables));
  });

  test("but for those that move while they get theirs", async () => {
    const availability = former.tables.Availabilities.find(
      ({ status, seatCount, maxParticipants }) =>
        status === "SCHEDULED" && seatCount === 0 && maxParticipants === 1,
    ) as Item;
    const owner: MemberContext = {
      ...ctx,
      actor: memberActor(String(availability["owner"])),
      cursorKey: "test",
    };
    const startTime = shift(String(availability["startTime"]), 300 * day);
    let isDue = true;
    const late = watched(async ({ input }) => {
      const checks = (input.TransactItems ?? []).some(
        (item) =>
          item["ConditionCheck"]?.Key?.["id"] === availability["id"] &&
          "Put" in (input.TransactItems?.[1] ?? {}),
      );
      if (!isDue || !checks) return;
      isDue = false;
      await setAvailability(
        owner,
        availabilityInput(
          { id: String(availability["id"]), startTime, endTime: shift(startTime, hour) },
          ctx.now,
        ),
      );
    });
    await migrate({ ...ctx, database: late });
    const own = (await readTable("Openings")).filter(({ id }) => id === availability["id"]);
    expect(own.map(({ opening }) => opening)).toEqual([`${startTime}#${availability["id"]}`]);
  });

  test("and what is over gets none", async () => {
    await migrate({ ...ctx, now: new Date(shift(former.writtenAt, 365 * day)) });
    expect(await readTable("Openings")).toEqual([]);
  });
});

test("a new stage has nothing to do: a look at each table", async () => {
  const sent: string[] = [];
  expect(await migrate({ ...ctx, database: watched(({ name }) => sent.push(name)) })).toBe(true);
  expect(sent).toEqual(["BatchGet", ...migrations.flatMap(() => ["Scan", "Update"])]);
});
