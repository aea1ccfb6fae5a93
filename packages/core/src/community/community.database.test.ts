import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, test } from "vitest";
import { searchAvailabilities, setAvailability, withdrawAvailability } from "../availabilities/index.ts";
import { adminActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import { createDatabase, type Database } from "../database/database.ts";
import { InvalidInput } from "../errors.ts";
import {
  after,
  availabilityInput,
  book,
  dropped,
  errorAnswer,
  newMember,
  newTables,
  outcomeOf,
  tally,
  wiredDatabase,
} from "../testing/index.ts";
import { getUser, setUser } from "../users/index.ts";
import { updateUser } from "../users/repository.ts";
import { getCommunity, getSettings, setSettings } from "./index.ts";
import { initialSettings } from "./initial-settings.ts";
import type { CommunitySettings, SetCommunityInput } from "./schema.ts";

let database: Database;
let admin: MemberContext;
let member: MemberContext;

/** Each test has its own Community table; it shares the other tables. */
beforeEach(async () => {
  const { database: shared, ...ctx } = await newMember();
  const { Community } = await newTables();
  database = createDatabase({ ...shared.names, Community });
  member = { ...ctx, database };
  admin = { ...member, actor: adminActor("an-admin") };
});

/** Saves the community with changes. */
async function change(
  change: (settings: CommunitySettings) => Partial<SetCommunityInput>,
): Promise<CommunitySettings> {
  const settings = await getSettings(admin);
  return setSettings(admin, { ...settings, ...change(settings) });
}

const retire = <Item extends { id: string }>(items: readonly Item[], id: string) =>
  items.map((item) => (item.id === id ? { ...item, isRetired: true } : item));

/** The same tables, as another process sees them. */
const elsewhere = (ctx: MemberContext): MemberContext => ({
  ...ctx,
  database: createDatabase({ ...ctx.database.names }),
});

async function refusedFields(call: Promise<unknown>): Promise<string[]> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof InvalidInput) return Object.keys(error.fieldErrors);
  if (error !== undefined) throw error;
  return [];
}

describe("a new stage", () => {
  test("starts from the settings in the file", async () => {
    expect(await getSettings(admin)).toEqual(initialSettings());
    expect(await getCommunity(member)).toEqual({
      name: "Kumite",
      cohorts: initialSettings().cohorts.map(({ id }) => id),
      types: initialSettings().types,
      cohortLabels: expect.objectContaining({ White: "White", Black: "Black" }),
      typeLabels: expect.objectContaining({ technique: "Technique drill" }),
      revision: 0,
    });
  });
});

