/** How seats are taken, freed and withdrawn: what each write depends on, and how it changes the tables. */
import { describe, expect, test } from "vitest";
import { type ConflictError, transact } from "../database/transact.ts";
import { hour, shift } from "../instant.ts";
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
import { openingsOf } from "./openings.ts";
import { type AvailabilityRecord, findAvailability } from "./repository.ts";
import { freeSeat, takeSeat, withdrawSeats } from "./seats.ts";

const database = testDatabase();
const later = new Date(now.getTime() + hour);

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
    const availability = await storeAvailability();
    const offer = { status: "BOOKED", lastStart: availability.lastStart } as const;
    await expectConflicts(
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
    expect(await readStanding(taken)).toEqual(expectedStanding(taken));
  });

  test.each<[string, string[], number[], number[]]>([
    ["the first one", [], [0], [1]],
    ["one in between, while others book at the same time", ["a"], [1, 2], [0, 3]],
    ["the last one", ["a", "b", "c"], [3], [2]],
  ])("of a group of four: %s", async (_, names, allowed, refused) => {
    const availability = await storeWithSeats(names, { maxParticipants: 4 });
    const isLast = names.length === 3;
    const offer = { status: isLast ? "BOOKED" : "SCHEDULED", lastStart: availability.lastStart } as const;
    const counts = refused.map((seatCount) => ({ seatCount }));
    await expectConflicts(availability, counts, () => take(availability, offer));
    for (const seatCount of allowed) {
      await putAvailability({ ...availability, seatCount });
      await take(availability, offer);
      const taken = { ...availability, ...offer, seatCount: seatCount + 1, updatedAt: later.toISOString() };
      expect((await readStanding(taken)).availability).toEqual({
        ...taken,
        seats: { ...availability.seats, guest: seatOf("guest") },
      });
    }
    expect((await readStanding(availability)).openings).toHaveLength(isLast ? 0 : 1);
  });

  test("of several bookings fails if the taken times have changed, and increases their version", async () => {
    const startTime = shift(now.toISOString(), 24 * hour);
    const closed = [{ startTime: shift(startTime, 2 * hour), endTime: shift(startTime, 3 * hour) }];
    const given = { startTime, endTime: shift(startTime, 5 * hour), bookings: "several" } as const;
    const availability = await storeWithSeats(["a"], given, { closed, seatsVersion: 4 });
    const seen = { ...availability, status: "SCHEDULED" as const };
    await putAvailability(seen);
    const offer = { status: "SCHEDULED", lastStart: shift(startTime, 3 * hour) } as const;
    await expectConflicts(seen, [{ seatsVersion: 5 }, { revision: 2 }], () => take(seen, offer));
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
    await putAvailability(older);
    await take({ ...seen, seatsVersion: 0 }, offer);
    expect(await findAvailability(database, availability)).toMatchObject({ seatCount: 2, seatsVersion: 1 });
  });

  test("that is refused throws an error with the present availability", async () => {
    const availability = await storeAvailability();
    const taken = { ...availability, ...withSeats(availability, ["another"]) };
    await putAvailability(taken);
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
    const availability = await storeWithSeats(["guest"]);
    const { lastStart, closed } = availability;
    const items = free(availability, { status: "SCHEDULED", lastStart, closed });
    expect(items).not.toHaveProperty("availabilityEntry");
    const other = withSeats(availability, ["guest"], { meetingId: "another" });
    await expectConflicts(
      availability,
      [{ seats: other.seats }, { seatCount: 2 }, { revision: 2 }, { status: "CANCELED" }],
      () => transact(database, items),
    );
    await transact(database, items);
    const freed = { ...availability, seats: {}, seatCount: 0, status: "SCHEDULED" as const };
    const updated = { ...freed, updatedAt: later.toISOString() };
    expect(await readStanding(updated)).toEqual(expectedStanding(updated));
  });

  test("that the owner cancels withdraws the availability", async () => {
    const availability = await storeWithSeats(["guest"]);
    const { lastStart, closed } = availability;
    await transact(database, free(availability, { status: "CANCELED", lastStart, closed }));
    const withdrawn = { ...availability, seats: {}, seatCount: 0, status: "CANCELED" as const };
    const updated = { ...withdrawn, updatedAt: later.toISOString() };
    expect(await readStanding(updated)).toEqual(expectedStanding(updated));
  });

  test("of a withdrawn availability leaves it withdrawn", async () => {
    const availability = await storeWithSeats(["guest", "a"], { maxParticipants: 3 });
    const seen = { ...availability, status: "CANCELED" as const };
    await putAvailability(seen);
    const { lastStart, closed } = availability;
    const items = free(seen, { status: "CANCELED", lastStart, closed });
    expect(Object.keys(items)).toEqual(["seat"]);
    await transact(database, items);
    expect(await findAvailability(database, availability)).toMatchObject({
      status: "CANCELED",
      seatCount: 1,
    });
  });

  test("leaves the other seats, and fails if it has become the last one", async () => {
    const availability = await storeWithSeats(["guest", "a"], { maxParticipants: 2 });
    const { lastStart, closed } = availability;
    const items = free(availability, { status: "SCHEDULED", lastStart, closed });
    await expectConflicts(availability, [{ seatCount: 1 }], () => transact(database, items));
    await transact(database, items);
    const { guest, ...seats } = availability.seats;
    const freed = { ...availability, seats, seatCount: 1, status: "SCHEDULED" as const };
    const updated = { ...freed, updatedAt: later.toISOString() };
    expect(await findAvailability(database, availability)).toEqual(updated);
    expect((await readStanding(availability)).openings).toEqual(openingsOf(updated));
  });

  test("of several bookings frees or closes its time", async () => {
    const endTime = shift(availabilityInput().startTime, 3 * hour);
    const availability = await storeWithSeats(
      ["guest", "a"],
      { endTime, bookings: "several" },
      { seatsVersion: 2 },
    );
    const seen = { ...availability, status: "SCHEDULED" as const };
    await putAvailability(seen);
    const change = {
      status: "SCHEDULED" as const,
      lastStart: shift(availability.startTime, hour),
      closed: [{ startTime: availability.startTime, endTime: shift(availability.startTime, hour) }],
    };
    const items = free(seen, change);
    await expectConflicts(seen, [{ seatsVersion: 3 }], () => transact(database, items));
    await transact(database, items);
    const freed = { ...change, seatCount: 1, seatsVersion: 3, updatedAt: later.toISOString() };
    expect(await findAvailability(database, availability)).toMatchObject(freed);
  });
});

