import { type Stack, startStack } from "@kumite/local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { availability, type Client, inMinutes, join, type Member } from "./client.ts";
import { expectRefusal, post, seatOf } from "./helpers.ts";

let stack: Stack;
let owner: Member;
let member: Member;
let other: Member;

beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  [owner, member, other] = await Promise.all([
    join(stack.outputs),
    join(stack.outputs),
    join(stack.outputs, "Black"),
  ]);
});
afterAll(() => stack.stop());

describe("refusals", () => {
  test("have their codes and reasons", async () => {
    const made = await post(owner, { types: ["sparring", "kata"], durationMinutes: 30 });
    const book = (by: Client, choice: Record<string, unknown>, of = made) =>
      by.mutate("availability.book", seatOf(of, choice));
    const sparring = { startTime: made.startTime, type: "sparring" };

    expectRefusal(await book(owner, sparring), "BAD_REQUEST", "OWN_AVAILABILITY");
    expectRefusal(await book(other, sparring), "FORBIDDEN", "COHORT_NOT_ALLOWED");
    expectRefusal(await book(member, { ...sparring, type: "lesson" }), "BAD_REQUEST", "TYPE_NOT_OFFERED");
    expectRefusal(
      await book(member, { ...sparring, startTime: made.endTime }),
      "BAD_REQUEST",
      "OUTSIDE_WINDOW",
    );
    const undecided = await book(member, {});
    expect(undecided.error.fieldErrors).toEqual({ startTime: expect.any(Array), type: expect.any(Array) });
    expectRefusal(
      await member.mutate("availability.book", { owner: owner.username, id: "none" }),
      "NOT_FOUND",
      "NOT_FOUND",
    );

    const third = await join(stack.outputs);
    const meanwhile = { startTime: made.startTime, endTime: made.endTime };
    const overlapping = await post(third, meanwhile);
    const ownersSecond = await post(owner, meanwhile);
    const { data: meeting } = await book(member, sparring);
    expect(await book(member, sparring)).toMatchObject({ data: meeting });
    expectRefusal(await book(third, sparring), "CONFLICT", "ALREADY_BOOKED");
    expectRefusal(await other.query("meeting.get", { id: meeting.id }), "FORBIDDEN", "NOT_YOURS");
    expectRefusal(await other.mutate("meeting.cancel", { id: meeting.id }), "FORBIDDEN", "NOT_YOURS");
    expectRefusal(await owner.mutate("availability.delete", { id: made.id }), "CONFLICT", "HAS_BOOKINGS");

    expectRefusal(await book(member, {}, overlapping), "CONFLICT", "OVERLAPS_MEETING");
    expectRefusal(await book(third, {}, ownersSecond), "CONFLICT", "OWNER_BUSY");

    const canceled = await member.mutate("meeting.cancel", { id: meeting.id });
    expect(await member.mutate("meeting.cancel", { id: meeting.id })).toEqual(canceled);
    expectRefusal(await owner.mutate("meeting.cancel", { id: meeting.id }), "CONFLICT", "ALREADY_CANCELED");
  });

  test("an availability in the past is refused with its reason", async () => {
    const past = { startTime: "2020-01-01T10:00:00Z", endTime: "2020-01-01T11:00:00Z" };
    expectRefusal(await owner.mutate("availability.set", availability(past)), "BAD_REQUEST", "IN_THE_PAST");
  });

  test.each<[string, Record<string, unknown>, string]>([
    ["no time zone", { startTime: "2027-01-01T10:00:00" }, "startTime"],
    ["longer than a day", { endTime: inMinutes(60 * 24 * 3) }, "endTime"],
    ["ends before it starts", { endTime: inMinutes(60) }, "endTime"],
    [
      "over a year ahead",
      { startTime: inMinutes(60 * 24 * 400), endTime: inMinutes(60 * 24 * 400 + 60) },
      "startTime",
    ],
    ["a meeting that is too short", { durationMinutes: 14 }, "durationMinutes"],
    ["a meeting longer than the availability", { durationMinutes: 61 }, "durationMinutes"],
    ["no seat", { maxParticipants: 0 }, "maxParticipants"],
    ["too many seats", { maxParticipants: 101 }, "maxParticipants"],
    ["no type", { types: [] }, "types"],
    ["a type twice", { types: ["sparring", "sparring"] }, "types"],
    ["an unknown cohort", { cohorts: ["Ultraviolet"] }, "cohorts"],
    ["a location that is too long", { location: "x".repeat(201) }, "location"],
    ["a description that is too long", { description: "x".repeat(2_001) }, "description"],
    ["an unknown key", { seats: 3 }, "seats"],
  ])("name the field of invalid input: %s", async (_, given, field) => {
    const answer = await owner.mutate("availability.set", availability(given));
    expectRefusal(answer, "BAD_REQUEST");
    expect(answer.error.fieldErrors[field]).toEqual([expect.any(String)]);
  });
});

test("if twenty members book one seat at the same time, one gets it", async () => {
  const made = await post(owner);
  const crowd = await Promise.all(Array.from({ length: 20 }, () => join(stack.outputs)));
  const answers = await Promise.all(crowd.map((one) => one.mutate("availability.book", seatOf(made))));
  expect(answers.filter(({ data }) => data)).toHaveLength(1);
  for (const answer of answers.filter(({ error }) => error))
    expectRefusal(answer, "CONFLICT", "ALREADY_BOOKED");
});
