/** Availabilities that take several bookings, each at a separate time. */
import { describe, expect, test } from "vitest";
import {
  getAvailability,
  listAvailabilities,
  searchAvailabilities,
  setAvailability,
} from "../availabilities/index.ts";
import { SetAvailabilityInput } from "../availabilities/schema.ts";
import { hour, minute, shift } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import {
  after,
  book,
  checkInvariants,
  newMembers,
  outcomeOf,
  postAvailability,
  tally,
} from "../testing/index.ts";
import { cancelMeeting } from "./index.ts";

const threeHours = { durationMinutes: 60, bookings: "several" as const };

async function setUp(members = 3) {
  const [owner, ...others] = await newMembers(members + 1);
  if (!owner) throw new Error("No owner");
  const startTime = after(owner, 48 * hour);
  const availability = await postAvailability(owner, {
    startTime,
    endTime: shift(startTime, 3 * hour),
    ...threeHours,
  });
  const at = (minutes: number) => shift(startTime, minutes * minute);
  return { owner, others, availability, at, everyone: [owner, ...others] };
}

describe("an availability for several bookings", () => {
  test("gives each participant a separate time, and stays open until no start is left", async () => {
    const { owner, others, availability, at, everyone } = await setUp(4);
    const [a, b, c, d] = others as [typeof owner, typeof owner, typeof owner, typeof owner];
    await book(a, availability, { startTime: at(0) });
    expect(await outcomeOf(book(b, availability, { startTime: at(59) }))).toBe("ALREADY_BOOKED");
    await book(b, availability, { startTime: at(75) });
    expect((await getAvailability(c, availability)).taken).toEqual([
      { startTime: at(0), endTime: at(60) },
      { startTime: at(75), endTime: at(135) },
    ]);
    expect(await outcomeOf(book(a, availability, { startTime: at(120) }))).toBe("ALREADY_BOOKED");
    // Only 45 minutes are left from 2:15 on, and 15 minutes from 1:00 on: too short for an hour.
    expect(await getAvailability(owner, availability)).toMatchObject({ status: "BOOKED" });
    expect(await outcomeOf(book(d, availability, { startTime: at(120) }))).toBe("ALREADY_BOOKED");
    await checkInvariants(everyone);
  });

  test("is found while a start is left, and again once one is freed", async () => {
    const { others, availability, at, everyone } = await setUp(4);
    const [a, b, c, d] = others as [
      (typeof others)[0],
      (typeof others)[0],
      (typeof others)[0],
      (typeof others)[0],
    ];
    if (!a || !b || !c || !d) throw new Error("Too few");
    const isFound = async () => {
      const { items } = await searchAvailabilities(d, { from: at(0), to: at(180), limit: 100 });
      return items.some(({ id }) => id === availability.id);
    };
    await book(a, availability, { startTime: at(0) });
    await book(b, availability, { startTime: at(60) });
    expect(await isFound()).toBe(true);
    const last = await book(c, availability, { startTime: at(120) });
    expect(await isFound()).toBe(false);
    await cancelMeeting(c, last);
    expect(await isFound()).toBe(true);
    expect((await book(d, availability, { startTime: at(120) })).startTime).toBe(at(120));
    await checkInvariants(everyone);
  });

  test("keeps a time closed if the owner canceled its meeting, and the rest open", async () => {
    const { owner, others, availability, at, everyone } = await setUp();
    const [a, b] = others as [typeof owner, typeof owner];
    const first = await book(a, availability, { startTime: at(0) });
    await cancelMeeting(owner, first);
    const seen = await getAvailability(b, availability);
    expect(seen).toMatchObject({ status: "SCHEDULED", taken: [{ startTime: at(0), endTime: at(60) }] });
    expect(await outcomeOf(book(b, availability, { startTime: at(30) }))).toBe("ALREADY_BOOKED");
    expect(await outcomeOf(book(b, availability, { startTime: at(60) }))).toBe("OK");
    await checkInvariants(everyone);
  });

  test("gives its three times to three of twelve members who book at once", async () => {
    const { owner, others, availability, at, everyone } = await setUp(12);
    const calls = others.map((member, index) =>
      book(member, availability, { startTime: at(60 * (index % 3)) }),
    );
    expect(await tally(calls)).toEqual({ OK: 3, ALREADY_BOOKED: 9 });
    expect((await getAvailability(owner, availability)).participants).toHaveLength(3);
    await checkInvariants(everyone);
  });

  test("shows a participant only themselves, and not who else has booked", async () => {
    const { owner, others, availability, at } = await setUp();
    const [a, b, c] = others as [typeof owner, typeof owner, typeof owner];
    await book(a, availability, { startTime: at(0) });
    await book(b, availability, { startTime: at(60) });
    const names = async (member: typeof owner) =>
      (await getAvailability(member, availability)).participants.map(({ username }) => username).sort();
    expect(await names(owner)).toEqual([a.actor.username, b.actor.username].sort());
    expect(await names(a)).toEqual([a.actor.username]);
    expect(await names(c)).toEqual([]);
  });

  test("keeps its form once a seat is booked, and can be lengthened", async () => {
    const { owner, others, availability, at, everyone } = await setUp();
    const [a, b] = others as [typeof owner, typeof owner];
    const meeting = await book(a, availability, { startTime: at(0) });
    const edit = (given: object) =>
      setAvailability(
        owner,
        SetAvailabilityInput.parse({
          id: availability.id,
          startTime: availability.startTime,
          endTime: availability.endTime,
          types: availability.types,
          cohorts: availability.cohorts,
          ...given,
        }),
      );
    expect(await outcomeOf(edit({ bookings: "one" }))).toBe("HAS_BOOKINGS");
    expect(await outcomeOf(edit({ maxParticipants: 2 }))).toBe("HAS_BOOKINGS");
    const longer = await edit({ endTime: at(240), link: "https://meet.example/here" });
    expect(longer).toMatchObject({ bookings: "several", taken: [{ startTime: at(0) }] });
    expect((await getMeeting(a, meeting)).link).toBe("https://meet.example/here");
    expect(await outcomeOf(book(b, availability, { startTime: at(180) }))).toBe("OK");
    await checkInvariants(everyone);
  });

  test("is one to one only", () => {
    const { error } = SetAvailabilityInput.safeParse({
      startTime: "2027-01-01T10:00:00Z",
      endTime: "2027-01-01T12:00:00Z",
      types: ["sparring"],
      cohorts: ["White"],
      maxParticipants: 2,
      bookings: "several",
    });
    expect(error?.issues.map(({ path }) => path)).toEqual([["bookings"]]);
  });

  test("lets its owner book elsewhere only outside its meetings, and offers no start then", async () => {
    const { owner, others, availability, at, everyone } = await setUp();
    const [a, b] = others as [typeof owner, typeof owner];
    await book(a, availability, { startTime: at(0) });
    const elsewhere = await postAvailability(b, { startTime: at(30), endTime: at(90) });
    expect(await outcomeOf(book(owner, elsewhere))).toBe("OVERLAPS_MEETING");
    const later = await postAvailability(b, { startTime: at(90), endTime: at(150) });
    await book(owner, later);
    const seen = await getAvailability(others[2] ?? b, availability);
    expect(seen.ownerBusy).toEqual([{ startTime: at(90), endTime: at(150) }]);
    // An hour does not fit before or after it.
    const { items } = await searchAvailabilities(others[2] ?? b, { from: at(0), to: at(180), limit: 100 });
    expect(items.map(({ id }) => id)).not.toContain(availability.id);
    expect((await listAvailabilities(owner, { limit: 25 })).items[0]?.ownerBusy).toBeUndefined();
    await checkInvariants(everyone);
  });
});
