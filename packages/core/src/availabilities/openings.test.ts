import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Database } from "../database/database.ts";
import { availabilityRecord } from "../testing/records.ts";
import { changeOpenings, type OfferedAvailability, type Opening, openingsOf } from "./openings.ts";

const names = {
  Users: "",
  Availabilities: "",
  Openings: "openings",
  Meetings: "",
  Calendar: "",
  Community: "",
  Counters: "",
  Migrations: "",
};
const database: Database = { names, client: { send: () => Promise.reject(new Error("Nothing is sent")) } };

const cohorts = ["White", "Yellow", "Green", "Black"];
const availability: fc.Arbitrary<OfferedAvailability> = fc
  .record({
    cohorts: fc.subarray(cohorts, { minLength: 1 }),
    types: fc.subarray(["kata", "lesson"], { minLength: 1 }),
    ownerCohort: fc.constantFrom("Black", null),
    status: fc.constantFrom(
      "SCHEDULED" as const,
      "SCHEDULED" as const,
      "BOOKED" as const,
      "CANCELED" as const,
    ),
    startTime: fc.constantFrom("2027-03-21T09:00:00.000Z", "2027-03-22T09:00:00.000Z"),
    lastStart: fc.constantFrom("2027-03-22T10:00:00.000Z", "2027-03-22T10:30:00.000Z"),
  })
  .map((given) => availabilityRecord({}, { ...given, id: "one", endTime: "2027-03-22T11:00:00.000Z" }));
const perhaps = fc.option(availability, { nil: undefined });

function keyed(openings: readonly Opening[]): Map<string, Opening> {
  return new Map(openings.map((each) => [`${each.cohort} ${each.opening}`, each]));
}

describe("openings", () => {
  test("exist once for each cohort while a seat is free, and expire when no start is left", () => {
    const open = availabilityRecord(
      { cohorts: ["White", "Black"] },
      { lastStart: "2027-03-21T09:00:00.001Z" },
    );
    const { owner, ownerCohort, id, startTime, endTime, lastStart, types } = open;
    const shared = { opening: `${startTime}#${id}`, owner, ownerCohort, id, endTime, lastStart, types };
    const expiresAt = Date.parse("2027-03-21T09:00:01Z") / 1_000;
    expect(openingsOf(open)).toEqual([
      { cohort: "White", ...shared, expiresAt },
      { cohort: "Black", ...shared, expiresAt },
    ]);
    expect(openingsOf({ ...open, status: "BOOKED" })).toEqual([]);
    expect(openingsOf({ ...open, status: "CANCELED" })).toEqual([]);
  });

  test("are not written if the availability does not change", () => {
    const availability = availabilityRecord({ cohorts: ["White", "Black"] });
    expect(changeOpenings(database, availability, structuredClone(availability))).toEqual({});
  });

  test("are updated by a change of the availability, and no others are written", () => {
    fc.assert(
      fc.property(perhaps, perhaps, (before, after) => {
        const former = keyed(before ? openingsOf(before) : []);
        const wanted = keyed(after ? openingsOf(after) : []);
        const stored = new Map(former);
        const items = Object.values(changeOpenings(database, before, after));
        for (const { Put, Delete } of items) {
          expect((Put ?? Delete)?.TableName).toBe("openings");
          const item = (Put?.Item ?? Delete?.Key) as Opening;
          const key = `${item.cohort} ${item.opening}`;
          if (Put) expect(former.get(key)).not.toEqual(item);
          else expect(former.has(key)).toBe(true);
          if (Put) stored.set(key, item);
          else stored.delete(key);
        }
        expect(stored).toEqual(wanted);
      }),
    );
  });
});
