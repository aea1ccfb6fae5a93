import { readdirSync } from "node:fs";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { searchAvailabilities, setAvailability } from "../availabilities/index.ts";
import type { SetAvailabilityInput } from "../availabilities/schema.ts";
import { cancelMeeting } from "../booking/index.ts";
import { getCalendar } from "../calendar/index.ts";
import { memberActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import type { ConnectedDatabase } from "../database/database.ts";
import { day, shift } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import {
  expectMigrated,
  former,
  intercepted,
  newStage,
  readTable,
  type Sent,
} from "../testing/former-stage.ts";
import { book, findViolations, loadItems } from "../testing/index.ts";
import { getUser } from "../users/index.ts";
import { migrate, migrations } from "./migrate.ts";

let database: ConnectedDatabase;
let ctx: Awaited<ReturnType<typeof newStage>>;

beforeEach(async () => {
  ctx = await newStage();
  database = ctx.database;
});

test("every migration in the directory runs, in order of the names", () => {
  const files = readdirSync(import.meta.dirname).filter((name) => /^\d{4}-.*\.ts$/.test(name));
  expect(migrations.map(({ id }) => `${id}.ts`)).toEqual(files.sort());
});

describe("migrating the data of the former version", () => {
  beforeEach(() => loadItems(database, former.tables));

  test("gives it today's shape, and keeps every invariant", async () => {
    expect(await migrate(ctx)).toBe(true);
    await expectMigrated(database);
    const members = former.tables.Users.map(({ username }) => ({ actor: memberActor(String(username)) }));
    expect(await findViolations(members, database)).toEqual([]);
  });

  test("works in batches of a hundred items, even if every run ends after one batch", async () => {
    let runs = 0;
    let scans: Sent["input"][] = [];
    const observed = intercepted(database, ({ name, input }) => name === "Scan" && scans.push(input));
    for (let isDone = false; !isDone; runs++) {
      scans = [];
      let batches = 0;
      isDone = await migrate({ ...ctx, database: observed }, { goOn: () => batches++ < 1 });
      expect(scans.length).toBeLessThanOrEqual(1);
      for (const { Limit } of scans) expect(Limit).toBe(100);
    }
    // 43 users, 245 availabilities twice, 199 meetings, 905 entries. The end of a table may need one more page.
    expect(runs).toBeGreaterThanOrEqual(1 + 3 + 2 + 10 + 3);
    expect(runs).toBeLessThanOrEqual(2 * 19);
    await expectMigrated(database);
  });

  test("works even if runs are killed at any request", async () => {
    for (let requests = 1, isDone = false; !isDone; requests = Math.ceil(requests * 1.5)) {
      let left = requests;
      const mortal = intercepted(database, () => {
        if (left-- <= 0) throw new Error("killed");
      });
      isDone = await migrate({ ...ctx, database: mortal }).catch((error: Error) => {
        expect(error.message).toBe("killed");
        return false;
      });
    }
    await expectMigrated(database);
  });

  test("works with three runs at once", async () => {
    expect(await Promise.all([migrate(ctx), migrate(ctx), migrate(ctx)])).toEqual([true, true, true]);
    await expectMigrated(database);
  });

  test("happens once: a later run sends one request", async () => {
    await migrate(ctx);
    const sent: string[] = [];
    expect(await migrate({ ...ctx, database: intercepted(database, ({ name }) => sent.push(name)) })).toBe(
      true,
    );
    expect(sent).toEqual(["BatchGet"]);
  });

  test("is idempotent: a run without records of the earlier one changes nothing", async () => {
    await migrate(ctx);
    for (const { id } of await readTable(database, "Migrations")) {
      await database.client.send(new DeleteCommand({ TableName: database.names.Migrations, Key: { id } }));
    }
    const writes: string[] = [];
    const observed = intercepted(database, ({ name }) => name.includes("Write") && writes.push(name));
    expect(await migrate({ ...ctx, database: observed })).toBe(true);
    expect(writes).toEqual([]);
  });

  test.each([
    ["before they are migrated", false],
    ["afterward", true],
  ])("keeps the data usable for members: %s", async (_, isMigrated) => {
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

test("on a new stage a run only scans each table once", async () => {
  const sent: string[] = [];
  expect(await migrate({ ...ctx, database: intercepted(database, ({ name }) => sent.push(name)) })).toBe(
    true,
  );
  expect(sent).toEqual(["BatchGet", ...migrations.flatMap(() => ["Scan", "Update"])]);
});
