import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { getCalendar } from "../calendar/index.ts";
import { community } from "../community/community.ts";
import type { MemberContext } from "../context.ts";
import { InvalidInput } from "../errors.ts";
import { day, hour, minute, shift } from "../instant.ts";
import { cancelMeeting, getMeeting } from "../meetings/index.ts";
import {
  after,
  book,
  checkInvariants,
  later,
  newMember,
  newMembers,
  outcomeOf,
  postWindow,
  windowInput,
} from "../testing/index.ts";
import { getAvailability, listAvailabilities, setAvailability } from "./index.ts";

describe("posting", () => {
  test("stores the window, and its owner's calendar has it", async () => {
    const owner = await newMember({ displayName: "Host", cohort: "Black" });
    const startTime = after(owner, day);
    const window = await setAvailability(
      owner,
      windowInput({ startTime, endTime: shift(startTime, 3 * hour), types: ["kata", "lesson"] }),
    );
    expect(window).toEqual({
      owner: owner.actor,
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
    expect(await getAvailability(owner, window)).toEqual(window);
    const span = { from: startTime, to: window.endTime };
    expect(await getCalendar(owner, span)).toEqual({
      availabilities: [window],
      meetings: [],
      canceledLeftOut: 0,
    });
    await checkInvariants([owner]);
  });

  test("twice makes two: an owner's windows may overlap", async () => {
    const owner = await newMember();
    const [first, second] = await Promise.all([postWindow(owner), postWindow(owner)]);
    expect(first.id).not.toBe(second.id);
    expect((await listAvailabilities(owner, { limit: 25 })).items).toHaveLength(2);
  });

  test("a member without a cohort may post, too", async () => {
    const owner = await newMember({ cohort: null });
    expect(await postWindow(owner)).toMatchObject({ ownerCohort: null });
  });

  test("refusals: the past, more than a year ahead, nobody", async () => {
    const owner = await newMember();
    expect(await outcomeOf(postWindow(owner, { startTime: owner.now.toISOString() }))).toBe("IN_THE_PAST");
    await expect(postWindow(owner, { startTime: after(owner, 367 * day) })).rejects.toThrow(InvalidInput);
    expect(await outcomeOf(postWindow({ ...owner, actor: "nobody" }))).toBe("NOT_FOUND");
    expect((await listAvailabilities(owner, { limit: 25 })).items).toEqual([]);
  });
});

describe("posting by an idempotency key", () => {
  const idempotencyKey = "0f6ad9a2-9f43-4e0c-8a53-0d5f3a2b7c11";
  const ownWindows = async (owner: MemberContext) => (await listAvailabilities(owner, { limit: 25 })).items;

  test("again makes no second window, and answers the first as it is now", async () => {
    const [owner, member] = await newMembers(2);
    const window = await postWindow(owner, { idempotencyKey });
    expect(await postWindow(owner, { idempotencyKey: idempotencyKey.toUpperCase() })).toEqual(window);
    await setAvailability(owner, windowInput({ id: window.id, description: "Bring gloves" }));
    await book(member, window);
    const now = await getAvailability(owner, window);
    expect(now).toMatchObject({ description: "Bring gloves", status: "BOOKED" });
    // Also when its time has come, and nothing could be posted for it any more.
    for (const milliseconds of [0, 2 * day]) {
      const again = windowInput({ startTime: window.startTime, idempotencyKey });
      expect(await setAvailability(later(owner, milliseconds), again)).toEqual(now);
    }
    expect(await ownWindows(owner)).toEqual([now]);
    await checkInvariants([owner, member]);
  });

  test("many times at once makes one", async () => {
    const owner = await newMember();
    const posted = await Promise.all(Array.from({ length: 8 }, () => postWindow(owner, { idempotencyKey })));
    expect(await ownWindows(owner)).toEqual([posted[0]]);
    for (const window of posted) expect(window).toEqual(posted[0]);
    await checkInvariants([owner]);
  });

  test("another key, and another owner's, make another window", async () => {
    const [owner, other] = await newMembers(2);
    const windows = [
      await postWindow(owner, { idempotencyKey }),
      await postWindow(owner, { idempotencyKey: randomUUID() }),
      await postWindow(other, { idempotencyKey }),
    ];
    expect(new Set(windows.map(({ id }) => id)).size).toBe(3);
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
    for (const { id } of windows) expect(id).toMatch(uuid);
    expect(windows[2]).toMatchObject({ owner: other.actor });
  });

  test("that was refused is free to be used again", async () => {
    const owner = await newMember();
    const past = { startTime: owner.now.toISOString(), idempotencyKey };
    expect(await outcomeOf(postWindow(owner, past))).toBe("IN_THE_PAST");
    expect(await outcomeOf(postWindow(owner, { idempotencyKey }))).toBe("OK");
  });
});

describe("editing", () => {
  test("changes what is given, keeps what is left out, and moves the calendar's entry", async () => {
    const owner = await newMember();
    const window = await postWindow(owner, {
      endTime: after(owner, day + 2 * hour),
      durationMinutes: 45,
      location: "Dojo 2",
      description: "Bring gloves",
    });
    const editor = later(owner, minute);
    const edited = await setAvailability(editor, {
      id: window.id,
      startTime: after(owner, 2 * day),
      endTime: after(owner, 2 * day + 90 * minute),
      types: ["kata"],
      cohorts: ["Black"],
    });
    expect(edited).toEqual({
      ...window,
      startTime: after(owner, 2 * day),
      endTime: after(owner, 2 * day + 90 * minute),
      types: ["kata"],
      cohorts: ["Black"],
      updatedAt: editor.now.toISOString(),
    });
    expect(await getAvailability(owner, window)).toEqual(edited);
    expect((await listAvailabilities(owner, { limit: 25 })).items).toEqual([edited]);
    const former = { from: window.startTime, to: window.endTime };
    expect((await getCalendar(owner, former)).availabilities).toEqual([]);
    await checkInvariants([owner]);
  });

  test("repeating it changes nothing more", async () => {
    const owner = await newMember();
    const window = await postWindow(owner);
    const input = windowInput({ id: window.id, startTime: shift(window.startTime, hour) });
    const edited = await setAvailability(owner, input);
    expect(await setAvailability(owner, input)).toEqual(edited);
    await checkInvariants([owner]);
  });

  test("of another's window, or of none, finds nothing", async () => {
    const [owner, other] = await newMembers(2);
    const window = await postWindow(owner);
    for (const input of [windowInput({ id: window.id }), windowInput({ id: "none" })]) {
      expect(await outcomeOf(setAvailability(other, input))).toBe("NOT_FOUND");
    }
    expect(await getAvailability(owner, window)).toEqual(window);
  });

  test("into the past is refused, and so is a window that has begun unless it moves ahead", async () => {
    const owner = await newMember();
    const window = await postWindow(owner);
    const during = later(owner, day + minute);
    const same = windowInput({ id: window.id, startTime: window.startTime });
    expect(await outcomeOf(setAvailability(during, same))).toBe("IN_THE_PAST");
    const ahead = windowInput({ id: window.id, startTime: shift(window.startTime, hour) });
    expect(await outcomeOf(setAvailability(during, ahead))).toBe("OK");
  });

  test("a withdrawn window opens it again", async () => {
    const [owner, member] = await newMembers(2);
    const window = await postWindow(owner);
    await cancelMeeting(owner, await book(member, window));
    expect(await getAvailability(owner, window)).toMatchObject({ status: "CANCELED" });
    await setAvailability(owner, windowInput({ id: window.id }));
    expect(await getAvailability(owner, window)).toMatchObject({ status: "SCHEDULED", participants: [] });
    expect(await outcomeOf(book(member, window))).toBe("OK");
    await checkInvariants([owner, member]);
  });

  test("place and description reach the meetings that stand, and no canceled ones", async () => {
    const [owner, a, b, c] = await newMembers(4);
    const window = await postWindow(owner, { maxParticipants: 3, description: "Old" });
    const [first, second, third] = [await book(a, window), await book(b, window), await book(c, window)];
    await cancelMeeting(b, second);
    const editor = later(owner, minute);
    await setAvailability(
      editor,
      windowInput({ id: window.id, maxParticipants: 3, location: "Dojo 2", description: "New" }),
    );
    const told = { location: "Dojo 2", description: "New", updatedAt: editor.now.toISOString() };
    expect(await getMeeting(a, first)).toEqual({ ...first, ...told });
    expect(await getMeeting(c, third)).toEqual({ ...third, ...told });
    expect(await getMeeting(b, second)).toMatchObject({ location: window.location, description: "Old" });
    await checkInvariants([owner, a, b, c]);
  });

  describe("with seats booked", () => {
    test("one to one: the meeting keeps its time and type, and the rest may change", async () => {
      const [owner, member] = await newMembers(2);
      const startTime = after(owner, day);
      const times = { startTime, endTime: shift(startTime, 3 * hour) };
      const window = await postWindow(owner, { ...times, types: ["kata", "lesson"] });
      const choice = { startTime: shift(startTime, hour), type: "lesson" };
      const meeting = await book(member, window, choice);
      const edit = (given: Parameters<typeof windowInput>[0]) =>
        outcomeOf(
          setAvailability(owner, windowInput({ id: window.id, ...times, types: ["lesson"], ...given })),
        );

      expect(await edit({ startTime: shift(startTime, hour + 1) })).toBe("HAS_BOOKINGS");
      expect(await edit({ endTime: shift(startTime, 2 * hour - 1) })).toBe("HAS_BOOKINGS");
      expect(await edit({ types: ["kata"] })).toBe("HAS_BOOKINGS");
      expect(await edit({ maxParticipants: 2 })).toBe("HAS_BOOKINGS");
      expect(await getAvailability(owner, window)).toMatchObject({ ...times, types: ["kata", "lesson"] });

      const tight = { startTime: shift(startTime, hour), endTime: shift(startTime, 2 * hour) };
      expect(await edit({ ...tight, cohorts: ["Black"], durationMinutes: 15 })).toBe("OK");
      expect(await getAvailability(owner, window)).toMatchObject({ ...tight, status: "BOOKED" });
      expect(await getMeeting(member, meeting)).toMatchObject({ ...choice, endTime: meeting.endTime });
      await checkInvariants([owner, member]);
    });

    test("a group: times stay, and there is a place for everybody", async () => {
      const [owner, a, b, c] = await newMembers(4);
      const window = await postWindow(owner, { maxParticipants: 3 });
      await book(a, window);
      await book(b, window);
      const edit = (given: Parameters<typeof windowInput>[0]) =>
        outcomeOf(setAvailability(owner, windowInput({ id: window.id, maxParticipants: 3, ...given })));

      expect(await edit({ startTime: shift(window.startTime, 1) })).toBe("HAS_BOOKINGS");
      expect(await edit({ endTime: shift(window.endTime, 1) })).toBe("HAS_BOOKINGS");
      expect(await edit({ maxParticipants: 1 })).toBe("HAS_BOOKINGS");
      expect(await edit({ types: ["kata"] })).toBe("HAS_BOOKINGS");

      expect(await edit({ maxParticipants: 2 })).toBe("OK");
      expect(await getAvailability(owner, window)).toMatchObject({ status: "BOOKED" });
      expect(await outcomeOf(book(c, window))).toBe("ALREADY_BOOKED");
      expect(await edit({ maxParticipants: 3 })).toBe("OK");
      expect(await outcomeOf(book(c, window))).toBe("OK");
      await checkInvariants([owner, a, b, c]);
    });
  });
});
