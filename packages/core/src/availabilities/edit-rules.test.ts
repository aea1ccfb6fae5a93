import { describe, expect, test } from "vitest";
import { initialSettings } from "../community/initial-settings.ts";
import { day, hour, shift } from "../instant.ts";
import { availabilityInput, availabilityRecord, now, withSeats } from "../testing/records.ts";
import { hours, refusal, several, thrown, tomorrow } from "../testing/rules.ts";
import { checkSeatsKept } from "./edit-rules.ts";
import { planAvailability } from "./posting-rules.ts";

const owner = { displayName: "Host", cohort: "Black", revision: 1 };

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

    test("the edited times must contain the booked meeting", () => {
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

    test("the booked type must stay, others may be removed", () => {
      expect(edit(former, { ...given, types: ["lesson"] })).toEqual({});
      expect(edit(former, { ...given, types: ["kata"] })).toEqual(refused);
    });

    test("it cannot become a group", () => {
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

    test("keeps a place for each participant", () => {
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

    test("are not limited by the number of places", () => {
      expect(edit(former, hours(0, 3))).toEqual({});
    });

    test("cannot become one booking, nor one booking several", () => {
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

describe("a refusal names the field to change", () => {
  const one = withSeats(availabilityRecord({ ...hours(0, 3), types: ["kata", "lesson"] }), ["a"]);
  const group = withSeats(availabilityRecord({ maxParticipants: 3 }), ["a", "b"]);
  const edit = (former: typeof one, changes: Partial<typeof one>) => () =>
    checkSeatsKept(former, { ...former, ...changes });

  test.each([
    ["bookings", edit(one, { bookings: "several" })],
    ["maxParticipants", edit(group, { maxParticipants: 1 })],
    ["maxParticipants", edit(one, { maxParticipants: 2 })],
    ["types", edit(one, { types: ["lesson"] })],
    ["startTime", edit(one, { startTime: shift(tomorrow, 1) })],
  ])("%s (%#)", (field, call) => {
    expect(refusal(call)).toEqual(["HAS_BOOKINGS", field]);
  });
});
