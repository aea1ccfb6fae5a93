import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { community } from "../community/community.ts";
import { initialSettings } from "../community/initial-settings.ts";
import { aYearAfter, day, hour, minute, shift } from "../instant.ts";
import { availabilityInput, availabilityRecord, now, withSeats } from "../testing/records.ts";
import { hours, morning, refusal, several, thrown, tomorrow } from "../testing/rules.ts";
import { checkOwnerFree, planAvailability } from "./posting-rules.ts";
import type { Span } from "./repository.ts";
import { SetAvailabilityInput } from "./schema.ts";

const owner = { displayName: "Host", cohort: "Black", revision: 1 };

describe("planAvailability", () => {
  const plan = (
    given: Parameters<typeof availabilityInput>[0],
    former?: Parameters<typeof planAvailability>[4],
  ) => planAvailability(availabilityInput(given), owner, initialSettings(), now, former);

  test("fills in what the input leaves out", () => {
    expect(plan({ startTime: tomorrow, endTime: shift(tomorrow, 3 * hour) })).toEqual({
      ownerDisplayName: "Host",
      ownerCohort: "Black",
      ownerRevision: 1,
      startTime: tomorrow,
      endTime: shift(tomorrow, 3 * hour),
      lastStart: shift(tomorrow, 2 * hour),
      durationMinutes: 60,
      types: ["sparring"],
      cohorts: ["White"],
      maxParticipants: 1,
      bookings: "one",
      closed: [],
      location: community.defaultLocation,
      link: "",
      description: "",
      status: "SCHEDULED",
      updatedAt: morning,
      expiresAt: (Date.parse(tomorrow) + 51 * hour) / 1_000,
    });
  });

  test("a meeting lasts an hour, or the availability's length where that is shorter", () => {
    expect(plan({ endTime: shift(tomorrow, 40 * minute) })).toMatchObject({
      durationMinutes: 40,
      lastStart: tomorrow,
    });
    expect(plan({ endTime: shift(tomorrow, 61 * minute) })).toMatchObject({ durationMinutes: 60 });
    expect(plan({ endTime: shift(tomorrow, 2 * hour), durationMinutes: 90 })).toMatchObject({
      durationMinutes: 90,
      lastStart: shift(tomorrow, 30 * minute),
    });
  });

  test("a group meets for the whole availability, even if another length is given", () => {
    for (const durationMinutes of [undefined, 15, 100]) {
      const given = { endTime: shift(tomorrow, 100 * minute), maxParticipants: 2 };
      expect(plan(durationMinutes === undefined ? given : { ...given, durationMinutes })).toMatchObject({
        durationMinutes: 100,
        lastStart: tomorrow,
      });
    }
  });

  test("an empty place becomes the community's default", () => {
    expect(plan({ location: "" })).toMatchObject({ location: community.defaultLocation });
    expect(plan({ location: "Dojo 2" })).toMatchObject({ location: "Dojo 2" });
  });

  test("starts in the future", () => {
    const at = (startTime: string) => thrown(() => plan({ startTime, endTime: shift(startTime, hour) }));
    expect(at(shift(morning, 1))).toEqual({});
    expect(at(morning)).toEqual({ reason: "IN_THE_PAST" });
    expect(at(shift(morning, -1))).toEqual({ reason: "IN_THE_PAST" });
  });

  test("starts at most a year ahead", () => {
    const year = aYearAfter(now).toISOString();
    const at = (startTime: string) => thrown(() => plan({ startTime, endTime: shift(startTime, day) }));
    expect(at(year)).toEqual({});
    expect(at(shift(year, 1))).toEqual({ fields: ["startTime"] });
    expect(at("9998-12-30T00:00:00.000Z")).toEqual({ fields: ["startTime"] });
  });

  test("refuses types and cohorts that the community does not have", () => {
    const unknown = { types: ["chess"], cohorts: ["Pink"] };
    expect(thrown(() => plan(unknown))).toEqual({ fields: ["types", "cohorts"] });
  });

  test("an edit keeps what it leaves out", () => {
    const former = availabilityRecord({
      endTime: shift(tomorrow, 2 * hour),
      durationMinutes: 45,
      location: "Dojo 2",
      description: "Bring gloves",
    });
    expect(plan({ endTime: shift(tomorrow, 3 * hour) }, former)).toMatchObject({
      durationMinutes: 45,
      maxParticipants: 1,
      location: "Dojo 2",
      description: "Bring gloves",
    });
    expect(plan({ location: "", description: "" }, former)).toMatchObject({
      location: community.defaultLocation,
      description: "",
    });
  });

  test("a kept meeting length that no longer fits becomes the availability's length", () => {
    const former = availabilityRecord({ endTime: shift(tomorrow, 2 * hour), durationMinutes: 90 });
    expect(plan({ endTime: shift(tomorrow, 30 * minute) }, former)).toMatchObject({ durationMinutes: 30 });
  });

  test("an edit keeps the link and the number of bookings unless it gives others", () => {
    const former = availabilityRecord({ bookings: "several", link: "https://meet.example/1" });
    expect(plan({}, former)).toMatchObject({ bookings: "several", link: "https://meet.example/1" });
    expect(plan({ bookings: "one", link: "" }, former)).toMatchObject({ bookings: "one", link: "" });
    const changed = { bookings: "several", link: "https://meet.example/2" } as const;
    expect(plan(changed, availabilityRecord())).toMatchObject(changed);
    expect(plan(changed)).toMatchObject(changed);
  });

  test("a group takes one booking per seat, also if it took several bookings before", () => {
    expect(plan({ maxParticipants: 2 }, several)).toMatchObject({ bookings: "one" });
  });

  test("closed times stay closed, until the availability is withdrawn and opened again, or takes one booking", () => {
    const closed = [hours(0, 1)];
    const former = { ...several, closed };
    expect(plan(hours(0, 3), former)).toMatchObject({ closed });
    expect(plan(hours(0, 3), { ...former, status: "CANCELED" })).toMatchObject({ closed: [] });
    expect(plan({ ...hours(0, 3), bookings: "one" }, former)).toMatchObject({ closed: [] });
  });

  test("a group that becomes one to one gets the default meeting length", () => {
    const former = availabilityRecord({ endTime: shift(tomorrow, 3 * hour), maxParticipants: 5 });
    const given = { endTime: shift(tomorrow, 3 * hour) };
    expect(plan(given, former)).toMatchObject({ maxParticipants: 5, durationMinutes: 180 });
    expect(plan({ ...given, maxParticipants: 1 }, former)).toMatchObject({ durationMinutes: 60 });
  });

  test("an edit derives the status from the seats: full, open, or open again", () => {
    const group = withSeats(availabilityRecord({ maxParticipants: 3 }), ["a", "b"]);
    expect(plan({}, group).status).toBe("SCHEDULED");
    expect(plan({ maxParticipants: 2 }, group).status).toBe("BOOKED");
    expect(plan({}, availabilityRecord({}, { status: "CANCELED" })).status).toBe("SCHEDULED");
  });

  test("every accepted availability has room for a meeting", () => {
    const input = fc
      .record({
        start: fc.integer({ min: 1, max: 364 * day }),
        length: fc.integer({ min: 15 * minute, max: day }),
        duration: fc.option(fc.integer({ min: 15, max: 480 }), { nil: undefined }),
        maxParticipants: fc.integer({ min: 1, max: 3 }),
      })
      .filter(({ length, duration }) => (duration ?? 0) <= Math.floor(length / minute));
    fc.assert(
      fc.property(input, ({ start, length, duration, maxParticipants }) => {
        const startTime = shift(morning, start);
        const planned = planAvailability(
          SetAvailabilityInput.parse({
            ...availabilityInput(),
            startTime,
            endTime: shift(startTime, length),
            durationMinutes: duration,
            maxParticipants,
          }),
          owner,
          initialSettings(),
          now,
        );
        expect(planned.lastStart >= planned.startTime).toBe(true);
        expect(planned.durationMinutes).toBeGreaterThanOrEqual(15);
        expect(shift(planned.lastStart, planned.durationMinutes * minute) <= planned.endTime).toBe(true);
      }),
    );
  });
});

