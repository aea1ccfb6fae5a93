import { describe, expect, test } from "vitest";
import { deleteAvailability, setAvailability } from "../availabilities/index.ts";
import { cancelMeeting } from "../booking/index.ts";
import { day, hour, minute, shift } from "../instant.ts";
import { after, availabilityInput, book, newMembers, postAvailability } from "../testing/index.ts";
import { getCalendar } from "./index.ts";
import { GetCalendarInput } from "./schema.ts";

test("a calendar has the member's own availabilities and meetings, also canceled ones, and nothing of others", async () => {
  const [me, other] = await newMembers(2);
  const at = (days: number) => ({ startTime: after(me, days * day) });
  const [open, taken, withdrawn] = [
    await postAvailability(me, at(2)),
    await postAvailability(me, at(1)),
    await postAvailability(me, at(3)),
  ];
  const theirs = await postAvailability(other, at(4));
  const asOwner = await book(other, taken);
  const canceled = await cancelMeeting(me, await book(other, withdrawn));
  const asParticipant = await book(me, theirs);
  await deleteAvailability(me, await postAvailability(me, at(5)));

  const calendar = await getCalendar(me, { from: after(me, 0), to: after(me, 7 * day) });
  expect(calendar.availabilities.map(({ id, status }) => [id, status])).toEqual([
    [taken.id, "BOOKED"],
    [open.id, "SCHEDULED"],
    [withdrawn.id, "CANCELED"],
  ]);
  expect(calendar.meetings).toEqual([asOwner, canceled, asParticipant]);
});

test("a calendar has everything that overlaps the span, to the millisecond", async () => {
  const [me, other] = await newMembers(2);
  const availability = await postAvailability(me);
  const meeting = await book(other, availability);
  const { startTime, endTime } = availability;
  const shows = async (from: string, to: string) => {
    const { availabilities, meetings } = await getCalendar(me, { from, to });
    expect(availabilities.map(({ id }) => id)).toEqual(meetings.length ? [availability.id] : []);
    return meetings.map(({ id }) => id).includes(meeting.id);
  };
  expect(await shows(shift(startTime, -day), startTime)).toBe(false);
  expect(await shows(shift(startTime, -day), shift(startTime, 1))).toBe(true);
  expect(await shows(shift(startTime, minute), shift(startTime, 2 * minute))).toBe(true);
  expect(await shows(shift(endTime, -1), shift(endTime, 1))).toBe(true);
  expect(await shows(endTime, shift(endTime, day))).toBe(false);
});

test("a calendar has a 24-hour availability that began before the span", async () => {
  const [me, other] = await newMembers(2);
  const startTime = after(me, day);
  const availability = await postAvailability(me, {
    startTime,
    endTime: shift(startTime, day),
    maxParticipants: 2,
  });
  const meeting = await book(other, availability);
  const last = { from: shift(startTime, day - 1), to: shift(startTime, 3 * day) };
  expect(await getCalendar(me, last)).toMatchObject({
    availabilities: [{ id: availability.id }],
    meetings: [{ id: meeting.id }],
  });
});

test("an edited availability shows at its new time only", async () => {
  const [me] = await newMembers(1);
  const availability = await postAvailability(me);
  const moved = shift(availability.startTime, 3 * day);
  await setAvailability(me, availabilityInput({ id: availability.id, startTime: moved }));
  const shown = async (from: string) =>
    (await getCalendar(me, { from, to: shift(from, hour) })).availabilities.map(({ startTime }) => startTime);
  expect(await shown(availability.startTime)).toEqual([]);
  expect(await shown(moved)).toEqual([moved]);
});

test("a calendar has a busy year that needs more than one batch of reads", async () => {
  const [me] = await newMembers(1);
  const startTimes = Array.from({ length: 130 }, (_, index) => after(me, day + index * hour));
  for (let at = 0; at < startTimes.length; at += 26) {
    await Promise.all(startTimes.slice(at, at + 26).map((startTime) => postAvailability(me, { startTime })));
  }
  const { availabilities } = await getCalendar(me, { from: after(me, 0), to: after(me, 365 * day) });
  expect(availabilities.map(({ startTime }) => startTime)).toEqual(startTimes);
});

describe("the span of a calendar", () => {
  const from = "2027-03-20T09:00:00.000Z";
  test.each([
    [shift(from, 1), true],
    ["2028-03-20T09:00:00.000Z", true],
    ["2028-03-20T09:00:00.001Z", false],
    [from, false],
    [shift(from, -1), false],
  ])("may end at %s: %s", (to, allowed) => {
    expect(GetCalendarInput.safeParse({ from, to }).success).toBe(allowed);
  });

  test("needs both ends, and works in the years 0 and 9999", async () => {
    for (const input of [{}, { from }, { to: from }]) {
      expect(GetCalendarInput.safeParse(input).success).toBe(false);
    }
    const [me] = await newMembers(1);
    for (const span of [
      { from: "0000-01-01T00:00:00Z", to: "0000-12-31T00:00:00Z" },
      { from: "9999-01-01T00:00:00Z", to: "9999-12-31T23:59:59.999Z" },
    ]) {
      expect(await getCalendar(me, GetCalendarInput.parse(span))).toEqual({
        availabilities: [],
        meetings: [],
        canceledLeftOut: 0,
      });
    }
  });
});
