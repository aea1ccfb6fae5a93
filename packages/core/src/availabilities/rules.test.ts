import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { community } from "../community/community.ts";
import { initialSettings } from "../community/initial-settings.ts";
import { InvalidInput, Refusal } from "../errors.ts";
import { aYearAfter, day, hour, minute, overlaps, shift } from "../instant.ts";
import { availabilityInput, availabilityRecord, now, withSeats } from "../testing/records.ts";
import type { Span } from "./repository.ts";
import {
  afterCancel,
  checkOwnerFree,
  checkSeatsKept,
  chooseSeat,
  hasOpenSeat,
  lastFreeStart,
  offerOf,
  ownAvailability,
  planAvailability,
  searchSpan,
  takenTimes,
  toAvailability,
} from "./rules.ts";
import { SetAvailabilityInput } from "./schema.ts";

const owner = { displayName: "Host", cohort: "Black", revision: 1 };
const white = { cohort: "White" };
const morning = now.toISOString();
const tomorrow = shift(morning, day);

/** What a call throws, with what tells it apart. */
function thrown(call: () => unknown): { reason?: string; fields?: string[] } {
  try {
    call();
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.reason };
    if (error instanceof InvalidInput) return { fields: fieldsOf(error) };
    throw error;
  }
  return {};
}

/** The fields of which an error says something. */
function fieldsOf({ fieldErrors = {} }: Refusal | InvalidInput): string[] {
  for (const messages of Object.values(fieldErrors)) expect(messages).toEqual([expect.stringMatching(/\w/)]);
  return Object.keys(fieldErrors);
}

/** The reason and the fields of a refusal. */
function refusal(call: () => unknown): [string, ...string[]] {
  try {
    call();
  } catch (error) {
    if (error instanceof Refusal) return [error.reason, ...fieldsOf(error)];
    throw error;
  }
  return expect.unreachable("Nothing was refused");
}

/** A span of tomorrow, from one hour to another. */
function hours(from: number, to: number): Span {
  return { startTime: shift(tomorrow, from * hour), endTime: shift(tomorrow, to * hour) };
}

/** Three hours of tomorrow for meetings of an hour each. */
const several = availabilityRecord({ ...hours(0, 3), bookings: "several" });