describe("a change", () => {
  test("is returned, stored, and visible in this process at once", async () => {
    await getCommunity(member);
    const changed = await change(({ cohorts, types }) => ({
      name: "Dojo",
      defaultLocation: "Hall 1",
      cohorts: [
        { id: "none", label: "No belt", isRetired: false },
        ...retire(cohorts, "Brown").map((cohort) =>
          cohort.id === "White" ? { ...cohort, label: "Beginners" } : cohort,
        ),
      ],
      types: retire(types, "kata"),
    }));
    expect(changed).toMatchObject({ revision: 1, name: "Dojo", defaultLocation: "Hall 1" });
    expect(changed.cohorts.slice(0, 2)).toEqual([
      { id: "none", label: "No belt" },
      { id: "White", label: "Beginners" },
    ]);
    expect(changed.cohorts).toContainEqual({ id: "Brown", label: "Brown", isRetired: true });
    expect(await getSettings(elsewhere(admin))).toEqual(changed);
    const shown = await getCommunity(member);
    expect(await getCommunity(elsewhere(member))).toEqual(shown);
    expect(shown).toMatchObject({ revision: 1, name: "Dojo" });
    expect(shown.cohorts).toEqual(["none", "White", "Yellow", "Orange", "Green", "Blue", "Purple", "Black"]);
    expect(shown.types.map(({ id }) => id)).not.toContain("kata");
    expect(shown.cohortLabels).toMatchObject({ none: "No belt", White: "Beginners", Brown: "Brown" });
    expect(shown.typeLabels).toMatchObject({ kata: "Kata practice", sparring: "Sparring" });
    expect((await change(() => ({ name: "Another" }))).revision).toBe(2);
  });

  test("of an old revision is refused, even if it changes nothing", async () => {
    const settings = await getSettings(admin);
    await setSettings(admin, settings);
    expect(await outcomeOf(setSettings(admin, settings))).toBe("CHANGED_MEANWHILE");
    expect(await outcomeOf(setSettings(admin, { ...settings, revision: 2 }))).toBe("CHANGED_MEANWHILE");
    expect((await getSettings(admin)).revision).toBe(1);
  });

  test.each([0, 1])(
    "by eight admins at once succeeds for one of them, after revision %d",
    async (revision) => {
      if (revision > 0) await change(() => ({}));
      const settings = await getSettings(admin);
      const outcomes = await tally(
        Array.from({ length: 8 }, (_, at) =>
          setSettings(elsewhere(admin), { ...settings, name: `Name ${at}` }),
        ),
      );
      expect(outcomes).toEqual({ OK: 1, CHANGED_MEANWHILE: 7 });
      expect((await getSettings(admin)).revision).toBe(revision + 1);
    },
  );

  test("whose answer is lost succeeds when the SDK repeats it", async () => {
    let writes = 0;
    const wired = wiredDatabase(async (operation, send) => {
      const answer = await send();
      if (operation !== "PutItem") return answer;
      writes++;
      if (writes === 1) throw dropped();
      return answer;
    });
    const { client } = wired;
    const lost = { ...admin, database: { client, names: database.names } };
    expect(await setSettings(lost, { ...(await getSettings(admin)), name: "Dojo" })).toMatchObject({
      revision: 1,
    });
    expect(writes).toBe(2);
    expect(await getSettings(admin)).toMatchObject({ revision: 1, name: "Dojo" });
  });

  test("is only possible for an admin", async () => {
    const settings = await getSettings(admin);
    expect(await outcomeOf(getSettings(member))).toBe("NOT_ADMIN");
    expect(await outcomeOf(setSettings(member, settings))).toBe("NOT_ADMIN");
    expect((await getSettings(admin)).revision).toBe(0);
  });

  test("may add cohorts and types, but not remove any", async () => {
    const settings = await change(({ cohorts }) => ({ cohorts: [...cohorts, { id: "Red", label: "Red" }] }));
    const { cohorts, types } = settings;
    const without = (given: Partial<SetCommunityInput>) =>
      refusedFields(setSettings(admin, { ...settings, ...given }));
    expect(await without({ cohorts: cohorts.slice(1) })).toEqual(["cohorts"]);
    expect(await without({ cohorts: cohorts.slice(0, -1) })).toEqual(["cohorts"]);
    expect(await without({ types: types.slice(1) })).toEqual(["types"]);
    expect(await without({ cohorts: cohorts.slice(1), types: types.slice(1) })).toEqual(["cohorts", "types"]);
    await change(({ cohorts }) => ({ cohorts: retire(cohorts, "Red") }));
    const retired = await getSettings(admin);
    expect(await refusedFields(setSettings(admin, { ...retired, cohorts: cohorts.slice(0, -1) }))).toEqual([
      "cohorts",
    ]);
  });
});

describe("if the database fails", () => {
  test("the last known community is returned; without one, the call fails", async () => {
    let isDown = true;
    const wired = wiredDatabase(async (_, send) =>
      isDown ? errorAnswer("InternalServerError") : await send(),
    );
    await expect(getCommunity({ ...member, database: wired })).rejects.toMatchObject({
      name: "InternalServerError",
    });
    isDown = false;
    const known = await getCommunity({ ...member, database: wired });
    isDown = true;
    expect(await getCommunity({ ...member, database: wired })).toEqual(known);
  });
});

