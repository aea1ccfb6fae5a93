import { describe, expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import { Unavailable } from "../errors.ts";
import { day, hour, shift } from "../instant.ts";
import { getMeeting, listMeetings } from "../meetings/index.ts";
import {
  after,
  availabilityInput,
  book,
  checkInvariants,
  errorAnswer,
  followUpAll,
  later,
  newMembers,
  outcomeOf,
  postAvailability,
  testDatabase,
  useStreams,
  watchStreams,
  wiredDatabase,
} from "../testing/index.ts";
import {
  deleteAvailability,
  getAvailability,
  searchAvailabilities,
  setAvailability,
  withdrawAvailability,
} from "./index.ts";
import { findAvailability } from "./repository.ts";
import { finishWithdrawal } from "./withdraw-availability.ts";

useStreams();

describe("withdrawing", () => {
  test.each([0, 1, 12, 13, 30])(
    "a group with %d seats cancels all of them, and is idempotent",
    async (taken) => {
      const [owner, ...members] = await newMembers(taken + 2);
      if (!owner) throw new Error("No owner");
      const others = members.slice(1);
      const availability = await postAvailability(owner, { maxParticipants: 40 });
      await Promise.all(others.map((member) => book(member, availability)));
      const withdrawn = await withdrawAvailability(owner, {
        id: availability.id,
        reason: "The dojo is closed",
      });
      expect(withdrawn).toMatchObject({ status: "CANCELED", participants: [] });
      const { items } = await listMeetings(owner, { limit: 100 });
      expect(items).toHaveLength(taken);
      for (const meeting of items) {
        expect(meeting).toMatchObject({
          status: "CANCELED",
          canceledBy: owner.actor.username,
          cancelReason: "The dojo is closed",
        });
      }
      expect(await withdrawAvailability(owner, { id: availability.id })).toEqual(withdrawn);
      expect(await getAvailability(owner, availability)).toEqual(withdrawn);
      if (members[0]) expect(await outcomeOf(book(members[0], availability))).toBe("ALREADY_BOOKED");
      await checkInvariants([owner, ...members]);
    },
  );

  test("is only possible for the owner, and only before the availability is over", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    expect(await outcomeOf(withdrawAvailability(member, { id: availability.id }))).toBe("NOT_FOUND");
    expect(await outcomeOf(withdrawAvailability(later(owner, 3 * day), { id: availability.id }))).toBe(
      "IN_THE_PAST",
    );
    await checkInvariants([owner, member]);
  });

  test("cancels each meeting of an availability for several bookings, and no other meetings", async () => {
    const [owner, a, b, host] = await newMembers(4);
    const startTime = after(owner, 2 * day);
    const given = { startTime, endTime: shift(startTime, 3 * hour), durationMinutes: 60 };
    const availability = await postAvailability(owner, { ...given, bookings: "several" });
    await book(a, availability, { startTime });
    await book(b, availability, { startTime: shift(startTime, hour) });
    const elsewhere = await book(
      owner,
      await postAvailability(host, {
        startTime: shift(startTime, 2 * hour),
        endTime: shift(startTime, 3 * hour),
      }),
    );
    expect(await withdrawAvailability(owner, { id: availability.id })).toMatchObject({
      status: "CANCELED",
      taken: [],
    });
    expect(await getMeeting(owner, elsewhere)).toEqual(elsewhere);
    await checkInvariants([owner, a, b, host]);
  });

  test("that stops halfway has closed the availability, and continues when repeated", async () => {
    const [owner, ...members] = await newMembers(31);
    if (!owner) throw new Error("No owner");
    const availability = await postAvailability(owner, { maxParticipants: 40 });
    await Promise.all(members.slice(1).map((member) => book(member, availability)));
    let sent = 0;
    const database = wiredDatabase(async (operation, send) => {
      if (operation === "TransactWriteItems" && sent++ >= 1) return errorAnswer("ThrottlingException");
      return send();
    });
    await expect(withdrawAvailability({ ...owner, database }, { id: availability.id })).rejects.toThrow(
      Unavailable,
    );
    const half = await getAvailability(owner, availability);
    expect(half).toMatchObject({ status: "CANCELED" });
    expect(half.participants).toHaveLength(17);
    expect(await outcomeOf(book(members[0] ?? owner, availability))).toBe("ALREADY_BOOKED");
    const left = members.find(({ actor }) => actor.username === half.participants[0]?.username) ?? owner;
    const { items } = await listMeetings(left, { limit: 1 });
    if (items[0]) await cancelMeeting(left, items[0]);
    expect(await withdrawAvailability(owner, { id: availability.id })).toMatchObject({ participants: [] });
    await checkInvariants([owner, ...members]);
  });

  test("that stopped halfway and is not repeated is finished by the follow-up of its record", async () => {
    const [owner, ...members] = await newMembers(26);
    if (!owner) throw new Error("No owner");
    const streams = await watchStreams();
    const availability = await postAvailability(owner, { maxParticipants: 40 });
    await Promise.all(members.map((member) => book(member, availability)));
    let sent = 0;
    const database = wiredDatabase(async (operation, send) =>
      operation === "TransactWriteItems" && sent++ >= 1 ? errorAnswer("ThrottlingException") : send(),
    );
    const withdrawal = withdrawAvailability(
      { ...owner, database },
      { id: availability.id, reason: "Closed" },
    );
    await expect(withdrawal).rejects.toThrow(Unavailable);
    await followUpAll(await streams.read([owner, ...members]), owner.now);
    expect(await getAvailability(owner, availability)).toMatchObject({
      status: "CANCELED",
      participants: [],
    });
    const { items } = await listMeetings(owner, { limit: 100 });
    expect(new Set(items.map(({ cancelReason }) => cancelReason))).toEqual(new Set(["Closed"]));
    expect(items).toHaveLength(25);
    await checkInvariants([owner, ...members]);
  });

  test("that stopped halfway is finished before an edit opens the availability again", async () => {
    const [owner, ...members] = await newMembers(15);
    if (!owner) throw new Error("No owner");
    const availability = await postAvailability(owner, { maxParticipants: 20 });
    await Promise.all(members.map((member) => book(member, availability)));
    let sent = 0;
    const database = wiredDatabase(async (operation, send) =>
      operation === "TransactWriteItems" && sent++ >= 1 ? errorAnswer("ThrottlingException") : send(),
    );
    await withdrawAvailability({ ...owner, database }, { id: availability.id, reason: "Closed" }).catch(
      () => {},
    );
    const opened = await setAvailability(
      owner,
      availabilityInput({ id: availability.id, maxParticipants: 20 }),
    );
    expect(opened).toMatchObject({ status: "SCHEDULED", participants: [] });
    const { items } = await listMeetings(owner, { limit: 100 });
    expect(new Set(items.map(({ cancelReason }) => cancelReason))).toEqual(new Set(["Closed"]));
    await checkInvariants([owner, ...members]);
  });

  test("that was interrupted is not repeated by its follow-up once the owner has reopened the availability", async () => {
    const [owner, ...members] = await newMembers(15);
    if (!owner) throw new Error("No owner");
    const availability = await postAvailability(owner, { maxParticipants: 20 });
    await Promise.all(members.map((member) => book(member, availability)));
    let sent = 0;
    const dying = wiredDatabase(async (operation, send) =>
      operation === "TransactWriteItems" && sent++ >= 1 ? errorAnswer("ThrottlingException") : send(),
    );
    await withdrawAvailability({ ...owner, database: dying }, { id: availability.id }).catch(() => {});
    const half = await findAvailability(testDatabase(), availability);
    if (!half) throw new Error("No open time");
    let isOpened = false;
    const late = wiredDatabase(async (operation, send) => {
      if (operation === "TransactWriteItems" && !isOpened) {
        isOpened = true;
        await setAvailability(owner, availabilityInput({ id: availability.id, maxParticipants: 20 }));
        await book(members[0] ?? owner, availability);
      }
      return send();
    });
    await finishWithdrawal({ ...owner, database: late }, half);
    expect(isOpened).toBe(true);
    expect(await getAvailability(owner, availability)).toMatchObject({
      status: "SCHEDULED",
      participants: [{ username: members[0]?.actor.username }],
    });
    await checkInvariants([owner, ...members]);
  });

  test("of an availability that is deleted meanwhile returns it without participants", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const meeting = await book(member, availability);
    let isDeleted = false;
    const database = wiredDatabase(async (operation, send) => {
      if (operation === "TransactWriteItems" && !isDeleted) {
        isDeleted = true;
        await cancelMeeting(member, meeting);
        await deleteAvailability(owner, { id: availability.id });
      }
      return send();
    });
    const withdrawn = await withdrawAvailability({ ...owner, database }, { id: availability.id });
    expect(withdrawn).toMatchObject({ status: "CANCELED", participants: [], taken: [] });
    await checkInvariants([owner, member]);
  });

  test("at the same time as bookings leaves no meeting behind", async () => {
    const [owner, ...members] = await newMembers(20);
    if (!owner) throw new Error("No owner");
    const availability = await postAvailability(owner, { maxParticipants: 30 });
    await Promise.all(members.slice(0, 8).map((member) => book(member, availability)));
    await Promise.all([
      withdrawAvailability(owner, { id: availability.id }),
      ...members.slice(8).map((member) => outcomeOf(book(member, availability))),
    ]);
    expect(await getAvailability(owner, availability)).toMatchObject({
      status: "CANCELED",
      participants: [],
    });
    const { items } = await listMeetings(owner, { limit: 100 });
    expect(items.filter(({ status }) => status === "SCHEDULED")).toEqual([]);
    const found = await searchAvailabilities(members[0] ?? owner, {
      from: availability.startTime,
      to: availability.endTime,
      limit: 100,
    });
    expect(found.items.map(({ id }) => id)).not.toContain(availability.id);
    await checkInvariants([owner, ...members]);
  });
});