describe("a withdrawal", () => {
  const change = { reason: "The dojo is closed", now: later };

  test("frees some seats and keeps the others", async () => {
    const availability = await storeWithSeats(["a", "b", "c"], {
      maxParticipants: 4,
      cohorts: ["White", "Black"],
    });
    const withdraw = () => transact(database, withdrawSeats(database, availability, ["a", "b"], change));
    const others = ["a", "b"].map((name) => ({
      seats: { ...availability.seats, ...withSeats(availability, [name], { meetingId: "another" }).seats },
    }));
    await expectConflicts(
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
    expect(await readStanding(withdrawn)).toEqual(expectedStanding(withdrawn));
  });

  test("frees a single seat", async () => {
    const availability = await storeWithSeats(["a"]);
    await transact(database, withdrawSeats(database, availability, ["a"], change));
    const withdrawn = await findAvailability(database, availability);
    expect(withdrawn).toMatchObject({ status: "CANCELED", seatCount: 0 });
    expect(withdrawn?.seats).toEqual({});
  });

  test("without seats closes the availability", async () => {
    const availability = await storeAvailability();
    await transact(database, withdrawSeats(database, availability, [], change));
    const withdrawn = {
      ...availability,
      status: "CANCELED" as const,
      revision: 2,
      withdrawReason: change.reason,
      updatedAt: later.toISOString(),
    };
    expect(await readStanding(withdrawn)).toEqual(expectedStanding(withdrawn));
  });
});
