import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deleteAvailability, getAvailability, setAvailability } from "../availabilities/index.ts";
import type { Availability } from "../availabilities/schema.ts";
import { community } from "../community/index.ts";
import type { MemberContext } from "../context/context.ts";
import { day, hour, minute, shift } from "../instant.ts";
import { listMeetings } from "../meetings/index.ts";
import type { Meeting } from "../meetings/schema.ts";
import {
  after,
  availabilityInput,
  book,
  checkInvariants,
  newMembers,
  outcomeOf,
  postAvailability,
  tally,
} from "../testing/index.ts";
import { cancelMeeting } from "./index.ts";

/** Runs rounds at different hours, so that members can take part in all of them. */
async function rounds(count: number, round: (startTime: (of: MemberContext) => string) => Promise<void>) {
  for (let at = 0; at < count; at++) await round((of) => after(of, day + at * 3 * hour));
}

test("twenty members book one seat: one succeeds", async () => {
  const [owner] = await newMembers(1);
  const members = await newMembers(20);
  await rounds(10, async (at) => {
    const availability = await postAvailability(owner, { startTime: at(owner) });
    expect(await tally(members.map((member) => book(member, availability)))).toEqual({
      OK: 1,
      ALREADY_BOOKED: 19,
    });
    expect(await getAvailability(owner, availability)).toMatchObject({ status: "BOOKED" });
  });
  await checkInvariants([owner, ...members]);
});

test("thirty join a group of seven: seven succeed", async () => {
  const [owner] = await newMembers(1);
  const members = await newMembers(30);
  await rounds(10, async (at) => {
    const availability = await postAvailability(owner, { startTime: at(owner), maxParticipants: 7 });
    expect(await tally(members.map((member) => book(member, availability)))).toEqual({
      OK: 7,
      ALREADY_BOOKED: 23,
    });
    expect((await getAvailability(owner, availability)).participants).toHaveLength(7);
  });
  await checkInvariants([owner, ...members]);
});

test("a hundred join a group of a hundred: all succeed", async () => {
  const [owner] = await newMembers(1);
  const members = await newMembers(100);
  const availability = await postAvailability(owner, { maxParticipants: 100 });
  // Twenty at once, as on a busy evening.
  for (let at = 0; at < 100; at += 20) {
    expect(await tally(members.slice(at, at + 20).map((member) => book(member, availability)))).toEqual({
      OK: 20,
    });
  }
  expect(await getAvailability(owner, availability)).toMatchObject({ status: "BOOKED" });
  // Now the place changes, for more meetings than fit into one transaction with the availability.
  await setAvailability(owner, {
    ...availabilityInput({ maxParticipants: 100, location: "Dojo 2" }),
    id: availability.id,
  });
  await checkInvariants([owner, ...members]);
  // One leaves, and the free seat is for all cohorts: the transaction also writes an opening for each.
  const leaver = members[0] ?? owner;
  const { items } = await listMeetings(leaver, { limit: 1 });
  await cancelMeeting(leaver, { id: items[0]?.id ?? "" });
  await setAvailability(owner, {
    ...availabilityInput({ maxParticipants: 100, location: "Dojo 3", cohorts: [...community.cohorts] }),
    id: availability.id,
  });
  await checkInvariants([owner, ...members]);
});

test("one member books overlapping availabilities of two owners: one succeeds", async () => {
  const [member, one, two] = await newMembers(3);
  await rounds(20, async (at) => {
    const availabilities = await Promise.all([
      postAvailability(one, { startTime: at(one) }),
      postAvailability(two, { startTime: shift(at(two), 30 * minute) }),
    ]);
    expect(await tally(availabilities.map((availability) => book(member, availability)))).toEqual({
      OK: 1,
      OVERLAPS_MEETING: 1,
    });
  });
  await checkInvariants([member, one, two]);
});

test("two members book overlapping availabilities of one owner: one succeeds", async () => {
  const [owner, a, b] = await newMembers(3);
  await rounds(20, async (at) => {
    const [first, second] = await Promise.all([
      postAvailability(owner, { startTime: at(owner) }),
      postAvailability(owner, { startTime: shift(at(owner), 30 * minute), maxParticipants: 2 }),
    ]);
    expect(await tally([book(a, first), book(b, second)])).toEqual({ OK: 1, OWNER_BUSY: 1 });
  });
  await checkInvariants([owner, a, b]);
});

test("two members book each other's overlapping availabilities: one succeeds", async () => {
  const [a, b] = await newMembers(2);
  await rounds(20, async (at) => {
    const [ofA, ofB] = await Promise.all([
      postAvailability(a, { startTime: at(a) }),
      postAvailability(b, { startTime: shift(at(b), 30 * minute) }),
    ]);
    const outcomes = await Promise.all([outcomeOf(book(a, ofB)), outcomeOf(book(b, ofA))]);
    expect(outcomes.toSorted()).toEqual(["OK", expect.stringMatching(/^(OVERLAPS_MEETING|OWNER_BUSY)$/)]);
  });
  await checkInvariants([a, b]);
});

test("six members with availabilities at the same time book all others: three pairs result", async () => {
  const members = await newMembers(6);
  await rounds(5, async (at) => {
    const availabilities = await Promise.all(
      members.map((member) => postAvailability(member, { startTime: at(member) })),
    );
    const outcomes = await tally(
      members.flatMap((member) =>
        availabilities
          .filter(({ owner }) => owner !== member.actor.username)
          .map((availability) => book(member, availability)),
      ),
    );
    // A refused member has another meeting, or the host has, so nobody is left without one.
    expect(outcomes["OK"]).toBe(3);
  });
  await checkInvariants(members);
});

