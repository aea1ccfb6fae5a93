import { expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import { getCalendar } from "../calendar/index.ts";
import { getMeeting } from "../meetings/index.ts";
import { book, checkInvariants, newMembers, outcomeOf, postAvailability } from "../testing/index.ts";
import { deleteAvailability, getAvailability } from "./index.ts";

test("a deletion returns the availability and removes it everywhere", async () => {
  const [owner] = await newMembers(1);
  const availability = await postAvailability(owner);
  expect(await deleteAvailability(owner, { id: availability.id })).toEqual(availability);
  expect(await outcomeOf(getAvailability(owner, availability))).toBe("NOT_FOUND");
  const span = { from: availability.startTime, to: availability.endTime };
  expect(await getCalendar(owner, span)).toEqual({
    availabilities: [],
    meetings: [],
    canceledLeftOut: 0,
  });
  expect(await outcomeOf(deleteAvailability(owner, availability))).toBe("NOT_FOUND");
  await checkInvariants([owner]);
});

test("refuses to delete another member's availability as not found", async () => {
  const [owner, other] = await newMembers(2);
  const availability = await postAvailability(owner);
  expect(await outcomeOf(deleteAvailability(other, availability))).toBe("NOT_FOUND");
  expect(await getAvailability(other, availability)).toEqual(availability);
});

test.each([1, 3])(
  "refuses while one of %d seats is booked, and deletes once that booking is canceled",
  async (maxParticipants) => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner, { maxParticipants });
    const meeting = await book(member, availability);
    expect(await outcomeOf(deleteAvailability(owner, availability))).toBe("HAS_BOOKINGS");
    await cancelMeeting(member, meeting);
    expect(await outcomeOf(deleteAvailability(owner, availability))).toBe("OK");
    // The meeting stays as history.
    expect(await getMeeting(member, meeting)).toMatchObject({ status: "CANCELED" });
    await checkInvariants([owner, member]);
  },
);

test("deletes a withdrawn availability", async () => {
  const [owner, member] = await newMembers(2);
  const availability = await postAvailability(owner);
  await cancelMeeting(owner, await book(member, availability));
  expect(await outcomeOf(deleteAvailability(owner, availability))).toBe("OK");
});
