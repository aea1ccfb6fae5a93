import { describe, expect, test } from "vitest";
import { deleteAvailability, getAvailability, setAvailability } from "../availabilities/index.ts";
import { getCalendar } from "../calendar/index.ts";
import { memberActor } from "../context/actor.ts";
import { InvalidInput } from "../errors.ts";
import { day, hour, minute, shift } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
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

describe("one to one", () => {
  test("a booking takes the seat and stands in both calendars", async () => {
    const owner = await newMember({ displayName: "Host" });
    const member = await newMember({ displayName: "Guest" });
    const availability = await postAvailability(owner, { location: "Dojo 2", description: "Bring gloves" });
    const meeting = await book(member, availability);
    expect(meeting).toEqual({
      id: expect.any(String),
      availabilityId: availability.id,
      owner: owner.actor.username,
      ownerDisplayName: "Host",
      participant: member.actor.username,
      participantDisplayName: "Guest",
      startTime: availability.startTime,
      endTime: availability.endTime,
      type: "sparring",
      location: "Dojo 2",
      description: "Bring gloves",
      status: "SCHEDULED",
      createdAt: member.now.toISOString(),
      updatedAt: member.now.toISOString(),
    });
    expect(await getAvailability(owner, availability)).toMatchObject({
      status: "BOOKED",
      participants: [{ username: member.actor.username, displayName: "Guest", cohort: "White" }],
    });
    const span = { from: availability.startTime, to: availability.endTime };
    for (const person of [owner, member]) {
      expect(await getMeeting(person, meeting)).toEqual(meeting);
      expect((await getCalendar(person, span)).meetings).toEqual([meeting]);
    }
    await checkInvariants([owner, member]);
  });

  test("a start and a type are chosen where there is a choice", async () => {
    const [owner, member] = await newMembers(2);
    const startTime = after(owner, day);
    const availability = await postAvailability(owner, {
      startTime,
      endTime: shift(startTime, 3 * hour),
      durationMinutes: 45,
      types: ["kata", "lesson"],
    });
    await expect(book(member, availability)).rejects.toThrow(InvalidInput);
    const choice = { startTime: shift(startTime, 37 * minute), type: "lesson" };
    expect(await book(member, availability, choice)).toMatchObject({
      ...choice,
      endTime: shift(startTime, 82 * minute),
    });
  });

  test("repeating it answers the same meeting, however it is asked for", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const meeting = await book(member, availability);
    expect(await book(member, availability)).toEqual(meeting);
    const chosen = { startTime: meeting.startTime, type: meeting.type };
    expect(await book(member, availability, chosen)).toEqual(meeting);
    // Also when it is under way: the seat is held already.
    expect(await book(later(member, day + minute), availability)).toEqual(meeting);
    await checkInvariants([owner, member]);
  });

  test("a second choice in the same availability is refused", async () => {
    const [owner, member] = await newMembers(2);
    const startTime = after(owner, day);
    const availability = await postAvailability(owner, {
      startTime,
      endTime: shift(startTime, 5 * hour),
      types: ["kata", "lesson"],
    });
    await book(member, availability, { startTime, type: "kata" });
    const again = { startTime: shift(startTime, 3 * hour), type: "kata" };
    expect(await outcomeOf(book(member, availability, again))).toBe("ALREADY_BOOKED");
    expect(await outcomeOf(book(member, availability, { startTime, type: "lesson" }))).toBe("ALREADY_BOOKED");
  });
});

describe("a group", () => {
  test("every seat is a meeting of its own at the availability's times, and the last one fills it", async () => {
    const owner = await newMember();
    const [a, b, c, d] = await newMembers(4);
    const startTime = after(owner, day);
    const availability = await postAvailability(owner, {
      startTime,
      endTime: shift(startTime, 90 * minute),
      maxParticipants: 3,
      types: ["kata", "lesson"],
    });
    const meetings = [];
    for (const member of [a, b, c]) {
      expect(await getAvailability(member, availability)).toMatchObject({ status: "SCHEDULED" });
      meetings.push(await book(member, availability));
    }
    expect(new Set(meetings.map((meeting) => meeting.id)).size).toBe(3);
    for (const meeting of meetings) {
      expect(meeting).toMatchObject({
        availabilityId: availability.id,
        startTime,
        endTime: availability.endTime,
        type: "kata",
      });
    }
    expect(await getAvailability(d, availability)).toMatchObject({
      status: "BOOKED",
      participants: [
        { username: a.actor.username },
        { username: b.actor.username },
        { username: c.actor.username },
      ].toSorted((x, y) => (x.username < y.username ? -1 : 1)),
    });
    expect(await outcomeOf(book(d, availability))).toBe("ALREADY_BOOKED");
    expect(await book(b, availability)).toEqual(meetings[1]);
    await checkInvariants([owner, a, b, c, d]);
  });

  test("a canceled seat is taken again, also when it was the only one", async () => {
    const [owner, a, b] = await newMembers(3);
    const availability = await postAvailability(owner, { maxParticipants: 2 });
    const first = await book(a, availability);
    await cancelMeeting(a, first);
    const second = await book(b, availability);
    const third = await book(a, availability);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
    expect(await getAvailability(a, availability)).toMatchObject({ status: "BOOKED" });
    await checkInvariants([owner, a, b]);
  });
});

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

  test("COHORT_NOT_ALLOWED: another cohort, or none; and it counts when booking, not before", async () => {
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

  test("IN_THE_PAST: at its start it may still be booked, a millisecond later not", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    expect(await outcomeOf(book(later(member, day + 1), availability))).toBe("IN_THE_PAST");
    expect(await outcomeOf(book(later(member, day), availability))).toBe("OK");
  });

  describe("a person is in one place", () => {
    test.each([
      ["within", 15 * minute, 45 * minute, true],
      ["around", -hour, 2 * hour, true],
      ["into its beginning", -hour, 1, true],
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

    test("as owner and as participant alike", async () => {
      const [a, b, c] = await newMembers(3);
      const ofA = await postAvailability(a);
      const ofB = await postAvailability(b);
      await book(b, ofA);
      // A is busy as owner, B as participant.
      const ofC = await postAvailability(c);
      expect(await outcomeOf(book(a, ofC))).toBe("OVERLAPS_MEETING");
      expect(await outcomeOf(book(c, ofB))).toBe("OWNER_BUSY");
    });

    test("meetings of a whole day that began a day before are seen", async () => {
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

    test("a canceled meeting is in nobody's way", async () => {
      const [owner, member, other] = await newMembers(3);
      const meeting = await book(member, await postAvailability(owner));
      const elsewhere = await postAvailability(other);
      expect(await outcomeOf(book(member, elsewhere))).toBe("OVERLAPS_MEETING");
      await cancelMeeting(member, meeting);
      expect(await outcomeOf(book(member, elsewhere))).toBe("OK");
    });

    test("the seats of a group are one meeting for its owner, who is busy for everything else", async () => {
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

  test("an edit counts from the moment it is made", async () => {
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
