import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import type { Cohort } from "../community/ids.ts";
import { memberActor } from "../context/actor.ts";
import { InvalidInput } from "../errors.ts";
import { byStart, day, hour, minute, overlaps, shift } from "../instant.ts";
import { refreshCopies } from "../profile/refresh-copies.ts";
import {
  after,
  allPages,
  book,
  checkInvariants,
  later,
  newMember,
  newMembers,
  outcomeOf,
  postAvailability,
  testDatabase,
} from "../testing/index.ts";
import { alone, found, search } from "../testing/search.ts";
import { setUser } from "../users/index.ts";
import { deleteAvailability, setAvailability } from "./index.ts";

describe("a search", () => {
  test("finds an availability as it is", async () => {
    const { owner, member } = await alone();
    const availability = await postAvailability(owner);
    expect(await search(member)).toEqual({ items: [availability] });
  });

  test("leaves out the member's own", async () => {
    const { owner } = await alone();
    await postAvailability(owner);
    expect(await found(owner)).toEqual([]);
  });

  test("leaves out availabilities for other cohorts, and finds nothing for a member without a cohort", async () => {
    const { now, owner, member } = await alone();
    const [yellow, none] = await Promise.all([
      newMember({ now, cohort: "Yellow" }),
      newMember({ now, cohort: null }),
    ]);
    const both = await postAvailability(owner, { cohorts: ["White", "Yellow"] });
    const white = await postAvailability(owner, { startTime: after(owner, 2 * day) });
    expect(await found(member)).toEqual([both.id, white.id]);
    expect(await found(yellow)).toEqual([both.id]);
    expect(await found(none)).toEqual([]);
  });

  test("leaves out a full availability until a seat is free again", async () => {
    const { now, owner, member } = await alone();
    const [other] = await newMembers(1, { now });
    const availability = await postAvailability(owner);
    const meeting = await book(other, availability);
    expect(await found(member)).toEqual([]);
    await cancelMeeting(other, meeting);
    expect(await found(member)).toEqual([availability.id]);
    expect(await found(other)).toEqual([availability.id]);
  });

  test("leaves out a group in which the member has a seat, even if others may join", async () => {
    const { now, owner, member } = await alone();
    const [other, third] = await newMembers(2, { now });
    const availability = await postAvailability(owner, { maxParticipants: 2 });
    const meeting = await book(other, availability);
    expect(await found(other)).toEqual([]);
    expect(await found(member)).toEqual([availability.id]);
    await book(third, availability);
    expect(await found(member)).toEqual([]);
    await cancelMeeting(owner, meeting);
    expect(await found(member)).toEqual([availability.id]);
  });

  test("leaves out withdrawn and deleted availabilities, and finds reopened ones", async () => {
    const { owner, member } = await alone();
    const availability = await postAvailability(owner);
    const other = await postAvailability(owner, { startTime: after(owner, 2 * day) });
    await cancelMeeting(owner, await book(member, availability));
    await deleteAvailability(owner, other);
    expect(await found(member)).toEqual([]);
    const { startTime, endTime } = availability;
    await setAvailability(owner, {
      id: availability.id,
      startTime,
      endTime,
      types: ["kata"],
      cohorts: ["White"],
    });
    expect(await found(member)).toEqual([availability.id]);
  });

  test("finds an availability until its last start, and a group until its start", async () => {
    const { owner, member } = await alone();
    const times = { startTime: after(owner, day), endTime: after(owner, day + 3 * hour) };
    const single = await postAvailability(owner, { ...times, durationMinutes: 60 });
    const group = await postAvailability(owner, { ...times, maxParticipants: 2 });
    const at = async (milliseconds: number) => new Set(await found(later(member, day + milliseconds)));
    expect(await at(0)).toEqual(new Set([single.id, group.id]));
    expect(await at(1)).toEqual(new Set([single.id]));
    expect(await at(2 * hour)).toEqual(new Set([single.id]));
    expect(await at(2 * hour + 1)).toEqual(new Set());
  });

  test("finds only what can be booked", async () => {
    const { now, owner, member } = await alone();
    const [other] = await newMembers(1, { now });
    await postAvailability(owner, { maxParticipants: 2 });
    await book(
      other,
      await postAvailability(owner, { startTime: after(owner, 2 * day), maxParticipants: 3 }),
    );
    const { items } = await search(member);
    expect(items).toHaveLength(2);
    for (const availability of items) {
      expect(await outcomeOf(book(member, availability))).toBe("OK");
    }
    expect(await found(member)).toEqual([]);
  });
});

