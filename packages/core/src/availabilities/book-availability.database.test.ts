import { describe, expect, test } from "vitest";
import { cancelMeeting, getMeeting } from "../meetings/index.ts";
import { newMember, now, postWindow } from "../testing/index.ts";
import { bookAvailability, getAvailability, searchAvailabilities } from "./index.ts";
import { hour, shift } from "../instant.ts";

const span = { from: now.toISOString(), to: shift(now.toISOString(), 72 * hour), limit: 100 };

describe("one to one", () => {
  test("a booking takes the seat, and its repetition answers the same meeting", async () => {
    const [owner, member] = await Promise.all([newMember(), newMember()]);
    const window = await postWindow(owner);
    const meeting = await bookAvailability(member, window);
    expect(meeting).toMatchObject({ owner: owner.actor, participant: member.actor, status: "SCHEDULED" });
    expect(await getAvailability(owner, window)).toMatchObject({ status: "BOOKED" });
    expect(await bookAvailability(member, window)).toEqual(meeting);
    expect(await getMeeting(owner, meeting)).toEqual(meeting);
  });

  test("twenty members at once: one wins", async () => {
    const owner = await newMember();
    const members = await Promise.all(Array.from({ length: 20 }, () => newMember()));
    const window = await postWindow(owner);
    const outcomes = await Promise.allSettled(members.map((member) => bookAvailability(member, window)));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ reason: "ALREADY_BOOKED" });
    }
  });

  test("a canceled seat is found and booked again", async () => {
    const [owner, member] = await Promise.all([newMember(), newMember()]);
    const window = await postWindow(owner);
    const meeting = await bookAvailability(member, window);
    await cancelMeeting(member, { id: meeting.id });
    const { items } = await searchAvailabilities(member, span);
    expect(items).toContainEqual(expect.objectContaining({ id: window.id, participants: [] }));
    expect((await bookAvailability(member, window)).id).not.toBe(meeting.id);
  });
});

test("thirty join a group of seven: seven", async () => {
  const owner = await newMember();
  const members = await Promise.all(Array.from({ length: 30 }, () => newMember()));
  const window = await postWindow(owner, { maxParticipants: 7 });
  const outcomes = await Promise.allSettled(members.map((member) => bookAvailability(member, window)));
  expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(7);
  expect(await getAvailability(owner, window)).toMatchObject({ status: "BOOKED" });
});
