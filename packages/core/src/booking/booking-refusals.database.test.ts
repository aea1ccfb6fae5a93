import { describe, expect, test } from "vitest";
import { deleteAvailability, getAvailability, setAvailability } from "../availabilities/index.ts";
import { memberActor } from "../context/actor.ts";
import { day, hour, minute, shift } from "../instant.ts";
import {
  after,
  book,
  checkInvariants,
  later,
  newMember,
  newMembers,
  outcomeOf,
  postAvailability,
} from "../testing/index.ts";
import { setUser } from "../users/index.ts";
import { cancelMeeting } from "./index.ts";

describe("refusals", () => {
  test("NOT_FOUND: no such availability, or one that was deleted", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    expect(await outcomeOf(book(member, { ...availability, id: "none" }))).toBe("NOT_FOUND");
    expect(await outcomeOf(book(member, { ...availability, owner: "nobody" }))).toBe("NOT_FOUND");
    await deleteAvailability(owner, availability);
    expect(await outcomeOf(book(member, availability))).toBe("NOT_FOUND");
  });

  test("NOT_FOUND: the sign-up was never completed", async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    expect(await outcomeOf(book({ ...owner, actor: memberActor("nobody") }, availability))).toBe("NOT_FOUND");
  });

  test("OWN_AVAILABILITY", async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    expect(await outcomeOf(book(owner, availability))).toBe("OWN_AVAILABILITY");
  });

  test("ALREADY_BOOKED: taken, or withdrawn", async () => {
    const [owner, member, other] = await newMembers(3);
    const availability = await postAvailability(owner);
    const meeting = await book(member, availability);
    expect(await outcomeOf(book(other, availability))).toBe("ALREADY_BOOKED");
    await cancelMeeting(owner, meeting);
    expect(await outcomeOf(book(other, availability))).toBe("ALREADY_BOOKED");
    expect(await outcomeOf(book(member, availability))).toBe("ALREADY_BOOKED");
  });

  test("COHORT_NOT_ALLOWED: another cohort, or none, at the time of booking", async () => {
    const owner = await newMember();
    const [yellow, none] = await Promise.all([newMember({ cohort: "Yellow" }), newMember({ cohort: null })]);
    const availability = await postAvailability(owner);
    for (const member of [yellow, none]) {
      expect(await outcomeOf(book(member, availability))).toBe("COHORT_NOT_ALLOWED");
      await setUser(member, { cohort: "White" });
    }
    expect(await outcomeOf(book(none, availability))).toBe("OK");
  });

  test("TYPE_NOT_OFFERED and OUTSIDE_WINDOW", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    expect(await outcomeOf(book(member, availability, { type: "kata" }))).toBe("TYPE_NOT_OFFERED");
    for (const startTime of [
      shift(availability.startTime, -1),
      shift(availability.startTime, 1),
      availability.endTime,
    ]) {
      expect(await outcomeOf(book(member, availability, { startTime }))).toBe("OUTSIDE_WINDOW");
    }
    expect(await getAvailability(owner, availability)).toEqual(availability);
  });

  test("IN_THE_PAST: can be booked at its start, but not a millisecond later", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    expect(await outcomeOf(book(later(member, day + 1), availability))).toBe("IN_THE_PAST");
    expect(await outcomeOf(book(later(member, day), availability))).toBe("OK");
  });

  describe("a person cannot have overlapping meetings", () => {
    test.each([
      ["within", 15 * minute, 45 * minute, true],
      ["around", -hour, 2 * hour, true],
      ["into its start", -hour, 1, true],
      ["into its end", hour - 1, 2 * hour, true],
      ["right before", -hour, 0, false],
      ["right after", hour, 2 * hour, false],
    ])("OVERLAPS_MEETING and OWNER_BUSY: %s", async (_, from, to, overlapping) => {
      const [owner, member, other, third] = await newMembers(4);
      const availability = await postAvailability(owner);
      const times = {
        startTime: shift(availability.startTime, from),
        endTime: shift(availability.startTime, to),
      };
      const elsewhere = await postAvailability(other, { ...times, maxParticipants: 2 });
      const busy = await postAvailability(owner, { ...times, maxParticipants: 2 });
      await book(member, availability);
      expect(await outcomeOf(book(member, elsewhere))).toBe(overlapping ? "OVERLAPS_MEETING" : "OK");
      expect(await outcomeOf(book(third, busy))).toBe(overlapping ? "OWNER_BUSY" : "OK");
      await checkInvariants([owner, member, other, third]);
    });

    test("as owner and as participant", async () => {
      const [a, b, c] = await newMembers(3);
      const ofA = await postAvailability(a);
      const ofB = await postAvailability(b);
      await book(b, ofA);
      // A is busy as owner, B as participant.
      const ofC = await postAvailability(c);
      expect(await outcomeOf(book(a, ofC))).toBe("OVERLAPS_MEETING");
      expect(await outcomeOf(book(c, ofB))).toBe("OWNER_BUSY");
    });

    test("counts a 24-hour meeting that began the day before", async () => {
      const [owner, member, other] = await newMembers(3);
      const startTime = after(owner, day);
      const whole = await postAvailability(owner, {
        startTime,
        endTime: shift(startTime, day),
        maxParticipants: 2,
      });
      await book(member, whole);
      const last = { startTime: shift(startTime, day - 15 * minute), endTime: shift(startTime, day) };
      expect(await outcomeOf(book(member, await postAvailability(other, last)))).toBe("OVERLAPS_MEETING");
      const next = { startTime: shift(startTime, day) };
      expect(await outcomeOf(book(member, await postAvailability(other, next)))).toBe("OK");
    });

    test("does not count a canceled meeting", async () => {
      const [owner, member, other] = await newMembers(3);
      const meeting = await book(member, await postAvailability(owner));
      const elsewhere = await postAvailability(other);
      expect(await outcomeOf(book(member, elsewhere))).toBe("OVERLAPS_MEETING");
      await cancelMeeting(member, meeting);
      expect(await outcomeOf(book(member, elsewhere))).toBe("OK");
    });

    test("counts the seats of a group as one meeting of its owner, who is busy for everything else", async () => {
      const [owner, a, b, c] = await newMembers(4);
      const availability = await postAvailability(owner, { maxParticipants: 3 });
      const second = await postAvailability(owner);
      await book(a, availability);
      await book(b, availability);
      expect(await outcomeOf(book(c, second))).toBe("OWNER_BUSY");
    });
  });

  test("a refused booking leaves no trace", async () => {
    const [owner, member, other] = await newMembers(3);
    const availability = await postAvailability(owner);
    await book(other, await postAvailability(member));
    expect(await outcomeOf(book(member, availability))).toBe("OVERLAPS_MEETING");
    expect(await getAvailability(owner, availability)).toEqual(availability);
    await checkInvariants([owner, member, other]);
  });

  test("uses an edit at once", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    await setAvailability(owner, {
      id: availability.id,
      startTime: shift(availability.startTime, hour),
      endTime: shift(availability.endTime, hour),
      types: ["kata"],
      cohorts: ["White"],
    });
    const { startTime } = availability;
    expect(await outcomeOf(book(member, availability, { startTime, type: "sparring" }))).toBe(
      "TYPE_NOT_OFFERED",
    );
    expect(await outcomeOf(book(member, availability, { startTime, type: "kata" }))).toBe("OUTSIDE_WINDOW");
  });
});
