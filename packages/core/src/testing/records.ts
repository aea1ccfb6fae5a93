import { randomUUID } from "node:crypto";
import type { SignIns } from "../accounts/sign-ins.ts";
import { planAvailability } from "../availabilities/posting-rules.ts";
import type { AvailabilityRecord, Seat } from "../availabilities/repository.ts";
import { SetAvailabilityInput } from "../availabilities/schema.ts";
import { initialSettings } from "../community/initial-settings.ts";
import { hour, shift } from "../instant.ts";

/** The clock of tests: shortly before Europe's clock change, and after the American one. */
export const now = new Date("2027-03-20T09:00:00.000Z");

/** An availability input that starts one day after the clock and lasts an hour, unless `given` says otherwise. */
export function availabilityInput(
  given: Partial<SetAvailabilityInput> = {},
  clock = now,
): SetAvailabilityInput {
  const startTime = given.startTime ?? shift(clock.toISOString(), 24 * hour);
  return SetAvailabilityInput.parse({
    startTime,
    endTime: shift(startTime, hour),
    types: ["sparring"],
    cohorts: ["White"],
    ...given,
  });
}

/** An availability as stored, without a database: the result of posting such an input, with `changes` applied. */
export function availabilityRecord(
  given: Partial<SetAvailabilityInput> = {},
  changes: Partial<AvailabilityRecord> = {},
): AvailabilityRecord {
  return {
    owner: "host",
    id: randomUUID(),
    ...planAvailability(
      availabilityInput(given),
      { displayName: "Host", cohort: "Black", revision: 1 },
      initialSettings(),
      now,
    ),
    seats: {},
    seatCount: 0,
    seatsVersion: 0,
    closed: [],
    revision: 1,
    createdAt: now.toISOString(),
    ...changes,
  };
}

/**
 * Returns an availability with seats taken, one for each name; they begin at the availability's start unless `given`
 * says otherwise.
 */
export function withSeats(
  availability: AvailabilityRecord,
  names: readonly string[],
  given: Partial<Seat> = {},
): AvailabilityRecord {
  const seat: Omit<Seat, "meetingId"> = {
    displayName: "A member",
    cohort: "White",
    type: availability.types[0] ?? "",
    startTime: availability.startTime,
    endTime: shift(availability.startTime, availability.durationMinutes * 60_000),
    bookedAt: now.toISOString(),
    revision: 1,
    ...given,
  };
  return {
    ...availability,
    seats: Object.fromEntries(names.map((name) => [name, { meetingId: `meeting of ${name}`, ...seat }])),
    seatCount: names.length,
    status: names.length === availability.maxParticipants ? "BOOKED" : "SCHEDULED",
  };
}

/** A user pool for tests that do not use it. */
export const noSignIns: SignIns = { remove: async () => {}, find: async () => undefined };