describe("filters", () => {
  test("types: availabilities that offer any of them", async () => {
    const { owner, member } = await alone();
    const kata = await postAvailability(owner, { types: ["kata"] });
    const both = await postAvailability(owner, {
      types: ["kata", "lesson"],
      startTime: after(owner, 2 * day),
    });
    const review = await postAvailability(owner, { types: ["review"], startTime: after(owner, 3 * day) });
    expect(await found(member)).toEqual([kata.id, both.id, review.id]);
    expect(await found(member, { types: ["kata"] })).toEqual([kata.id, both.id]);
    expect(await found(member, { types: ["lesson"] })).toEqual([both.id]);
    expect(await found(member, { types: ["review", "lesson"] })).toEqual([both.id, review.id]);
    expect(await found(member, { types: ["sparring"] })).toEqual([]);
  });

  test("the owner's cohort, also after the owner changes it", async () => {
    const { now, owner, member } = await alone();
    const [green, none] = await Promise.all([
      newMember({ now, cohort: "Green" }),
      newMember({ now, cohort: null }),
    ]);
    const availabilities = [];
    for (const [at, host] of [owner, green, none].entries()) {
      availabilities.push(await postAvailability(host, { startTime: after(host, (at + 1) * day) }));
    }
    const [ofWhite, ofGreen, ofNone] = availabilities.map(({ id }) => id);
    const of = (...ownerCohorts: Cohort[]) => found(member, { ownerCohorts });
    expect(await found(member)).toEqual([ofWhite, ofGreen, ofNone]);
    expect(await of("Green")).toEqual([ofGreen]);
    expect(await of("Green", "White")).toEqual([ofWhite, ofGreen]);
    expect(await of("Black")).toEqual([]);
    await setUser(green, { cohort: "Black" });
    await setUser(none, { cohort: "Green" });
    for (const { actor } of [green, none])
      await refreshCopies({ now, database: testDatabase() }, actor.username);
    expect(await of("Green")).toEqual([ofNone]);
    expect(await of("Black")).toEqual([ofGreen]);
    await checkInvariants([owner, green, none, member]);
  });

  test("the span: everything that overlaps it, to the millisecond", async () => {
    const { owner, member } = await alone();
    const availability = await postAvailability(owner, {
      startTime: after(owner, 2 * day),
      endTime: after(owner, 2 * day + hour),
    });
    const { startTime, endTime } = availability;
    const within = async (from: string, to: string) => (await found(member, { from, to })).length === 1;
    expect(await within(shift(startTime, -day), startTime)).toBe(false);
    expect(await within(shift(startTime, -day), shift(startTime, 1))).toBe(true);
    expect(await within(shift(startTime, 10 * minute), shift(startTime, 11 * minute))).toBe(true);
    expect(await within(shift(endTime, -1), shift(endTime, day))).toBe(true);
    expect(await within(endTime, shift(endTime, day))).toBe(false);
  });

  test("the span: availabilities of a whole day that began before it", async () => {
    const { owner, member } = await alone();
    const availability = await postAvailability(owner, {
      startTime: after(owner, 2 * day),
      endTime: after(owner, 3 * day),
      durationMinutes: 60,
    });
    const last = shift(availability.endTime, -1);
    expect(await found(member, { from: last, to: shift(last, day) })).toEqual([availability.id]);
    expect(await found(member, { from: availability.endTime, to: shift(last, day) })).toEqual([]);
  });

  test("a start in the past counts as now; a span in the past is empty", async () => {
    const { owner, member } = await alone();
    const availability = await postAvailability(owner, { endTime: after(owner, day + 3 * hour) });
    expect(await found(member, { from: after(member, -30 * day) })).toEqual([availability.id]);
    const running = later(member, day + hour);
    expect(await found(running, { from: availability.startTime, to: availability.endTime })).toEqual([
      availability.id,
    ]);
    for (const to of [-hour, -10 * day, 0]) {
      expect(await search(member, { from: after(member, -30 * day), to: after(member, to) })).toEqual({
        items: [],
      });
    }
  });

  test("refuses a span that ends before it starts, or is longer than a year", async () => {
    const { member } = await alone();
    const from = member.now.toISOString();
    for (const span of [{ to: from }, { to: shift(from, -1) }, { to: after(member, 367 * day) }]) {
      await expect(search(member, span)).rejects.toThrow(InvalidInput);
    }
  });

  test("NOT_FOUND: the caller never completed the sign-up", async () => {
    const { member } = await alone();
    expect(await outcomeOf(search({ ...member, actor: memberActor("nobody") }))).toBe("NOT_FOUND");
  });
});

test("a search finds exactly the availabilities that a plain filter over all of them finds", async () => {
  const { owner, member } = await alone();
  const availabilities = await Promise.all(
    Array.from({ length: 30 }, (_, index) => {
      const startTime = after(owner, hour + ((index * 37) % 60) * hour);
      return postAvailability(owner, {
        startTime,
        endTime: shift(startTime, (1 + ((index * 7) % 24)) * hour),
        types: index % 3 === 0 ? ["kata"] : ["kata", "lesson"],
        maxParticipants: 1 + (index % 2),
      });
    }),
  );
  const span = fc.record({ at: fc.nat(70), length: fc.integer({ min: 1, max: 40 }), clock: fc.nat(40) });
  const types = fc.option(fc.subarray(["kata", "lesson"] as const, { minLength: 1 }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(
      span,
      types,
      fc.integer({ min: 1, max: 10 }),
      async ({ at, length, clock }, wanted, limit) => {
        const asker = later(member, clock * hour);
        const [from, to] = [after(member, at * hour), after(member, (at + length) * hour)];
        const now = asker.now.toISOString();
        const expected = availabilities
          .filter(
            (availability) =>
              overlaps(availability, { startTime: from, endTime: to }) && availability.endTime > now,
          )
          .filter((availability) => {
            const last = shift(availability.endTime, -availability.durationMinutes * minute);
            return to > now && (availability.maxParticipants > 1 ? availability.startTime : last) >= now;
          })
          .filter((availability) => !wanted || wanted.some((type) => availability.types.includes(type)))
          .toSorted(byStart);
        const given = wanted === undefined ? {} : { types: [...wanted] };
        const pages = await allPages((cursor) => search(asker, { from, to, limit, ...given, ...cursor }));
        expect(pages.flat()).toEqual(expected);
      },
    ),
    { numRuns: 60 },
  );
});