describe("planAvailability", () => {
  const plan = (
    given: Parameters<typeof availabilityInput>[0],
    former?: Parameters<typeof planAvailability>[4],
  ) => planAvailability(availabilityInput(given), owner, initialSettings(), now, former);

  test("fills what is left out", () => {
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

  test("a group meets for the whole availability, whatever length is given", () => {
    for (const durationMinutes of [undefined, 15, 100]) {
      const given = { endTime: shift(tomorrow, 100 * minute), maxParticipants: 2 };
      expect(plan(durationMinutes === undefined ? given : { ...given, durationMinutes })).toMatchObject({
        durationMinutes: 100,
        lastStart: tomorrow,
      });
    }
  });

  test("an empty place is the community's default", () => {
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

  test("a kept length that no longer fits is the availability's", () => {
    const former = availabilityRecord({ endTime: shift(tomorrow, 2 * hour), durationMinutes: 90 });
    expect(plan({ endTime: shift(tomorrow, 30 * minute) }, former)).toMatchObject({ durationMinutes: 30 });
  });

  test("the link and the number of bookings are kept, or what is given instead", () => {
    const former = availabilityRecord({ bookings: "several", link: "https://meet.example/1" });
    expect(plan({}, former)).toMatchObject({ bookings: "several", link: "https://meet.example/1" });
    expect(plan({ bookings: "one", link: "" }, former)).toMatchObject({ bookings: "one", link: "" });
    const changed = { bookings: "several", link: "https://meet.example/2" } as const;
    expect(plan(changed, availabilityRecord())).toMatchObject(changed);
    expect(plan(changed)).toMatchObject(changed);
  });

  test("a group takes one booking a seat, whatever it was before", () => {
    expect(plan({ maxParticipants: 2 }, several)).toMatchObject({ bookings: "one" });
  });

  test("closed times stay closed, until the availability is withdrawn and opened again, or takes one booking", () => {
    const closed = [hours(0, 1)];
    const former = { ...several, closed };
    expect(plan(hours(0, 3), former)).toMatchObject({ closed });
    expect(plan(hours(0, 3), { ...former, status: "CANCELED" })).toMatchObject({ closed: [] });
    expect(plan({ ...hours(0, 3), bookings: "one" }, former)).toMatchObject({ closed: [] });
  });

  test("a group that becomes one to one meets for the default, not for its former whole", () => {
    const former = availabilityRecord({ endTime: shift(tomorrow, 3 * hour), maxParticipants: 5 });
    const given = { endTime: shift(tomorrow, 3 * hour) };
    expect(plan(given, former)).toMatchObject({ maxParticipants: 5, durationMinutes: 180 });
    expect(plan({ ...given, maxParticipants: 1 }, former)).toMatchObject({ durationMinutes: 60 });
  });

  test("an edit sets the status by the seats: full, open, or open again", () => {
    const group = withSeats(availabilityRecord({ maxParticipants: 3 }), ["a", "b"]);
    expect(plan({}, group).status).toBe("SCHEDULED");
    expect(plan({ maxParticipants: 2 }, group).status).toBe("BOOKED");
    expect(plan({}, availabilityRecord({}, { status: "CANCELED" })).status).toBe("SCHEDULED");
  });

  test("every availability that may be posted has a start for a meeting that fits", () => {
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

describe("chooseSeat", () => {
  const long = availabilityRecord({ startTime: tomorrow, endTime: shift(tomorrow, 3 * hour) });
  const short = availabilityRecord({ startTime: tomorrow, endTime: shift(tomorrow, hour) });
  const group = availabilityRecord({
    startTime: tomorrow,
    endTime: shift(tomorrow, 90 * minute),
    maxParticipants: 3,
    types: ["kata", "lesson"],
  });

  test("one to one: any start that fits", () => {
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
    "one to one: no start %d ms from its beginning",
    (start) => {
      expect(thrown(() => chooseSeat(long, white, { startTime: shift(tomorrow, start) }, now))).toEqual({
        reason: "OUTSIDE_WINDOW",
      });
    },
  );

  test("a start and a type are inferred where there is no other", () => {
    expect(chooseSeat(short, white, {}, now)).toEqual({
      startTime: tomorrow,
      endTime: shift(tomorrow, hour),
      type: "sparring",
    });
  });

  test("one to one: what has to be chosen is asked for", () => {
    const typed = { ...long, types: ["kata", "lesson"] };
    expect(thrown(() => chooseSeat(long, white, {}, now))).toEqual({ fields: ["startTime"] });
    expect(thrown(() => chooseSeat(typed, white, { startTime: tomorrow }, now))).toEqual({
      fields: ["type"],
    });
    expect(thrown(() => chooseSeat(typed, white, {}, now))).toEqual({ fields: ["startTime", "type"] });
  });

  test("a group: the availability's own times and its first type, or another that is offered", () => {
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

  test("a group that ends between two minutes meets to its end", () => {
    const odd = availabilityRecord({
      startTime: tomorrow,
      endTime: shift(tomorrow, 90 * minute + 1_500),
      maxParticipants: 2,
    });
    expect(chooseSeat(odd, white, {}, now).endTime).toBe(odd.endTime);
  });

  test("not a type that is not offered", () => {
    for (const type of ["lesson", "chess", "__proto__", "Sparring"]) {
      expect(thrown(() => chooseSeat(short, white, { type }, now))).toEqual({ reason: "TYPE_NOT_OFFERED" });
    }
  });

  test("not for other cohorts, nor for nobody's", () => {
    for (const cohort of ["Yellow", "white", "", null]) {
      expect(thrown(() => chooseSeat(short, { cohort }, {}, now))).toEqual({ reason: "COHORT_NOT_ALLOWED" });
    }
  });

  test("not what is full or withdrawn", () => {
    for (const taken of [withSeats(short, ["a"]), withSeats(group, ["a", "b", "c"])]) {
      expect(thrown(() => chooseSeat(taken, white, {}, now))).toEqual({ reason: "ALREADY_BOOKED" });
    }
    expect(thrown(() => chooseSeat({ ...short, status: "CANCELED" }, white, {}, now))).toEqual({
      reason: "ALREADY_BOOKED",
    });
  });

  test("not a start that has passed", () => {
    const noon = new Date(shift(tomorrow, hour));
    const at = (startTime: string) => thrown(() => chooseSeat(long, white, { startTime }, noon));
    expect(at(tomorrow)).toEqual({ reason: "IN_THE_PAST" });
    expect(at(shift(tomorrow, hour - 1))).toEqual({ reason: "IN_THE_PAST" });
    expect(at(shift(tomorrow, hour))).toEqual({});
    expect(thrown(() => chooseSeat(group, white, {}, noon))).toEqual({ reason: "IN_THE_PAST" });
    expect(thrown(() => chooseSeat(short, white, {}, noon))).toEqual({ reason: "IN_THE_PAST" });
  });

  test("a start is asked for as long as there is one", () => {
    const at = new Date(shift(tomorrow, 2 * hour));
    expect(thrown(() => chooseSeat(long, white, {}, at))).toEqual({ fields: ["startTime"] });
  });

  test("not a time that is taken, or closed", () => {
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

  test("an availability whose last start has passed is refused for that, whatever is chosen", () => {
    const evening = new Date(shift(tomorrow, 2 * hour + 1));
    expect(thrown(() => chooseSeat(long, white, {}, evening))).toEqual({ reason: "IN_THE_PAST" });
  });

  test("a chosen seat lies in its availability, lasts as long as a meeting does, and is not over before it begins", () => {
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
    // The property says nothing when every choice is refused.
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
    // However many have booked, another time may be free.
    [{ ...several, seatCount: 2 }, true],
    [{ ...several, seatCount: 2, status: "BOOKED" as const }, false],
    // The number of seats decides where a status is behind.
    [{ ...group, seatCount: 2 }, false],
  ])("%# is %s", (availability, open) => {
    expect(hasOpenSeat(availability)).toBe(open);
  });
});

describe("checkSeatsKept", () => {
  const edit = (
    former: ReturnType<typeof availabilityRecord>,
    given: Parameters<typeof availabilityInput>[0],
  ) =>
    thrown(() =>
      checkSeatsKept(
        former,
        planAvailability(availabilityInput(given), owner, initialSettings(), now, former),
      ),
    );
  const refused = { reason: "HAS_BOOKINGS" };

  describe("one to one", () => {
    const former = withSeats(
      availabilityRecord({
        startTime: tomorrow,
        endTime: shift(tomorrow, 3 * hour),
        types: ["kata", "lesson"],
      }),
      ["a"],
      { startTime: shift(tomorrow, hour), endTime: shift(tomorrow, 2 * hour), type: "lesson" },
    );
    const given = {
      startTime: tomorrow,
      endTime: shift(tomorrow, 3 * hour),
      types: ["kata", "lesson"],
    } as const;

    test("the booked meeting stays inside", () => {
      const times = (from: number, to: number) =>
        edit(former, {
          ...given,
          types: ["lesson"],
          startTime: shift(tomorrow, from),
          endTime: shift(tomorrow, to),
        });
      expect(times(hour, 2 * hour)).toEqual({});
      expect(times(-hour, 5 * hour)).toEqual({});
      expect(times(hour + 1, 3 * hour)).toEqual(refused);
      expect(times(0, 2 * hour - 1)).toEqual(refused);
    });

    test("the booked type stays, others may go", () => {
      expect(edit(former, { ...given, types: ["lesson"] })).toEqual({});
      expect(edit(former, { ...given, types: ["kata"] })).toEqual(refused);
    });

    test("it does not become a group", () => {
      expect(edit(former, { ...given, types: ["kata", "lesson"], maxParticipants: 2 })).toEqual(refused);
    });

    test("length, cohorts, place and description may change", () => {
      expect(
        edit(former, {
          ...given,
          types: ["kata", "lesson"],
          durationMinutes: 15,
          cohorts: ["Black"],
          location: "Dojo 2",
          description: "New",
        }),
      ).toEqual({});
    });
  });

  describe("a group", () => {
    const former = withSeats(availabilityRecord({ startTime: tomorrow, maxParticipants: 3 }), ["a", "b"]);

    test("keeps its times", () => {
      expect(edit(former, { startTime: tomorrow })).toEqual({});
      expect(edit(former, { startTime: tomorrow, endTime: shift(tomorrow, hour + 1) })).toEqual(refused);
      expect(edit(former, { startTime: shift(tomorrow, -1), endTime: shift(tomorrow, hour) })).toEqual(
        refused,
      );
    });

    test("keeps a place for each of its people", () => {
      expect(edit(former, { maxParticipants: 2 })).toEqual({});
      expect(edit(former, { maxParticipants: 1 })).toEqual(refused);
      const one = withSeats(availabilityRecord({ maxParticipants: 3 }), ["a"]);
      expect(edit(one, { maxParticipants: 1 })).toEqual(refused);
      const three = withSeats(availabilityRecord({ maxParticipants: 4 }), ["a", "b", "c"]);
      expect(edit(three, { maxParticipants: 2 })).toEqual(refused);
      expect(edit(three, { maxParticipants: 3 })).toEqual({});
    });
  });

  describe("several bookings", () => {
    const former = { ...several, ...withSeats(several, ["a", "b"]), status: "SCHEDULED" as const };

    test("have no number of places", () => {
      expect(edit(former, hours(0, 3))).toEqual({});
    });

    test("do not become one", () => {
      expect(edit(former, { ...hours(0, 3), bookings: "one" })).toEqual(refused);
      const one = withSeats(availabilityRecord(hours(0, 3)), ["a"]);
      expect(edit(one, { ...hours(0, 3), bookings: "several" })).toEqual(refused);
    });
  });

  test("without seats anything may change", () => {
    const former = availabilityRecord({ maxParticipants: 3 });
    expect(edit(former, { startTime: shift(tomorrow, day), types: ["kata"], maxParticipants: 1 })).toEqual(
      {},
    );
  });
});

describe("searchSpan", () => {
  const at = (from: string, to: string) => searchSpan({ from, to }, now);
  const year = aYearAfter(now).toISOString();

  test("a beginning in the past counts as now", () => {
    expect(at("2020-01-01T00:00:00.000Z", tomorrow)).toEqual({ from: morning, to: tomorrow });
    expect(at(tomorrow, shift(tomorrow, 1))).toEqual({ from: tomorrow, to: shift(tomorrow, 1) });
  });

  test("is at most a year, counted from now where it began before", () => {
    expect(at("2020-01-01T00:00:00.000Z", year)).toEqual({ from: morning, to: year });
    expect(thrown(() => at(morning, shift(year, 1)))).toEqual({ fields: ["to"] });
    expect(thrown(() => at("2020-01-01T00:00:00.000Z", shift(year, 1)))).toEqual({ fields: ["to"] });
  });

  test("ends after it begins", () => {
    expect(thrown(() => at(tomorrow, tomorrow))).toEqual({ fields: ["to"] });
    expect(thrown(() => at(tomorrow, morning))).toEqual({ fields: ["to"] });
  });

  test("of the past is empty, and says so", () => {
    const { from, to } = at("2020-01-01T00:00:00.000Z", "2020-02-01T00:00:00.000Z");
    expect(from >= to).toBe(true);
  });

  test("holds at the ends of time", () => {
    expect(at("0000-01-01T00:00:00.000Z", tomorrow).from).toBe(morning);
    expect(at("9999-12-31T00:00:00.000Z", "9999-12-31T23:59:59.999Z").from).toBe("9999-12-31T00:00:00.000Z");
  });
});

describe("a refusal names what to change:", () => {
  const one = withSeats(availabilityRecord({ ...hours(0, 3), types: ["kata", "lesson"] }), ["a"]);
  const group = withSeats(availabilityRecord({ maxParticipants: 3 }), ["a", "b"]);
  const edit = (former: typeof one, changes: Partial<typeof one>) => () =>
    checkSeatsKept(former, { ...former, ...changes });
  const book =
    (choice: { startTime?: string; type?: string }, at = now) =>
    () =>
      chooseSeat({ ...several, closed: [hours(0, 1)] }, white, choice, at);

  test.each<[string, string, () => unknown]>([
    ["HAS_BOOKINGS", "bookings", edit(one, { bookings: "several" })],
    ["HAS_BOOKINGS", "maxParticipants", edit(group, { maxParticipants: 1 })],
    ["HAS_BOOKINGS", "maxParticipants", edit(one, { maxParticipants: 2 })],
    ["HAS_BOOKINGS", "types", edit(one, { types: ["lesson"] })],
    ["HAS_BOOKINGS", "startTime", edit(one, { startTime: shift(tomorrow, 1) })],
    [
      "IN_THE_PAST",
      "startTime",
      () => planAvailability(availabilityInput({ startTime: morning }), owner, initialSettings(), now),
    ],
    ["IN_THE_PAST", "startTime", book({ startTime: tomorrow }, new Date(shift(tomorrow, 1)))],
    ["OUTSIDE_WINDOW", "startTime", book({ startTime: shift(tomorrow, -1) })],
    ["ALREADY_BOOKED", "startTime", book({ startTime: tomorrow })],
    ["TYPE_NOT_OFFERED", "type", book({ type: "lesson" })],
    ["OWNER_BUSY", "startTime", () => checkOwnerFree(several, [hours(0, 3)])],
  ])("%s, %s (%#)", (reason, field, call) => {
    expect(refusal(call)).toEqual([reason, field]);
  });
});

describe("what is taken", () => {
  test("are the booked and the closed times, in order; of a group none", () => {
    const { seats } = withSeats(several, ["a"], hours(1, 2));
    const availability = { ...several, seats, closed: [hours(2, 3), hours(0, 1)] };
    expect(takenTimes(availability)).toEqual([hours(0, 1), hours(1, 2), hours(2, 3)]);
    expect(takenTimes({ ...availability, maxParticipants: 2 })).toEqual([]);
  });
});

describe("the last free start", () => {
  const fiveMinutes = (count: number) => shift(tomorrow, count * 5 * minute);

  test("is the last one at which a meeting fits, found by trying all", () => {
    const span = fc
      .tuple(fc.integer({ min: -6, max: 30 }), fc.integer({ min: 1, max: 12 }))
      .map(([from, length]) => ({ startTime: fiveMinutes(from), endTime: fiveMinutes(from + length) }));
    const given = fc.record({
      length: fc.integer({ min: 3, max: 24 }),
      duration: fc.integer({ min: 3, max: 12 }),
      taken: fc.array(span, { maxLength: 5 }),
    });
    fc.assert(
      fc.property(given, ({ length, duration, taken }) => {
        fc.pre(duration <= length);
        const availability = {
          startTime: tomorrow,
          endTime: fiveMinutes(length),
          durationMinutes: duration * 5,
        };
        const starts = Array.from({ length: length - duration + 1 }, (_, at) => at).filter((at) => {
          const meeting = { startTime: fiveMinutes(at), endTime: fiveMinutes(at + duration) };
          return !taken.some((other) => overlaps(other, meeting));
        });
        const last = starts.at(-1);
        expect(lastFreeStart({ ...availability, maxParticipants: 1 }, taken)).toBe(
          last === undefined ? undefined : fiveMinutes(last),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  test("may be an exact fit", () => {
    expect(lastFreeStart(several, [hours(0, 1), hours(2, 3)])).toBe(shift(tomorrow, hour));
    expect(lastFreeStart(several, [hours(0, 1), hours(1.5, 3)])).toBeUndefined();
  });

  test("of a group is its beginning, unless anything is in the way", () => {
    const group = availabilityRecord({ ...hours(0, 3), maxParticipants: 2 });
    expect(lastFreeStart(group, [])).toBe(tomorrow);
    expect(lastFreeStart(group, [hours(-1, 0), hours(3, 4)])).toBe(tomorrow);
    expect(lastFreeStart(group, [hours(-1, 0), hours(2, 4)])).toBeUndefined();
    // It meets for the whole availability, also where that is no whole number of minutes.
    const odd = availabilityRecord({
      ...hours(0, 3),
      endTime: shift(tomorrow, 3 * hour + 1_500),
      maxParticipants: 2,
    });
    expect(lastFreeStart(odd, [])).toBe(tomorrow);
    expect(lastFreeStart(odd, [hours(3, 4)])).toBeUndefined();
  });
});

describe("what an availability offers", () => {
  test("for several bookings: it is open while a start is free, until the last of them", () => {
    expect(offerOf(several)).toEqual({ status: "SCHEDULED", lastStart: shift(tomorrow, 2 * hour) });
    expect(offerOf({ ...several, closed: [hours(2, 3)] })).toEqual({
      status: "SCHEDULED",
      lastStart: shift(tomorrow, hour),
    });
    const { seats } = withSeats(several, ["a"], hours(0.5, 1.5));
    expect(offerOf({ ...several, seats, closed: [hours(2, 3)] })).toEqual({
      status: "BOOKED",
      lastStart: shift(tomorrow, 2 * hour),
    });
  });
});

describe("after a cancelation", () => {
  const one = withSeats(availabilityRecord(hours(0, 3)), ["guest"]);
  const group = withSeats(availabilityRecord({ ...hours(0, 3), maxParticipants: 2 }), ["guest", "a"]);
  const shared = {
    ...several,
    seats: withSeats(several, ["guest"], hours(2, 3)).seats,
    closed: [hours(0, 1)],
  };
  const latest = shift(tomorrow, 2 * hour);
  const after = (availability: typeof one, actor: string) =>
    afterCancel(availability, { ...hours(2, 3), participant: "guest" }, actor);

  test("by the participant the seat is free", () => {
    expect(after(one, "guest")).toEqual({ status: "SCHEDULED", lastStart: latest, closed: [] });
    expect(after(group, "guest")).toEqual({ status: "SCHEDULED", lastStart: tomorrow, closed: [] });
    expect(after(shared, "guest")).toEqual({ status: "SCHEDULED", lastStart: latest, closed: [hours(0, 1)] });
  });

  test("by the owner an availability for one booking is withdrawn, a group is not", () => {
    expect(after(one, "host")).toEqual({ status: "CANCELED", lastStart: latest, closed: [] });
    expect(after(group, "host")).toEqual({ status: "SCHEDULED", lastStart: tomorrow, closed: [] });
  });

  test("by the owner of several bookings only the time of the meeting is closed", () => {
    expect(after(shared, "host")).toEqual({
      status: "SCHEDULED",
      lastStart: shift(tomorrow, hour),
      closed: [hours(0, 1), hours(2, 3)],
    });
  });

  test("a withdrawn availability stays so", () => {
    for (const availability of [one, group, shared]) {
      expect(after({ ...availability, status: "CANCELED" }, "guest").status).toBe("CANCELED");
    }
  });
});

describe("checkOwnerFree", () => {
  const taken = { ...several, closed: [hours(0, 1)] };
  const check = (availability: typeof several, busy: Span[]) =>
    thrown(() => checkOwnerFree(availability, busy));

  test("lets an availability stand as long as a start is left beside the owner's meetings", () => {
    expect(check(several, [])).toEqual({});
    expect(check(several, [hours(0.5, 2)])).toEqual({});
    expect(check(several, [hours(0.5, 2.5)])).toEqual({ reason: "OWNER_BUSY" });
  });

  test("counts what is taken where an availability takes several bookings, and not its own only seat", () => {
    expect(check(taken, [hours(1, 2)])).toEqual({});
    expect(check(taken, [hours(1.5, 2.5)])).toEqual({ reason: "OWNER_BUSY" });
    const one = { ...availabilityRecord(hours(0, 3)), seats: withSeats(several, ["a"], hours(0, 3)).seats };
    expect(check(one, [hours(1.5, 2.5)])).toEqual({});
  });

  test("does not ask for a start where nobody can book", () => {
    for (const status of ["BOOKED", "CANCELED"] as const) {
      expect(check({ ...several, status }, [hours(0, 3)])).toEqual({});
    }
  });
});

describe("toAvailability", () => {
  test("names the participants in the order in which they booked, and nothing that is ours alone", () => {
    const group = availabilityRecord({ maxParticipants: 4 });
    const first = withSeats(group, ["zoe"], {
      bookedAt: shift(morning, 1),
      displayName: "Zoë",
      cohort: null,
    });
    const then = withSeats(group, ["bo", "al"], { bookedAt: shift(morning, 2) });
    const shown = toAvailability(
      { ...then, seats: { ...then.seats, ...first.seats } },
      { username: then.owner, cohort: null },
    );
    expect(shown.participants).toEqual([
      { username: "zoe", displayName: "Zoë", cohort: null },
      { username: "al", displayName: "A member", cohort: "White" },
      { username: "bo", displayName: "A member", cohort: "White" },
    ]);
    for (const ours of ["seats", "seatCount", "revision", "lastStart", "expiresAt"]) {
      expect(shown).not.toHaveProperty(ours);
    }
  });

  const guests = (
    availability: ReturnType<typeof availabilityRecord>,
    username: string,
    cohort: string | null,
  ) => toAvailability(availability, { username, cohort }).participants.map((guest) => guest.username);

  test("tells of a group who has a seat to everyone who may book it or has one", () => {
    const group = withSeats(availabilityRecord({ maxParticipants: 3 }), ["a", "b"]);
    expect(guests(group, group.owner, null)).toEqual(["a", "b"]);
    expect(guests(group, "someone", "White")).toEqual(["a", "b"]);
    expect(guests(group, "a", null)).toEqual(["a", "b"]);
    expect(guests(group, "a", "Black")).toEqual(["a", "b"]);
    expect(guests(group, "someone", "Black")).toEqual([]);
    expect(guests(group, "someone", null)).toEqual([]);
  });

  test("tells one to one who has booked to the owner, and to each participant of themselves", () => {
    const shared = { ...several, seats: withSeats(several, ["a", "b"]).seats };
    expect(guests(shared, shared.owner, null)).toEqual(["a", "b"]);
    expect(guests(shared, "b", "White")).toEqual(["b"]);
    expect(guests(shared, "someone", "White")).toEqual([]);
  });

  test("shows the link to the owner alone, and none where there is none", () => {
    const availability = availabilityRecord({ link: "https://meet.example/1" });
    expect(ownAvailability(availability)).toHaveProperty("link", "https://meet.example/1");
    const { link, ...shown } = ownAvailability(availability);
    expect(toAvailability(availability, { username: "someone", cohort: "White" })).toEqual(shown);
    expect(ownAvailability(availabilityRecord())).not.toHaveProperty("link");
  });

  test("shows when the owner has other meetings, where there are any", () => {
    const viewer = { username: "someone", cohort: "White" };
    expect(toAvailability(several, viewer, [hours(0, 1)])).toHaveProperty("ownerBusy", [hours(0, 1)]);
    for (const shown of [toAvailability(several, viewer, []), toAvailability(several, viewer)]) {
      expect(shown).not.toHaveProperty("ownerBusy");
    }
  });
});
