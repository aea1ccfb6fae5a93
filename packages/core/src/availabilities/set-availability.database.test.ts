import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import { getCalendar } from "../calendar/index.ts";
import { community } from "../community/community.ts";
import { memberActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import { InvalidInput } from "../errors.ts";
import { day, hour, minute, shift } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import {
  after,
  availabilityInput,
  book,
  checkInvariants,
  later,
  newMember,
  newMembers,
  outcomeOf,
  postAvailability,
} from "../testing/index.ts";
import { getAvailability, listAvailabilities, setAvailability } from "./index.ts";

describe("posting", () => {
  test("stores the availability, and its owner's calendar has it", async () => {
    const owner = await newMember({ displayName: "Host", cohort: "Black" });
    const startTime = after(owner, day);
    const availability = await setAvailability(
      owner,
      availabilityInput({ startTime, endTime: shift(startTime, 3 * hour), types: ["kata", "lesson"] }),
    );
    expect(availability).toEqual({
      owner: owner.actor.username,
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      ownerDisplayName: "Host",
      ownerCohort: "Black",
      startTime,
      endTime: shift(startTime, 3 * hour),
      durationMinutes: 60,
      types: ["kata", "lesson"],
      cohorts: ["White"],
      maxParticipants: 1,
      bookings: "one",
      taken: [],
      participants: [],
      location: community.defaultLocation,
      description: "",
      status: "SCHEDULED",
      createdAt: owner.now.toISOString(),
      updatedAt: owner.now.toISOString(),
    });
    expect(await getAvailability(owner, availability)).toEqual(availability);
    const span = { from: startTime, to: availability.endTime };
    expect(await getCalendar(owner, span)).toEqual({
      availabilities: [availability],
      meetings: [],
      canceledLeftOut: 0,
    });
    await checkInvariants([owner]);
  });

  test("twice creates two: an owner's availabilities may overlap", async () => {
    const owner = await newMember();
    const [first, second] = await Promise.all([postAvailability(owner), postAvailability(owner)]);
    expect(first.id).not.toBe(second.id);
    expect((await listAvailabilities(owner, { limit: 25 })).items).toHaveLength(2);
  });

  test("a member without a cohort may post, too", async () => {
    const owner = await newMember({ cohort: null });
    expect(await postAvailability(owner)).toMatchObject({ ownerCohort: null });
  });

  test("refuses the past, more than a year ahead, and an unknown member", async () => {
    const owner = await newMember();
    expect(await outcomeOf(postAvailability(owner, { startTime: owner.now.toISOString() }))).toBe(
      "IN_THE_PAST",
    );
    await expect(postAvailability(owner, { startTime: after(owner, 367 * day) })).rejects.toThrow(
      InvalidInput,
    );
    expect(await outcomeOf(postAvailability({ ...owner, actor: memberActor("nobody") }))).toBe("NOT_FOUND");
    expect((await listAvailabilities(owner, { limit: 25 })).items).toEqual([]);
  });
});

describe("posting with an idempotency key", () => {
  const idempotencyKey = "0f6ad9a2-9f43-4e0c-8a53-0d5f3a2b7c11";
  const ownAvailabilities = async (owner: MemberContext) =>
    (await listAvailabilities(owner, { limit: 25 })).items;

  test("again creates no second availability, and returns the first as it is now", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner, { idempotencyKey });
    expect(await postAvailability(owner, { idempotencyKey: idempotencyKey.toUpperCase() })).toEqual(
      availability,
    );
    await setAvailability(owner, availabilityInput({ id: availability.id, description: "Bring gloves" }));
    await book(member, availability);
    const now = await getAvailability(owner, availability);
    expect(now).toMatchObject({ description: "Bring gloves", status: "BOOKED" });
    // Also after its start, when it could no longer be posted.
    for (const milliseconds of [0, 2 * day]) {
      const again = availabilityInput({ startTime: availability.startTime, idempotencyKey });
      expect(await setAvailability(later(owner, milliseconds), again)).toEqual(now);
    }
    expect(await ownAvailabilities(owner)).toEqual([now]);
    await checkInvariants([owner, member]);
  });

  test("many times at once creates one", async () => {
    const owner = await newMember();
    const posted = await Promise.all(
      Array.from({ length: 8 }, () => postAvailability(owner, { idempotencyKey })),
    );
    expect(await ownAvailabilities(owner)).toEqual([posted[0]]);
    for (const availability of posted) expect(availability).toEqual(posted[0]);
    await checkInvariants([owner]);
  });

  test("that is new, or of another owner, creates another availability", async () => {
    const [owner, other] = await newMembers(2);
    const availabilities = [
      await postAvailability(owner, { idempotencyKey }),
      await postAvailability(owner, { idempotencyKey: randomUUID() }),
      await postAvailability(other, { idempotencyKey }),
    ];
    expect(new Set(availabilities.map(({ id }) => id)).size).toBe(3);
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const { id } of availabilities) expect(id).toMatch(uuid);
    expect(availabilities[2]).toMatchObject({ owner: other.actor.username });
  });

  test("can be repeated after a refusal", async () => {
    const owner = await newMember();
    const past = { startTime: owner.now.toISOString(), idempotencyKey };
    expect(await outcomeOf(postAvailability(owner, past))).toBe("IN_THE_PAST");
    expect(await outcomeOf(postAvailability(owner, { idempotencyKey }))).toBe("OK");
  });
});

