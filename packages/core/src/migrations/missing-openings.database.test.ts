import { beforeEach, describe, expect, test } from "vitest";
import { setAvailability } from "../availabilities/index.ts";
import { memberActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import type { ConnectedDatabase } from "../database/database.ts";
import { day, hour, shift } from "../instant.ts";
import { expectMigrated, former, intercepted, newStage, readTable } from "../testing/former-stage.ts";
import { availabilityInput, loadItems } from "../testing/index.ts";
import { migrate } from "./migrate.ts";
import type { Item } from "./migration.ts";

let database: ConnectedDatabase;
let ctx: Awaited<ReturnType<typeof newStage>>;

beforeEach(async () => {
  ctx = await newStage();
  database = ctx.database;
});

describe("availabilities that were stored before openings existed", () => {
  beforeEach(() => loadItems(database, { ...former.tables, Openings: [] }));

  test("get openings", async () => {
    await migrate(ctx);
    await expectMigrated(database);
  });

  test("get the right openings if they move during the migration", async () => {
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
    const late = intercepted(database, async ({ input }) => {
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
    const own = (await readTable(database, "Openings")).filter(({ id }) => id === availability["id"]);
    expect(own.map(({ opening }) => opening)).toEqual([`${startTime}#${availability["id"]}`]);
  });

  test("get no openings if they are over", async () => {
    await migrate({ ...ctx, now: new Date(shift(former.writtenAt, 365 * day)) });
    expect(await readTable(database, "Openings")).toEqual([]);
  });
});