describe("checkOwnerFree", () => {
  const taken = { ...several, closed: [hours(0, 1)] };
  const check = (availability: typeof several, busy: Span[]) =>
    thrown(() => checkOwnerFree(availability, busy));

  test("accepts an availability as long as the owner's meetings leave a start", () => {
    expect(check(several, [])).toEqual({});
    expect(check(several, [hours(0.5, 2)])).toEqual({});
    expect(check(several, [hours(0.5, 2.5)])).toEqual({ reason: "OWNER_BUSY" });
  });

  test("counts taken times if the availability takes several bookings, but not its only seat", () => {
    expect(check(taken, [hours(1, 2)])).toEqual({});
    expect(check(taken, [hours(1.5, 2.5)])).toEqual({ reason: "OWNER_BUSY" });
    const one = { ...availabilityRecord(hours(0, 3)), seats: withSeats(several, ["a"], hours(0, 3)).seats };
    expect(check(one, [hours(1.5, 2.5)])).toEqual({});
  });

  test("does not require a start if nobody can book", () => {
    for (const status of ["BOOKED", "CANCELED"] as const) {
      expect(check({ ...several, status }, [hours(0, 3)])).toEqual({});
    }
  });
});

test.each([
  [
    "IN_THE_PAST",
    () => planAvailability(availabilityInput({ startTime: morning }), owner, initialSettings(), now),
  ],
  ["OWNER_BUSY", () => checkOwnerFree(several, [hours(0, 3)])],
])("a refusal names the field to change: %s", (reason, call) => {
  expect(refusal(call)).toEqual([reason, "startTime"]);
});
