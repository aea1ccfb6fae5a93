/** How a new name of the owner or a participant reaches the availability that shows it. */
import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hour, shift } from "../instant.ts";
import { testDatabase } from "../testing/database.ts";
import { availabilityInput, availabilityRecord } from "../testing/records.ts";
import {
  expectedStanding,
  putAvailability,
  readStanding,
  storeAvailability,
  storeWithSeats,
} from "../testing/stored-availabilities.ts";
import { watchedDatabase } from "../testing/wire.ts";
import { refreshOwner, refreshSeat } from "./copies.ts";
import { type AvailabilityRecord, findAvailability, insertAvailability } from "./repository.ts";

const database = testDatabase();

describe("a new name of the owner", () => {
  const ofCohort = (availability: AvailabilityRecord, cohort: string | null, revision = 3) => ({
    username: availability.owner,
    displayName: "New",
    cohort,
    revision,
  });

  test("is one write, which does not change the revision", async () => {
    const availability = await storeAvailability();
    const { database: wired, operations } = watchedDatabase();
    await refreshOwner(wired, ofCohort(availability, "Black"), availability);
    expect(operations).toEqual(["GetItem", "UpdateItem"]);
    const shown = { ...availability, ownerDisplayName: "New", ownerRevision: 3 };
    expect(await readStanding(shown)).toEqual(expectedStanding(shown));
  });

  test.each(["Green", null])(
    "and cohort (%s) changes the openings, and increases the availability's revision",
    async (cohort) => {
      const availability = await storeAvailability({ cohorts: ["White", "Black"] });
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
      expect(await readStanding(shown)).toEqual(expectedStanding(shown));
    },
  );

  test("and cohort increases the revision of a full availability, too", async () => {
    const availability = await storeWithSeats(["guest"]);
    await refreshOwner(database, ofCohort(availability, "Green"), availability);
    expect(await findAvailability(database, availability)).toMatchObject({
      ownerCohort: "Green",
      revision: 2,
    });
  });

  test.each([3, 4])(
    "is not written if an availability already shows revision %d, or is gone",
    async (ownerRevision) => {
      const availability = await storeAvailability({}, { ownerRevision });
      const { database: wired, operations } = watchedDatabase();
      await refreshOwner(wired, ofCohort(availability, "Green"), availability);
      await refreshOwner(wired, ofCohort(availability, "Green"), availability, availability);
      await refreshOwner(wired, ofCohort(availability, "Green"), { ...availability, id: "none" });
      expect(operations).toEqual(["GetItem", "GetItem"]);
      expect(await readStanding(availability)).toEqual(expectedStanding(availability));
    },
  );

  test.each<[string, string, Partial<AvailabilityRecord>]>([
    ["was edited", "Green", { revision: 5, startTime: shift(availabilityInput().startTime, 30 * 60_000) }],
    ["was edited", "Black", { revision: 5 }],
    ["was booked", "Green", { status: "BOOKED" }],
    ["has other times taken", "Green", { seatsVersion: 1, lastStart: availabilityInput().startTime }],
    ["shows a newer name", "Green", { ownerRevision: 4, ownerDisplayName: "Newer" }],
  ])(
    "uses the present state of an availability that %s since it was read (%s): %j",
    async (_, cohort, change) => {
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
      const after = await readStanding(availability);
      expect(after).toEqual({ ...expectedStanding(isNewer ? availability : shown), entries: after.entries });
      expect((await readStanding(seen)).openings).toHaveLength(
        availability.status === "SCHEDULED" && availability.startTime === seen.startTime ? 1 : 0,
      );
    },
  );

  test("is written to an item that was stored before names and times had a version", async () => {
    const { ownerRevision, seatsVersion, ...older } = availabilityRecord({}, { owner: randomUUID() });
    await putAvailability(older);
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
    const availability = await storeWithSeats(["guest", "a"], { maxParticipants: 3 });
    const { guest: seat, a } = availability.seats;
    await putAvailability({ ...availability, seats: { a, guest: { ...seat, revision } } });
    const { database: wired, operations } = watchedDatabase();
    await refreshSeat(wired, guest, meetingOf(availability));
    expect(operations).toEqual(["UpdateItem"]);
    expect((await findAvailability(database, availability))?.seats).toEqual({
      a,
      guest: { ...seat, displayName: "New", cohort: "Green", revision: 2 },
    });
  });

  test("is not written if the seat shows a later name, belongs to another meeting, or is gone", async () => {
    const availability = await storeWithSeats(["guest"]);
    await refreshSeat(database, { ...guest, revision: 1 }, meetingOf(availability));
    await refreshSeat(database, guest, meetingOf(availability, "another"));
    await refreshSeat(database, { ...guest, username: "gone" }, meetingOf(availability));
    await refreshSeat(database, guest, { ...meetingOf(availability), availabilityId: "none" });
    expect(await findAvailability(database, availability)).toEqual(availability);
  });
});
