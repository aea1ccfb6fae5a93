import { describe, expect, test } from "vitest";
import { getAvailability } from "../availabilities/index.ts";
import { getCalendar } from "../calendar/index.ts";
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
import { cancelMeeting } from "./index.ts";

describe("one to one", () => {
  test("a booking takes the seat and appears in both calendars", async () => {
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

  test("requires a start and a type if there is a choice", async () => {
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

  test("a repeated booking returns the same meeting, with or without a choice", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const meeting = await book(member, availability);
    expect(await book(member, availability)).toEqual(meeting);
    const chosen = { startTime: meeting.startTime, type: meeting.type };
    expect(await book(member, availability, chosen)).toEqual(meeting);
    // Also while the meeting is in progress: the member already has the seat.
    expect(await book(later(member, day + minute), availability)).toEqual(meeting);
    await checkInvariants([owner, member]);
  });

  test("refuses a second, different booking of the same availability", async () => {
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
  test("every seat is a separate meeting at the availability's times, and the last one fills it", async () => {
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

  test("a canceled seat can be booked again, also if it was the only one", async () => {
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