test("twelve members book twelve availabilities of one owner that do not overlap: all succeed", async () => {
  const [owner] = await newMembers(1);
  const members = await newMembers(12);
  const availabilities = await Promise.all(
    members.map((_, index) => postAvailability(owner, { startTime: after(owner, day + index * hour) })),
  );
  // They compete for the owner's calendar, although none excludes another.
  const calls = members.map((member, index) => book(member, availabilities[index] ?? { owner: "", id: "" }));
  expect(await tally(calls)).toEqual({ OK: 12 });
  await checkInvariants([owner, ...members]);
});

test("the same booking sent many times at once makes one meeting", async () => {
  const [owner, member, other] = await newMembers(3);
  await rounds(15, async (at) => {
    for (const maxParticipants of [1, 3]) {
      const startTime = shift(at(owner), maxParticipants === 1 ? 0 : hour);
      const availability = await postAvailability(owner, { startTime, maxParticipants });
      if (maxParticipants > 1) await book(other, availability);
      const meetings = await Promise.all(Array.from({ length: 5 }, () => book(member, availability)));
      for (const meeting of meetings) expect(meeting).toEqual(meetings[0]);
    }
  });
  await checkInvariants([owner, member, other]);
});

test("both people cancel at once: one succeeds", async () => {
  const [owner, member] = await newMembers(2);
  await rounds(20, async (at) => {
    const availability = await postAvailability(owner, { startTime: at(owner) });
    const meeting = await book(member, availability);
    const calls = [cancelMeeting(owner, meeting), cancelMeeting(member, meeting)];
    expect(await tally(calls)).toEqual({ OK: 1, ALREADY_CANCELED: 1 });
  });
  await checkInvariants([owner, member]);
});

test("an availability is deleted while it is booked: one succeeds, and no meeting is left without an availability", async () => {
  const [owner, member] = await newMembers(2);
  await rounds(25, async (at) => {
    const availability = await postAvailability(owner, { startTime: at(owner) });
    const [booked, deleted] = await Promise.all([
      outcomeOf(book(member, availability)),
      outcomeOf(deleteAvailability(owner, availability)),
    ]);
    expect(["OK, HAS_BOOKINGS", "ALREADY_BOOKED, OK", "NOT_FOUND, OK"]).toContain(`${booked}, ${deleted}`);
  });
  await checkInvariants([owner, member]);
});

test("an availability is moved while it is booked: one succeeds", async () => {
  const [owner, member] = await newMembers(2);
  await rounds(25, async (at) => {
    const availability = await postAvailability(owner, { startTime: at(owner) });
    const moved = availabilityInput({ id: availability.id, startTime: shift(availability.startTime, hour) });
    const [booked, edited] = await Promise.all([
      outcomeOf(book(member, availability, { startTime: availability.startTime })),
      outcomeOf(setAvailability(owner, moved)),
    ]);
    expect(["OK, HAS_BOOKINGS", "OUTSIDE_WINDOW, OK"]).toContain(`${booked}, ${edited}`);
  });
  await checkInvariants([owner, member]);
});

describe("many actions at once", () => {
  const action = fc.record({
    member: fc.nat(5),
    availability: fc.nat(7),
    verb: fc.constantFrom("book", "book", "book", "cancel", "cancel", "edit", "delete"),
    start: fc.nat(4),
  });

  /** Performs an action as far as it is possible: only the invariants afterward count. */
  async function act(
    members: readonly MemberContext[],
    availabilities: readonly Availability[],
    {
      member,
      availability,
      verb,
      start,
    }: { member: number; availability: number; verb: string; start: number },
  ): Promise<string> {
    const [ctx, at] = [members[member], availabilities[availability]];
    const owner = members.find(({ actor }) => actor.username === at?.owner);
    if (!ctx || !at || !owner) throw new Error("No such member or open time");
    switch (verb) {
      case "book": {
        const startTime = shift(at.startTime, (at.maxParticipants > 1 ? 0 : start * 15) * minute);
        return outcomeOf(book(ctx, at, { startTime }));
      }
      case "cancel": {
        const { items } = await listMeetings(ctx, { limit: 100 });
        const meeting: Meeting | undefined = items.filter((item) => item.status === "SCHEDULED")[start];
        return meeting ? outcomeOf(cancelMeeting(ctx, { id: meeting.id })) : "OK";
      }
      case "edit": {
        const given = availabilityInput({ id: at.id, startTime: at.startTime, endTime: at.endTime });
        const edited = { ...given, maxParticipants: at.maxParticipants, location: `Dojo ${start}` };
        return outcomeOf(setAvailability(owner, edited));
      }
      default:
        return outcomeOf(deleteAvailability(owner, at));
    }
  }

  test("keep all invariants", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 60, maxLength: 60 }), async (actions) => {
        const members = await newMembers(6);
        // Eight availabilities within two hours, of four owners, for one to four people: nearly all actions conflict.
        const availabilities = await Promise.all(
          Array.from({ length: 8 }, (_, index) => {
            const owner = members[index % 4] ?? members[0];
            const startTime = after(owner, day + Math.floor(index / 2) * 30 * minute);
            return postAvailability(owner, {
              startTime,
              endTime: shift(startTime, 2 * hour),
              maxParticipants: 1 + (index % 4),
            });
          }),
        );
        for (const half of [actions.slice(0, 30), actions.slice(30)]) {
          const outcomes = await Promise.all(half.map((each) => act(members, availabilities, each)));
          for (const outcome of outcomes) seen.add(outcome);
          await checkInvariants(members);
        }
      }),
      { numRuns: 8, endOnFailure: true },
    );
    // The conflicts did happen.
    for (const outcome of ["OK", "ALREADY_BOOKED", "OVERLAPS_MEETING", "OWNER_BUSY", "HAS_BOOKINGS"]) {
      expect(seen).toContain(outcome);
    }
  });
});
