import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aYearAfter, hour, minute, overlaps, shift } from "../instant.ts";
import { availabilityRecord, now, withSeats } from "../testing/records.ts";
import { hours, morning, several, thrown, tomorrow } from "../testing/rules.ts";
import {
  afterCancel,
  lastFreeStart,
  offerOf,
  ownAvailability,
  searchSpan,
  takenTimes,
  toAvailability,
} from "./rules.ts";

describe("toAvailability", () => {
  test("lists the participants in booking order, and leaves out internal attributes", () => {
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
    for (const internal of ["seats", "seatCount", "revision", "lastStart", "expiresAt"]) {
      expect(shown).not.toHaveProperty(internal);
    }
  });

  const guests = (
    availability: ReturnType<typeof availabilityRecord>,
    username: string,
    cohort: string | null,
  ) => toAvailability(availability, { username, cohort }).participants.map((guest) => guest.username);

  test("shows the participants of a group to everyone who may book it or has a seat", () => {
    const group = withSeats(availabilityRecord({ maxParticipants: 3 }), ["a", "b"]);
    expect(guests(group, group.owner, null)).toEqual(["a", "b"]);
    expect(guests(group, "someone", "White")).toEqual(["a", "b"]);
    expect(guests(group, "a", null)).toEqual(["a", "b"]);
    expect(guests(group, "a", "Black")).toEqual(["a", "b"]);
    expect(guests(group, "someone", "Black")).toEqual([]);
    expect(guests(group, "someone", null)).toEqual([]);
  });

  test("one to one: shows all participants to the owner, and each participant themselves", () => {
    const shared = { ...several, seats: withSeats(several, ["a", "b"]).seats };
    expect(guests(shared, shared.owner, null)).toEqual(["a", "b"]);
    expect(guests(shared, "b", "White")).toEqual(["b"]);
    expect(guests(shared, "someone", "White")).toEqual([]);
  });

  test("shows the link to the owner only, and leaves it out if there is none", () => {
    const availability = availabilityRecord({ link: "https://meet.example/1" });
    expect(ownAvailability(availability)).toHaveProperty("link", "https://meet.example/1");
    const { link, ...shown } = ownAvailability(availability);
    expect(toAvailability(availability, { username: "someone", cohort: "White" })).toEqual(shown);
    expect(ownAvailability(availabilityRecord())).not.toHaveProperty("link");
  });

  test("shows when the owner has other meetings, if there are any", () => {
    const viewer = { username: "someone", cohort: "White" };
    expect(toAvailability(several, viewer, [hours(0, 1)])).toHaveProperty("ownerBusy", [hours(0, 1)]);
    for (const shown of [toAvailability(several, viewer, []), toAvailability(several, viewer)]) {
      expect(shown).not.toHaveProperty("ownerBusy");
    }
  });
});

describe("takenTimes", () => {
  test("returns the booked and the closed times in order, and none for a group", () => {
    const { seats } = withSeats(several, ["a"], hours(1, 2));
    const availability = { ...several, seats, closed: [hours(2, 3), hours(0, 1)] };
    expect(takenTimes(availability)).toEqual([hours(0, 1), hours(1, 2), hours(2, 3)]);
    expect(takenTimes({ ...availability, maxParticipants: 2 })).toEqual([]);
  });
});