describe("editing", () => {
  test("changes what is given, keeps what is left out, and moves the calendar entry", async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner, {
      endTime: after(owner, day + 2 * hour),
      durationMinutes: 45,
      location: "Dojo 2",
      description: "Bring gloves",
    });
    const editor = later(owner, minute);
    const edited = await setAvailability(editor, {
      id: availability.id,
      startTime: after(owner, 2 * day),
      endTime: after(owner, 2 * day + 90 * minute),
      types: ["kata"],
      cohorts: ["Black"],
    });
    expect(edited).toEqual({
      ...availability,
      startTime: after(owner, 2 * day),
      endTime: after(owner, 2 * day + 90 * minute),
      types: ["kata"],
      cohorts: ["Black"],
      updatedAt: editor.now.toISOString(),
    });
    expect(await getAvailability(owner, availability)).toEqual(edited);
    expect((await listAvailabilities(owner, { limit: 25 })).items).toEqual([edited]);
    const former = { from: availability.startTime, to: availability.endTime };
    expect((await getCalendar(owner, former)).availabilities).toEqual([]);
    await checkInvariants([owner]);
  });

  test("is idempotent", async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    const input = availabilityInput({ id: availability.id, startTime: shift(availability.startTime, hour) });
    const edited = await setAvailability(owner, input);
    expect(await setAvailability(owner, input)).toEqual(edited);
    await checkInvariants([owner]);
  });

  test("another member's availability, or a missing one, is refused as not found", async () => {
    const [owner, other] = await newMembers(2);
    const availability = await postAvailability(owner);
    for (const input of [availabilityInput({ id: availability.id }), availabilityInput({ id: "none" })]) {
      expect(await outcomeOf(setAvailability(other, input))).toBe("NOT_FOUND");
    }
    expect(await getAvailability(owner, availability)).toEqual(availability);
  });

  test("refuses a start in the past; an availability that has started must move to the future", async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    const during = later(owner, day + minute);
    const same = availabilityInput({ id: availability.id, startTime: availability.startTime });
    expect(await outcomeOf(setAvailability(during, same))).toBe("IN_THE_PAST");
    const ahead = availabilityInput({ id: availability.id, startTime: shift(availability.startTime, hour) });
    expect(await outcomeOf(setAvailability(during, ahead))).toBe("OK");
  });

  test("reopens a withdrawn availability", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    await cancelMeeting(owner, await book(member, availability));
    expect(await getAvailability(owner, availability)).toMatchObject({ status: "CANCELED" });
    await setAvailability(owner, availabilityInput({ id: availability.id }));
    expect(await getAvailability(owner, availability)).toMatchObject({
      status: "SCHEDULED",
      participants: [],
    });
    expect(await outcomeOf(book(member, availability))).toBe("OK");
    await checkInvariants([owner, member]);
  });

  test("copies place and description to the scheduled meetings, but not to canceled ones", async () => {
    const [owner, a, b, c] = await newMembers(4);
    const availability = await postAvailability(owner, { maxParticipants: 3, description: "Old" });
    const [first, second, third] = [
      await book(a, availability),
      await book(b, availability),
      await book(c, availability),
    ];
    await cancelMeeting(b, second);
    const editor = later(owner, minute);
    await setAvailability(
      editor,
      availabilityInput({ id: availability.id, maxParticipants: 3, location: "Dojo 2", description: "New" }),
    );
    const told = { location: "Dojo 2", description: "New", updatedAt: editor.now.toISOString() };
    expect(await getMeeting(a, first)).toEqual({ ...first, ...told });
    expect(await getMeeting(c, third)).toEqual({ ...third, ...told });
    expect(await getMeeting(b, second)).toMatchObject({
      location: availability.location,
      description: "Old",
    });
    await checkInvariants([owner, a, b, c]);
  });

  describe("with seats booked", () => {
    test("one to one: the meeting keeps its time and type, and the rest may change", async () => {
      const [owner, member] = await newMembers(2);
      const startTime = after(owner, day);
      const times = { startTime, endTime: shift(startTime, 3 * hour) };
      const availability = await postAvailability(owner, { ...times, types: ["kata", "lesson"] });
      const choice = { startTime: shift(startTime, hour), type: "lesson" };
      const meeting = await book(member, availability, choice);
      const edit = (given: Parameters<typeof availabilityInput>[0]) =>
        outcomeOf(
          setAvailability(
            owner,
            availabilityInput({ id: availability.id, ...times, types: ["lesson"], ...given }),
          ),
        );

      expect(await edit({ startTime: shift(startTime, hour + 1) })).toBe("HAS_BOOKINGS");
      expect(await edit({ endTime: shift(startTime, 2 * hour - 1) })).toBe("HAS_BOOKINGS");
      expect(await edit({ types: ["kata"] })).toBe("HAS_BOOKINGS");
      expect(await edit({ maxParticipants: 2 })).toBe("HAS_BOOKINGS");
      expect(await getAvailability(owner, availability)).toMatchObject({
        ...times,
        types: ["kata", "lesson"],
      });

      const tight = { startTime: shift(startTime, hour), endTime: shift(startTime, 2 * hour) };
      expect(await edit({ ...tight, cohorts: ["Black"], durationMinutes: 15 })).toBe("OK");
      expect(await getAvailability(owner, availability)).toMatchObject({ ...tight, status: "BOOKED" });
      expect(await getMeeting(member, meeting)).toMatchObject({ ...choice, endTime: meeting.endTime });
      await checkInvariants([owner, member]);
    });

    test("a group: keeps its times, and a place for each participant", async () => {
      const [owner, a, b, c] = await newMembers(4);
      const availability = await postAvailability(owner, { maxParticipants: 3 });
      await book(a, availability);
      await book(b, availability);
      const edit = (given: Parameters<typeof availabilityInput>[0]) =>
        outcomeOf(
          setAvailability(owner, availabilityInput({ id: availability.id, maxParticipants: 3, ...given })),
        );

      expect(await edit({ startTime: shift(availability.startTime, 1) })).toBe("HAS_BOOKINGS");
      expect(await edit({ endTime: shift(availability.endTime, 1) })).toBe("HAS_BOOKINGS");
      expect(await edit({ maxParticipants: 1 })).toBe("HAS_BOOKINGS");
      expect(await edit({ types: ["kata"] })).toBe("HAS_BOOKINGS");

      expect(await edit({ maxParticipants: 2 })).toBe("OK");
      expect(await getAvailability(owner, availability)).toMatchObject({ status: "BOOKED" });
      expect(await outcomeOf(book(c, availability))).toBe("ALREADY_BOOKED");
      expect(await edit({ maxParticipants: 3 })).toBe("OK");
      expect(await outcomeOf(book(c, availability))).toBe("OK");
      await checkInvariants([owner, a, b, c]);
    });
  });
});
