import { describe, expect, test } from "vitest";
import { deleteAvailability } from "../../src/availabilities/index.ts";
import { cancelMeeting } from "../../src/booking/index.ts";
import type { MemberContext } from "../../src/context/context.ts";
import { forEachOf } from "../../src/database/for-each-of.ts";
import { hour, shift } from "../../src/instant.ts";
import { availabilityInput, book, newMembers, postAvailability } from "../../src/testing/index.ts";
import { booked, edit, outcomes, posted } from "./outcomes.ts";

describe("edit, and meanwhile", () => {
  test.each([
    ["moves the open time", { startTime: shift(availabilityInput().startTime, hour) }, ["HAS_BOOKINGS, OK"]],
    ["drops a type", { types: ["kata" as const] }, ["HAS_BOOKINGS, OK"]],
    ["makes it a group", { maxParticipants: 2 }, ["HAS_BOOKINGS, OK"]],
    ["changes the place", { location: "Dojo 2" }, ["OK, OK"]],
  ])("a member books, while the owner %s", async (_, given, expected) => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => edit(slowed(owner), availability, given),
      ({ a, availability }) => book(a, availability),
    );
    expect(came).toEqual(expected);
  });

  test("the owner edits a full group of 100 a second time: all meetings have the same place", async () => {
    const came = await outcomes(
      async () => {
        const [owner] = await newMembers(1);
        const members: MemberContext[] = await newMembers(100);
        const availability = await postAvailability(owner, { maxParticipants: 100 });
        // The first and the last seat require the exact seat count, so they are booked alone to avoid conflicts.
        const [first, ...others] = members;
        const last = others.pop();
        if (!first || !last) throw new Error("There is nobody");
        await book(first, availability);
        await forEachOf(others, (member) => book(member, availability));
        await book(last, availability);
        return { members: [owner, ...members], owner, availability };
      },
      ({ owner, availability }, slowed) =>
        edit(slowed(owner), availability, { maxParticipants: 100, location: "Dojo 1", description: "First" }),
      ({ owner, availability }) =>
        edit(owner, availability, {
          maxParticipants: 100,
          location: "Dojo 2",
          link: "https://meet.example/2",
        }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("the participant cancels the meeting that prevented the move", async () => {
    const came = await outcomes(
      booked,
      ({ owner, availability }, slowed) => {
        const startTime = shift(availability.startTime, hour);
        return edit(slowed(owner), availability, { startTime });
      },
      ({ a, meeting }) => cancelMeeting(a, meeting),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("a seat of the group changes hands: the new meeting has the place", async () => {
    const came = await outcomes(
      () => booked(3),
      ({ owner, availability }, slowed) =>
        edit(slowed(owner), availability, { maxParticipants: 3, location: "Dojo 2" }),
      async ({ a, b, availability, meeting }) => {
        await cancelMeeting(a, meeting);
        await book(b, availability);
      },
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("the owner edits it a second time: the later write stays complete", async () => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) =>
        edit(slowed(owner), availability, { startTime: shift(availability.startTime, 1) }),
      ({ owner, availability }) =>
        edit(owner, availability, { startTime: shift(availability.startTime, hour) }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test.each([
    ["changes the place", { location: "Dojo 2" }],
    ["opens it to other cohorts", { cohorts: ["Yellow" as const] }],
    ["moves it", { startTime: shift(availabilityInput().startTime, hour) }],
  ])("it is booked and withdrawn, while its owner %s: it is open again and in search", async (_, given) => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => edit(slowed(owner), availability, given),
      async ({ owner, a, availability }) => cancelMeeting(owner, await book(a, availability)),
    );
    // The availability and its owner are read together, and the read may see the booking.
    expect(came).toContain("OK, OK");
    for (const outcome of came) expect(["OK, OK", "HAS_BOOKINGS, OK"]).toContain(outcome);
  });

  test("the owner deletes it", async () => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => edit(slowed(owner), availability, { location: "Dojo 2" }),
      ({ owner, availability }) => deleteAvailability(owner, availability),
    );
    expect(came).toEqual(["NOT_FOUND, OK"]);
  });
});