describe("an unknown or retired cohort or type", () => {
  const post = (given: Parameters<typeof availabilityInput>[0]) =>
    setAvailability(member, availabilityInput(given));

  test("cannot be posted", async () => {
    await change(({ cohorts, types }) => ({
      cohorts: retire(cohorts, "Yellow"),
      types: retire(types, "kata"),
    }));
    expect(await refusedFields(post({ types: ["kata"] }))).toEqual(["types"]);
    expect(await refusedFields(post({ types: ["sparring", "chess"] }))).toEqual(["types"]);
    expect(await refusedFields(post({ cohorts: ["White", "Yellow"] }))).toEqual(["cohorts"]);
    expect(await refusedFields(post({ cohorts: ["Pink"], types: ["chess"] }))).toEqual(["types", "cohorts"]);
    expect(await refusedFields(post({}))).toEqual([]);
  });

  test("stays on availabilities that have it: they can be found, edited and booked", async () => {
    const startTime = after(member, 200 * 86_400_000);
    const posted = await post({ startTime, types: ["kata", "lesson"], cohorts: ["White", "Yellow"] });
    await change(({ cohorts, types }) => ({
      cohorts: retire(cohorts, "White"),
      types: retire(types, "kata"),
    }));
    const input = availabilityInput({ startTime, types: ["kata"], cohorts: ["White", "Yellow"] });
    const edit = { ...input, id: posted.id };
    expect(await setAvailability(member, edit)).toMatchObject({
      types: ["kata"],
      cohorts: ["White", "Yellow"],
    });
    expect(await refusedFields(setAvailability(member, { ...edit, types: ["kata", "chess"] }))).toEqual([
      "types",
    ]);

    const { database: _, ...white } = await newMember({ cohort: "White" });
    const participant = { ...white, database };
    const found = await searchAvailabilities(participant, {
      from: posted.startTime,
      to: posted.endTime,
      types: ["kata"],
      ownerCohorts: ["White"],
      limit: 100,
    });
    expect(found.items.map(({ id }) => id)).toContain(posted.id);
    expect(await book(participant, posted)).toMatchObject({ type: "kata", status: "SCHEDULED" });
    expect((await withdrawAvailability(member, { id: posted.id })).status).toBe("CANCELED");
  });

  test("stays with a member who has it, and cannot be chosen by others", async () => {
    await change(({ cohorts }) => ({ cohorts: retire(cohorts, "White") }));
    expect(await setUser(member, { cohort: "White", bio: "Hello" })).toMatchObject({ cohort: "White" });
    await updateUser(database, member.actor.username, {
      cohort: "Green",
      updatedAt: member.now.toISOString(),
    });
    expect(await refusedFields(setUser(member, { cohort: "White" }))).toEqual(["cohort"]);
    expect(await refusedFields(setUser(member, { cohort: "Pink" }))).toEqual(["cohort"]);
    expect(await getUser(member, {})).toMatchObject({ cohort: "Green", bio: "Hello" });
    expect(await setUser(member, { cohort: "Blue" })).toMatchObject({ cohort: "Blue" });
  });

  test("is refused as a filter if it is unknown", async () => {
    const span = { from: after(member, 0), to: after(member, 86_400_000), limit: 10 };
    const search = (given: object) => refusedFields(searchAvailabilities(member, { ...span, ...given }));
    expect(await search({ types: ["chess"] })).toEqual(["types"]);
    expect(await search({ ownerCohorts: ["Pink"] })).toEqual(["ownerCohorts"]);
    expect(await search({ types: ["kata"], ownerCohorts: ["Black"] })).toEqual([]);
  });
});

test("a place that is left out becomes the community's default", async () => {
  await change(() => ({ defaultLocation: "Hall 7" }));
  expect(await setAvailability(member, availabilityInput())).toMatchObject({ location: "Hall 7" });
});

test("a group that is open to thirty cohorts can be withdrawn with all its seats", async () => {
  await change(({ cohorts }) => ({
    cohorts: [...cohorts, ...Array.from({ length: 22 }, (_, at) => ({ id: `c${at}`, label: `c${at}` }))],
  }));
  const { cohorts } = await getCommunity(member);
  expect(cohorts).toHaveLength(30);
  const group = await setAvailability(member, availabilityInput({ cohorts, maxParticipants: 20 }));
  for (let seat = 0; seat < 14; seat++) await book(await newMember(), group);
  expect(await withdrawAvailability(member, { id: group.id })).toMatchObject({
    status: "CANCELED",
    participants: [],
  });
});

test("stored settings replace those in the file", async () => {
  const settings = { ...initialSettings(), revision: 7, name: "Stored" };
  await database.client.send(
    new PutCommand({ TableName: database.names.Community, Item: { id: "community", ...settings } }),
  );
  expect(await getSettings(admin)).toEqual(settings);
  await expect(getCommunity(member)).resolves.toMatchObject({ name: "Stored", revision: 7 });
});
