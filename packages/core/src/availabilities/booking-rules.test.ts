import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInput, Refusal } from "../errors.ts";
import { day, hour, minute, overlaps, shift } from "../instant.ts";
import { availabilityRecord, now, withSeats } from "../testing/records.ts";
import { hours, refusal, several, thrown, tomorrow } from "../testing/rules.ts";
import { chooseSeat, hasOpenSeat } from "./booking-rules.ts";

const white = { cohort: "White" };

describe("chooseSeat", () => {
  const long = availabilityRecord({ startTime: tomorrow, endTime: shift(tomorrow, 3 * hour) });
  const short = availabilityRecord({ startTime: tomorrow, endTime: shift(tomorrow, hour) });
  const group = availabilityRecord({
    startTime: tomorrow,
    endTime: shift(tomorrow, 90 * minute),
    maxParticipants: 3,
    types: ["kata", "lesson"],
  });

  test("one to one: accepts any start that fits", () => {
    for (const start of [0, 1, 37 * minute, 2 * hour]) {
      const startTime = shift(tomorrow, start);
      expect(chooseSeat(long, white, { startTime }, now)).toEqual({
        startTime,
        endTime: shift(startTime, hour),
        type: "sparring",
      });
    }
  });

  test.each([-1, 2 * hour + 1, 3 * hour, day, -day])(
    "one to one: refuses a start %d ms after the availability's start",
    (start) => {
      expect(thrown(() => chooseSeat(long, white, { startTime: shift(tomorrow, start) }, now))).toEqual({
        reason: "OUTSIDE_WINDOW",
      });
    },
  );

  test("infers the start and the type where there is only one of each", () => {
    expect(chooseSeat(short, white, {}, now)).toEqual({
      startTime: tomorrow,
      endTime: shift(tomorrow, hour),
      type: "sparring",
    });
  });

  test("one to one: names each missing choice", () => {
    const typed = { ...long, types: ["kata", "lesson"] };
    expect(thrown(() => chooseSeat(long, white, {}, now))).toEqual({ fields: ["startTime"] });
    expect(thrown(() => chooseSeat(typed, white, { startTime: tomorrow }, now))).toEqual({
      fields: ["type"],
    });
    expect(thrown(() => chooseSeat(typed, white, {}, now))).toEqual({ fields: ["startTime", "type"] });
  });

  test("a group: takes the availability's times, and its first type or another that is offered", () => {
    const whole = { startTime: tomorrow, endTime: shift(tomorrow, 90 * minute) };
    expect(chooseSeat(group, white, {}, now)).toEqual({ ...whole, type: "kata" });
    expect(chooseSeat(group, white, { startTime: tomorrow, type: "lesson" }, now)).toEqual({
      ...whole,
      type: "lesson",
    });
    for (const start of [-1, 1, 30 * minute]) {
      expect(thrown(() => chooseSeat(group, white, { startTime: shift(tomorrow, start) }, now))).toEqual({
        reason: "OUTSIDE_WINDOW",
      });
    }
  });

  test("a group: meets to the end of the availability, even between two minutes", () => {
    const odd = availabilityRecord({
      startTime: tomorrow,
      endTime: shift(tomorrow, 90 * minute + 1_500),
      maxParticipants: 2,
    });
    expect(chooseSeat(odd, white, {}, now).endTime).toBe(odd.endTime);
  });

  test("refuses a type that is not offered", () => {
    for (const type of ["lesson", "chess", "__proto__", "Sparring"]) {
      expect(thrown(() => chooseSeat(short, white, { type }, now))).toEqual({ reason: "TYPE_NOT_OFFERED" });
    }
  });

  test("refuses members of other cohorts, and members without one", () => {
    for (const cohort of ["Yellow", "white", "", null]) {
      expect(thrown(() => chooseSeat(short, { cohort }, {}, now))).toEqual({ reason: "COHORT_NOT_ALLOWED" });
    }
  });

  test("refuses an availability that is full or withdrawn", () => {
    for (const taken of [withSeats(short, ["a"]), withSeats(group, ["a", "b", "c"])]) {
      expect(thrown(() => chooseSeat(taken, white, {}, now))).toEqual({ reason: "ALREADY_BOOKED" });
    }
    expect(thrown(() => chooseSeat({ ...short, status: "CANCELED" }, white, {}, now))).toEqual({
      reason: "ALREADY_BOOKED",
    });
  });

  test("refuses a start that has passed", () => {
    const noon = new Date(shift(tomorrow, hour));
    const at = (startTime: string) => thrown(() => chooseSeat(long, white, { startTime }, noon));
    expect(at(tomorrow)).toEqual({ reason: "IN_THE_PAST" });
    expect(at(shift(tomorrow, hour - 1))).toEqual({ reason: "IN_THE_PAST" });
    expect(at(shift(tomorrow, hour))).toEqual({});
    expect(thrown(() => chooseSeat(group, white, {}, noon))).toEqual({ reason: "IN_THE_PAST" });
    expect(thrown(() => chooseSeat(short, white, {}, noon))).toEqual({ reason: "IN_THE_PAST" });
  });

  test("asks for a start as long as one is left", () => {
    const at = new Date(shift(tomorrow, 2 * hour));
    expect(thrown(() => chooseSeat(long, white, {}, at))).toEqual({ fields: ["startTime"] });
  });

  test("refuses a time that is taken or closed", () => {
    const seats = withSeats(several, ["a"], hours(1, 2)).seats;
    for (const taken of [
      { ...several, seats },
      { ...several, closed: [hours(1, 2)] },
    ]) {
      const at = (start: number) =>
        thrown(() => chooseSeat(taken, white, { startTime: shift(tomorrow, start) }, now));
      for (const start of [0, 2 * hour]) expect(at(start)).toEqual({});
      for (const start of [1, hour, 2 * hour - 1]) expect(at(start)).toEqual({ reason: "ALREADY_BOOKED" });
    }
  });

  test("refuses an availability whose last start has passed, with or without a chosen start", () => {
    const evening = new Date(shift(tomorrow, 2 * hour + 1));
    expect(thrown(() => chooseSeat(long, white, {}, evening))).toEqual({ reason: "IN_THE_PAST" });
  });

  test("every chosen seat is within its availability, has the length of a meeting, and does not start in the past", () => {
    const availability = fc
      .record({
        length: fc.integer({ min: 15 * minute, max: day }),
        durationMinutes: fc.integer({ min: 15, max: 480 }),
        maxParticipants: fc.integer({ min: 1, max: 3 }),
      })
      .filter(({ length, durationMinutes }) => durationMinutes * minute <= length)
      .map(({ length, ...rest }) =>
        availabilityRecord({ startTime: tomorrow, endTime: shift(tomorrow, length), ...rest }),
      );
    const nearby = fc.integer({ min: -2 * hour, max: day + hour });
    let chosen = 0;
    fc.assert(
      fc.property(availability, fc.option(nearby, { nil: undefined }), nearby, (given, start, clock) => {
        const input = start === undefined ? {} : { startTime: shift(tomorrow, start) };
        const at = new Date(shift(tomorrow, clock));
        let seat: ReturnType<typeof chooseSeat>;
        try {
          seat = chooseSeat(given, white, input, at);
        } catch (error) {
          expect(error).toSatisfy((e) => e instanceof Refusal || e instanceof InvalidInput);
          return;
        }
        chosen++;
        expect(seat.startTime >= given.startTime && seat.endTime <= given.endTime).toBe(true);
        expect(seat.startTime >= at.toISOString()).toBe(true);
        if (start !== undefined) expect(seat.startTime).toBe(input.startTime);
        const lasts = Date.parse(seat.endTime) - Date.parse(seat.startTime);
        if (given.maxParticipants === 1) expect(lasts).toBe(given.durationMinutes * minute);
        else expect(seat).toMatchObject({ startTime: given.startTime, endTime: given.endTime });
        expect(overlaps(seat, given)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    // The property proves nothing if every choice is refused.
    expect(chosen).toBeGreaterThan(100);
  });
});

describe("hasOpenSeat", () => {
  const group = availabilityRecord({ maxParticipants: 2 });
  test.each([
    [group, true],
    [withSeats(group, ["a"]), true],
    [withSeats(group, ["a", "b"]), false],
    [availabilityRecord({}, { status: "CANCELED" }), false],
    // Even after many bookings, another time may be free.
    [{ ...several, seatCount: 2 }, true],
    [{ ...several, seatCount: 2, status: "BOOKED" as const }, false],
    // The number of seats decides if the status is outdated.
    [{ ...group, seatCount: 2 }, false],
  ])("%# is %s", (availability, open) => {
    expect(hasOpenSeat(availability)).toBe(open);
  });
});

describe("a refusal names the field to change", () => {
  const book =
    (choice: { startTime?: string; type?: string }, at = now) =>
    () =>
      chooseSeat({ ...several, closed: [hours(0, 1)] }, white, choice, at);

  test.each([
    ["IN_THE_PAST", "startTime", book({ startTime: tomorrow }, new Date(shift(tomorrow, 1)))],
    ["OUTSIDE_WINDOW", "startTime", book({ startTime: shift(tomorrow, -1) })],
    ["ALREADY_BOOKED", "startTime", book({ startTime: tomorrow })],
    ["TYPE_NOT_OFFERED", "type", book({ type: "lesson" })],
  ])("%s: %s", (reason, field, call) => {
    expect(refusal(call)).toEqual([reason, field]);
  });
});