describe("lastFreeStart", () => {
  const fiveMinutes = (count: number) => shift(tomorrow, count * 5 * minute);

  test("is the last start at which a meeting fits, the same as by trying all starts", () => {
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

  test("accepts an exact fit", () => {
    expect(lastFreeStart(several, [hours(0, 1), hours(2, 3)])).toBe(shift(tomorrow, hour));
    expect(lastFreeStart(several, [hours(0, 1), hours(1.5, 3)])).toBeUndefined();
  });

  test("of a group is its start, unless something overlaps it", () => {
    const group = availabilityRecord({ ...hours(0, 3), maxParticipants: 2 });
    expect(lastFreeStart(group, [])).toBe(tomorrow);
    expect(lastFreeStart(group, [hours(-1, 0), hours(3, 4)])).toBe(tomorrow);
    expect(lastFreeStart(group, [hours(-1, 0), hours(2, 4)])).toBeUndefined();
    // A group meets for the whole availability, also if that is not a whole number of minutes.
    const odd = availabilityRecord({
      ...hours(0, 3),
      endTime: shift(tomorrow, 3 * hour + 1_500),
      maxParticipants: 2,
    });
    expect(lastFreeStart(odd, [])).toBe(tomorrow);
    expect(lastFreeStart(odd, [hours(3, 4)])).toBeUndefined();
  });
});

describe("offerOf", () => {
  test("one booking or a group: open while a seat is free", () => {
    const one = availabilityRecord(hours(0, 3));
    const lastStart = shift(tomorrow, 2 * hour);
    expect(offerOf(one)).toEqual({ status: "SCHEDULED", lastStart });
    expect(offerOf(withSeats(one, ["a"]))).toEqual({ status: "BOOKED", lastStart });
    // A group meets for the whole availability, also if that is not a whole number of minutes.
    const endTime = shift(tomorrow, 3 * hour + 1_500);
    const group = availabilityRecord({ startTime: tomorrow, endTime, maxParticipants: 2 });
    expect(offerOf(withSeats(group, ["a"]))).toEqual({ status: "SCHEDULED", lastStart: tomorrow });
    expect(offerOf(withSeats(group, ["a", "b"]))).toEqual({ status: "BOOKED", lastStart: tomorrow });
  });

  test("several bookings: open while a start is free", () => {
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

describe("afterCancel", () => {
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

  test("by the participant: the seat is free", () => {
    expect(after(one, "guest")).toEqual({ status: "SCHEDULED", lastStart: latest, closed: [] });
    expect(after(group, "guest")).toEqual({ status: "SCHEDULED", lastStart: tomorrow, closed: [] });
    expect(after(shared, "guest")).toEqual({ status: "SCHEDULED", lastStart: latest, closed: [hours(0, 1)] });
  });

  test("by the owner: withdraws an availability for one booking, but not a group", () => {
    expect(after(one, "host")).toEqual({ status: "CANCELED", lastStart: latest, closed: [] });
    expect(after(group, "host")).toEqual({ status: "SCHEDULED", lastStart: tomorrow, closed: [] });
  });

  test("by the owner of several bookings: closes only the time of the meeting", () => {
    expect(after(shared, "host")).toEqual({
      status: "SCHEDULED",
      lastStart: shift(tomorrow, hour),
      closed: [hours(0, 1), hours(2, 3)],
    });
  });

  test("a withdrawn availability stays withdrawn", () => {
    for (const availability of [one, group, shared]) {
      expect(after({ ...availability, status: "CANCELED" }, "guest").status).toBe("CANCELED");
    }
  });
});

describe("searchSpan", () => {
  const at = (from: string, to: string) => searchSpan({ from, to }, now);
  const year = aYearAfter(now).toISOString();

  test("a start in the past counts as now", () => {
    expect(at("2020-01-01T00:00:00.000Z", tomorrow)).toEqual({ from: morning, to: tomorrow });
    expect(at(tomorrow, shift(tomorrow, 1))).toEqual({ from: tomorrow, to: shift(tomorrow, 1) });
  });

  test("is at most a year, counted from now if it starts in the past", () => {
    expect(at("2020-01-01T00:00:00.000Z", year)).toEqual({ from: morning, to: year });
    expect(thrown(() => at(morning, shift(year, 1)))).toEqual({ fields: ["to"] });
    expect(thrown(() => at("2020-01-01T00:00:00.000Z", shift(year, 1)))).toEqual({ fields: ["to"] });
  });

  test("ends after it begins", () => {
    expect(thrown(() => at(tomorrow, tomorrow))).toEqual({ fields: ["to"] });
    expect(thrown(() => at(tomorrow, morning))).toEqual({ fields: ["to"] });
  });

  test("is empty if it is in the past: its end comes before its start", () => {
    const { from, to } = at("2020-01-01T00:00:00.000Z", "2020-02-01T00:00:00.000Z");
    expect(from >= to).toBe(true);
  });

  test("works in the first and in the last year of the calendar", () => {
    expect(at("0000-01-01T00:00:00.000Z", tomorrow).from).toBe(morning);
    expect(at("9999-12-31T00:00:00.000Z", "9999-12-31T23:59:59.999Z").from).toBe("9999-12-31T00:00:00.000Z");
  });
});
