import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import { memberActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import type { ConnectedDatabase, Database } from "../database/database.ts";
import { former, intercepted, newStage, readTable } from "../testing/former-stage.ts";
import { loadItems } from "../testing/index.ts";
import { calendar } from "./0004-calendar.ts";
import { migrate } from "./migrate.ts";
import { type Item, inPlace } from "./migration.ts";

let database: ConnectedDatabase;
let ctx: Awaited<ReturnType<typeof newStage>>;

beforeEach(async () => {
  ctx = await newStage();
  database = ctx.database;
});

describe("while the system is running", () => {
  const availabilities = former.tables.Availabilities;
  /** A group with both free and taken seats. */
  const group = availabilities.find(
    ({ status, maxParticipants, seatCount }) =>
      status === "SCHEDULED" && Number(maxParticipants) > 1 && Number(seatCount) > 0,
  ) as Item;
  const owner = (): MemberContext => ({
    ...ctx,
    actor: memberActor(String(group["owner"])),
    cursorKey: "test",
  });

  /** A database that runs something else just before the first write to the item with this key. */
  function interrupted(attribute: string, key: unknown, other: () => Promise<unknown>): Database {
    let isDue = true;
    return intercepted(database, async ({ input }) => {
      const writes = (input.TransactItems ?? []).flatMap((item) => Object.values(item));
      if (!isDue || !writes.some(({ Key }) => Key?.[attribute] === key)) return;
      isDue = false;
      await other();
    });
  }

  beforeEach(() => loadItems(database, former.tables));

  test("keeps a seat free that is freed while its availability is migrated", async () => {
    const [name, seat] = Object.entries(group["seats"] as Item)[0] ?? [];
    const id = String((seat as Item)["meetingId"]);
    await migrate({ ...ctx, database: interrupted("id", group["id"], () => cancelMeeting(owner(), { id })) });
    const availability = (await readTable(database, "Availabilities")).find(
      (found) => found["id"] === group["id"],
    );
    expect(availability).toMatchObject({ link: "", seatCount: Number(group["seatCount"]) - 1 });
    const seats = availability?.["seats"] as Record<string, Item>;
    expect(Object.keys(seats)).not.toContain(name);
    for (const seat of Object.values(seats)) expect(seat).toMatchObject({ revision: 0 });
  });

  test("shows an availability as withdrawn that is withdrawn while its entry is migrated", async () => {
    const booked = availabilities.find(
      ({ status, maxParticipants }) => status === "BOOKED" && maxParticipants === 1,
    );
    const entry = former.tables.Calendar.find(
      ({ entry, id }) => String(entry).startsWith("window#") && id === booked?.["id"],
    );
    const owner = { ...ctx, actor: memberActor(String(booked?.["owner"])), cursorKey: "test" };
    const [seat] = Object.values(booked?.["seats"] as Record<string, Item>);
    const id = String(seat?.["meetingId"]);
    const late = interrupted("entry", entry?.["entry"], () => cancelMeeting(owner, { id }));
    await migrate({ ...ctx, database: late }, { migrations: [calendar] });
    const found = (await readTable(database, "Calendar")).find(
      (found) => found["entry"] === entry?.["entry"],
    );
    expect(found).toMatchObject({ status: "CANCELED" });
  });

  test("does not restore an item that is deleted while it is migrated", async () => {
    const { id, owner } = availabilities.find(({ seatCount }) => seatCount === 0) as Item;
    const Key = { owner, id };
    const remove = () =>
      database.client.send(new DeleteCommand({ TableName: database.names.Availabilities, Key }));
    expect(await migrate({ ...ctx, database: interrupted("id", id, remove) })).toBe(true);
    const found = await readTable(database, "Availabilities");
    expect(found).toHaveLength(availabilities.length - 1);
    expect(found.map((availability) => availability["id"])).not.toContain(id);
  });

  test("does not overwrite a newer value", async () => {
    const [user] = former.tables.Users;
    const username = String(user?.["username"]);
    const other = inPlace("other", "Users", () => ({ bio: "of a run that came first" }));
    const own = inPlace("own", "Users", ({ bio }) =>
      String(bio).startsWith("of a run") ? {} : { bio: "of this run" },
    );
    let isDue = true;
    const late = intercepted(database, async ({ input }) => {
      const touches = (input.TransactItems ?? []).some(
        (item) => item["Update"]?.Key?.["username"] === username,
      );
      if (!isDue || !touches) return;
      isDue = false;
      await migrate(ctx, { migrations: [other] });
    });
    await migrate({ ...ctx, database: late }, { migrations: [own] });
    const found = (await readTable(database, "Users")).find((found) => found["username"] === username);
    expect(found).toMatchObject({ bio: "of a run that came first" });
  });
});
