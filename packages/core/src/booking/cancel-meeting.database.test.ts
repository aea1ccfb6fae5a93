import { describe, expect, test } from "vitest";
import { getAvailability } from "../availabilities/index.ts";
import { getCalendar } from "../calendar/index.ts";
import { day, hour, minute, shift } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import {
  after,
  book,
  checkInvariants,
  later,
  newMembers,
  outcomeOf,
  postAvailability,
} from "../testing/index.ts";
import { cancelMeeting } from "./index.ts";

describe.each(["participant", "owner"] as const)("canceled by the %s", (by) => {
  test("cancels the meeting for both people, with the reason, and is idempotent", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const meeting = await book(member, availability);
    const actor = later(by === "owner" ? owner : member, minute);
    const canceled = await cancelMeeting(actor, { id: meeting.id, reason: "A cold" });
    expect(canceled).toEqual({
      ...meeting,
      status: "CANCELED",
      canceledBy: actor.actor.username,
      cancelReason: "A cold",
      updatedAt: actor.now.toISOString(),
    });
    for (const person of [owner, member]) {
      expect(await getMeeting(person, meeting)).toEqual(canceled);
      const span = { from: meeting.startTime, to: meeting.endTime };
      expect((await getCalendar(person, span)).meetings).toEqual([canceled]);
    }
    expect(await cancelMeeting(later(actor, day), { id: meeting.id, reason: "Another" })).toEqual(canceled);
    const other = by === "owner" ? member : owner;
    expect(await outcomeOf(cancelMeeting(other, meeting))).toBe("ALREADY_CANCELED");
    expect(await getMeeting(other, meeting)).toEqual(canceled);
    await checkInvariants([owner, member]);
  });

  test("one to one, reopens the availability for the participant, and withdraws it for the owner", async () => {
    const [owner, member, other] = await newMembers(3);
    const availability = await postAvailability(owner);
    const meeting = await book(member, availability);
    await cancelMeeting(by === "owner" ? owner : member, meeting);
    expect(await getAvailability(member, availability)).toMatchObject({
      status: by === "owner" ? "CANCELED" : "SCHEDULED",
      participants: [],
    });
    expect(await outcomeOf(book(other, availability))).toBe(by === "owner" ? "ALREADY_BOOKED" : "OK");
    await checkInvariants([owner, member, other]);
  });

  test("frees one seat of a full group and keeps the others", async () => {
    const [owner, a, b] = await newMembers(3);
    const availability = await postAvailability(owner, { maxParticipants: 2 });
    const [first, second] = [await book(a, availability), await book(b, availability)];
    await cancelMeeting(by === "owner" ? owner : a, first);
    expect(await getAvailability(a, availability)).toMatchObject({
      status: "SCHEDULED",
      participants: [{ username: b.actor.username }],
    });
    expect(await getMeeting(b, second)).toEqual(second);
    const anew = await book(a, availability);
    expect(anew.id).not.toBe(first.id);
    await checkInvariants([owner, a, b]);
  });
});

test("stores no reason if it is missing or empty", async () => {
  const [owner, member] = await newMembers(2);
  for (const [index, input] of [{}, { reason: "" }].entries()) {
    const meeting = await book(
      member,
      await postAvailability(owner, { startTime: after(owner, (1 + index) * day) }),
    );
    const canceled = await cancelMeeting(member, { id: meeting.id, ...input });
    expect(canceled.cancelReason).toBeUndefined();
    expect(await getMeeting(member, meeting)).toEqual(canceled);
    expect(await getMeeting(member, meeting)).not.toHaveProperty("cancelReason");
  }
});

test("a meeting can be canceled until its end", async () => {
  const [owner, member] = await newMembers(2);
  const meeting = await book(member, await postAvailability(owner));
  expect(await outcomeOf(cancelMeeting(later(member, day + hour), meeting))).toBe("IN_THE_PAST");
  expect(await outcomeOf(cancelMeeting(later(member, day + hour - 1), meeting))).toBe("OK");
  // A cancelation made in time stays valid, however late it is repeated.
  expect(await outcomeOf(cancelMeeting(later(member, 9 * day), meeting))).toBe("OK");
  expect(await outcomeOf(cancelMeeting(later(owner, 9 * day), meeting))).toBe("ALREADY_CANCELED");
});

test("refuses a missing meeting, and a meeting of others", async () => {
  const [owner, member, anonymous] = await newMembers(3);
  const meeting = await book(member, await postAvailability(owner));
  for (const verb of [getMeeting, cancelMeeting]) {
    expect(await outcomeOf(verb(member, { id: "none" }))).toBe("NOT_FOUND");
    expect(await outcomeOf(verb(anonymous, { id: meeting.id }))).toBe("NOT_YOURS");
  }
  expect(await getMeeting(owner, meeting)).toEqual(meeting);
});

test("every repeated booking and cancelation is a separate meeting", async () => {
  const [owner, member] = await newMembers(2);
  const startTime = after(owner, day);
  const availability = await postAvailability(owner, { startTime, endTime: shift(startTime, 2 * hour) });
  const ids = new Set<string>();
  for (let round = 0; round < 3; round++) {
    const meeting = await book(member, availability, { startTime });
    ids.add(meeting.id);
    await cancelMeeting(member, meeting);
  }
  expect(ids.size).toBe(3);
  const { meetings } = await getCalendar(member, { from: startTime, to: availability.endTime });
  expect(new Set(meetings.map(({ id }) => id))).toEqual(ids);
  expect(new Set(meetings.map(({ status }) => status))).toEqual(new Set(["CANCELED"]));
  await checkInvariants([owner, member]);
});
