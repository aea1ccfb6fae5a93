import { describe, expect, test } from "vitest";
import { deleteAvailability } from "../../src/availabilities/index.ts";
import { cancelMeeting } from "../../src/booking/index.ts";
import { getMeeting } from "../../src/meetings/index.ts";
import { book } from "../../src/testing/index.ts";
import { booked, edit, outcomes } from "./outcomes.ts";

describe("cancel, and meanwhile", () => {
  test("the other person cancels", async () => {
    const came = await outcomes(
      booked,
      ({ a, meeting }, slowed) => cancelMeeting(slowed(a), meeting),
      ({ owner, meeting }) => cancelMeeting(owner, meeting),
    );
    expect(came).toEqual(["ALREADY_CANCELED, OK"]);
  });

  test("the same person cancels: both get the same meeting", async () => {
    const came = await outcomes(
      booked,
      async ({ a, meeting }, slowed) => {
        const canceled = await cancelMeeting(slowed(a), { id: meeting.id, reason: "Second" });
        expect(canceled).toEqual(await getMeeting(a, meeting));
      },
      ({ a, meeting }) => cancelMeeting(a, { id: meeting.id, reason: "First" }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("the seat is canceled and booked again: the new meeting stays", async () => {
    const came = await outcomes(
      booked,
      ({ owner, meeting }, slowed) => cancelMeeting(slowed(owner), meeting),
      async ({ a, availability, meeting }) => {
        await cancelMeeting(a, meeting);
        await book(a, availability);
      },
    );
    expect(came).toEqual(["ALREADY_CANCELED, OK"]);
  });

  test("the other person cancels, and the availability is deleted", async () => {
    const came = await outcomes(
      booked,
      ({ owner, meeting }, slowed) => cancelMeeting(slowed(owner), meeting),
      async ({ owner, a, availability, meeting }) => {
        await cancelMeeting(a, meeting);
        await deleteAvailability(owner, availability);
      },
    );
    expect(came).toEqual(["ALREADY_CANCELED, OK"]);
  });

  test.each([1, 3])("the owner edits an availability for %d", async (maxParticipants) => {
    const came = await outcomes(
      () => booked(maxParticipants),
      ({ a, meeting }, slowed) => cancelMeeting(slowed(a), meeting),
      ({ owner, availability }) => edit(owner, availability, { maxParticipants, location: "Dojo 2" }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test.each([1, 3])(
    "the owner opens a full availability for %d to other cohorts",
    async (maxParticipants) => {
      const came = await outcomes(
        () => booked(maxParticipants, maxParticipants - 1),
        ({ a, meeting }, slowed) => cancelMeeting(slowed(a), meeting),
        ({ owner, availability }) =>
          edit(owner, availability, { maxParticipants, cohorts: ["Yellow", "Black"] }),
      );
      expect(came).toEqual(["OK, OK"]);
    },
  );

  test.each([
    ["joins the group", 2, 0],
    ["takes the last seat", 3, 1],
  ])("another member %s", async (_, maxParticipants, taken) => {
    const came = await outcomes(
      () => booked(maxParticipants, taken),
      ({ a, meeting }, slowed) => cancelMeeting(slowed(a), meeting),
      ({ b, availability }) => book(b, availability),
    );
    expect(came).toEqual(["OK, OK"]);
  });
});
