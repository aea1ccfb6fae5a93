import { expect, test } from "vitest";
import { getCalendar } from "../calendar/index.ts";
import { cancelMeeting, getMeeting } from "../meetings/index.ts";
import { book, checkInvariants, newMembers, outcomeOf, postWindow } from "../testing/index.ts";
import { deleteAvailability, getAvailability } from "./index.ts";

test("a deleted window is answered once more, and gone everywhere", async () => {
  const [owner] = await newMembers(1);
  const window = await postWindow(owner);
  expect(await deleteAvailability(owner, { id: window.id })).toEqual(window);
  expect(await outcomeOf(getAvailability(owner, window))).toBe("NOT_FOUND");
  const span = { from: window.startTime, to: window.endTime };
  expect(await getCalendar(owner, span)).toEqual({
    availabilities: [],
    meetings: [],
    canceledLeftOut: 0,
  });
  expect(await outcomeOf(deleteAvailability(owner, window))).toBe("NOT_FOUND");
  await checkInvariants([owner]);
});

test("another's window is not found, and stays", async () => {
  const [owner, other] = await newMembers(2);
  const window = await postWindow(owner);
  expect(await outcomeOf(deleteAvailability(other, window))).toBe("NOT_FOUND");
  expect(await getAvailability(other, window)).toEqual(window);
});

test.each([1, 3])(
  "with a seat taken of %d it stays; once that is canceled it may go",
  async (maxParticipants) => {
    const [owner, member] = await newMembers(2);
    const window = await postWindow(owner, { maxParticipants });
    const meeting = await book(member, window);
    expect(await outcomeOf(deleteAvailability(owner, window))).toBe("HAS_BOOKINGS");
    await cancelMeeting(member, meeting);
    expect(await outcomeOf(deleteAvailability(owner, window))).toBe("OK");
    // The meeting is history, which stays.
    expect(await getMeeting(member, meeting)).toMatchObject({ status: "CANCELED" });
    await checkInvariants([owner, member]);
  },
);

test("a withdrawn window may be deleted", async () => {
  const [owner, member] = await newMembers(2);
  const window = await postWindow(owner);
  await cancelMeeting(owner, await book(member, window));
  expect(await outcomeOf(deleteAvailability(owner, window))).toBe("OK");
});
