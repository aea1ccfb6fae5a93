import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import type { Cohort } from "../community/schema.ts";
import { memberActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import { metered } from "../database/meter.ts";
import { InvalidInput } from "../errors.ts";
import { byStart, day, hour, minute, overlaps, shift } from "../instant.ts";
import { refreshCopies } from "../profile/refresh-copies.ts";

import {
  after,
  allPages,
  book,
  checkInvariants,
  clockOfItsOwn,
  later,
  newMember,
  newMembers,
  outcomeOf,
  postAvailability,
  testDatabase,
} from "../testing/index.ts";
import { setUser } from "../users/index.ts";
import { deleteAvailability, getAvailability, searchAvailabilities, setAvailability } from "./index.ts";
import type { Availability, SearchAvailabilitiesInput } from "./schema.ts";

/** A clock of one's own, an owner and a member at that time: nobody else's availabilities are near. */
async function alone() {
  const now = clockOfItsOwn();
  const [owner, member] = await newMembers(2, { now });
  return { now, owner, member };
}

function search(
  member: MemberContext,
  given: Partial<SearchAvailabilitiesInput> = {},
): Promise<{ items: Availability[]; cursor?: string }> {
  return searchAvailabilities(member, {
    from: member.now.toISOString(),
    to: after(member, 7 * day),
    limit: 100,
    ...given,
  });
}

async function found(
  member: MemberContext,
  given: Partial<SearchAvailabilitiesInput> = {},
): Promise<string[]> {
  return (await search(member, given)).items.map(({ id }) => id);
}

describe("what is bookable", () => {
  test("is found as it is", async () => {
    const { owner, member } = await alone();
    const availability = await postAvailability(owner);
    expect(await search(member)).toEqual({ items: [availability] });
  });

  test("not one's own", async () => {
    const { owner } = await alone();
    await postAvailability(owner);
    expect(await found(owner)).toEqual([]);
  });

  test("not for other cohorts, and nothing for a member without one", async () => {
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

  test("not what is full, until a seat is free again", async () => {
    const { now, owner, member } = await alone();
    const [other] = await newMembers(1, { now });
    const availability = await postAvailability(owner);
    const meeting = await book(other, availability);
    expect(await found(member)).toEqual([]);
    await cancelMeeting(other, meeting);
    expect(await found(member)).toEqual([availability.id]);
    expect(await found(other)).toEqual([availability.id]);
  });

  test("not a group that one is in, though others may join", async () => {
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

  test("not what is withdrawn or deleted; and what is opened again is", async () => {
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

  test("only while a start lies ahead: to the last one to one, to the start for a group", async () => {
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

  test("what is found can be booked", async () => {
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

  test("the owner's cohort, which follows the owner", async () => {
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

  test("the span: whatever overlaps it, to the millisecond", async () => {
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

  test("a beginning in the past counts as now; a span of the past has nothing", async () => {
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

  test("a span that ends before it begins, or is longer than a year, is refused", async () => {
    const { member } = await alone();
    const from = member.now.toISOString();
    for (const span of [{ to: from }, { to: shift(from, -1) }, { to: after(member, 367 * day) }]) {
      await expect(search(member, span)).rejects.toThrow(InvalidInput);
    }
  });

  test("somebody whose sign-up was never completed is not found", async () => {
    const { member } = await alone();
    expect(await outcomeOf(search({ ...member, actor: memberActor("nobody") }))).toBe("NOT_FOUND");
  });
});

describe("pages", () => {
  test("are in order of start and id, each availability once, with a cursor exactly when there is more", async () => {
    const { owner, member } = await alone();
    const mine = await Promise.all(
      Array.from({ length: 17 }, (_, index) =>
        postAvailability(owner, {
          // Starts of one, two and many availabilities; every fifth is not for the member.
          startTime: after(owner, day + (index < 9 ? 0 : index % 6) * hour),
          cohorts: index % 5 === 4 ? ["Black"] : ["White"],
        }),
      ),
    );
    const inOrder = mine.filter(({ cohorts }) => cohorts.includes("White")).toSorted(byStart);
    expect(inOrder).toHaveLength(14);
    for (const limit of [1, 2, 3, 7, 13, 14, 15, 100]) {
      const pages = await allPages((cursor) => search(member, { limit, ...cursor }));
      expect(pages.flat()).toEqual(inOrder);
      expect(pages).toHaveLength(Math.ceil(14 / limit));
    }
  });

  test("read what they show, whatever there is for others", async () => {
    const { now, owner, member } = await alone();
    const startTime = after(owner, day);
    const of = (cohorts: Cohort[], count: number) =>
      Promise.all(Array.from({ length: count }, () => postAvailability(owner, { startTime, cohorts })));
    await of(["White"], 12);
    const cost = async (limit: number) => {
      const { database, consumed } = metered(testDatabase());
      expect((await search({ ...member, database }, { limit })).items).toHaveLength(limit);
      return consumed();
    };
    const before = await cost(10);
    // The member, one empty query of what began before, one of openings, a day of the owner, and eleven availabilities of four
    // kilobytes at most.
    expect(before.requests).toBe(4);
    expect(before.units).toBeLessThanOrEqual(1 + 1 + 1 + 1 + 11);
    await of(["Black"], 60);
    const [other, another] = await newMembers(2, { now });
    await book(other, await postAvailability(another, { startTime }));
    expect(await cost(10)).toEqual(before);
  });

  test("read more where types leave some out, and go on from there", async () => {
    const { owner, member } = await alone();
    const posted = await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        postAvailability(owner, {
          startTime: after(owner, day + at * hour),
          types: at % 8 === 7 ? ["kata"] : ["lesson"],
        }),
      ),
    );
    const kata = posted.filter(({ types }) => types.includes("kata"));
    for (const limit of [1, 2, 4, 5, 6]) {
      const pages = await allPages((cursor) => search(member, { limit, types: ["kata"], ...cursor }));
      expect(pages.flat()).toEqual(kata);
      expect(pages).toHaveLength(Math.ceil(5 / limit));
    }
  });

  test("go over what began before the span at once, of which most is over", async () => {
    const { owner, member } = await alone();
    const long = { endTime: after(owner, 20 * hour), durationMinutes: 60 };
    const over = Array.from({ length: 30 }, (_, at) =>
      postAvailability(owner, { startTime: after(owner, (at + 1) * minute) }),
    );
    const running = [9, 10, 11].map((at) =>
      postAvailability(owner, { startTime: after(owner, at * minute), ...long }),
    );
    const ahead = [14, 15].map((at) => postAvailability(owner, { startTime: after(owner, at * hour) }));
    await Promise.all(over);
    const expected = await Promise.all([...running, ...ahead]);
    const asker = later(member, 12 * hour);
    const span = { from: asker.now.toISOString(), to: after(asker, day) };
    for (const limit of [1, 2, 3, 4, 5]) {
      const pages = await allPages((cursor) => search(asker, { ...span, limit, ...cursor }));
      expect(pages.flat()).toEqual(expected);
      expect(pages).toHaveLength(Math.ceil(5 / limit));
    }
    const { database, consumed } = metered(testDatabase());
    await search({ ...asker, database }, span);
    expect(consumed().requests).toBe(4);
  });

  test("are filled over more openings than one read brings", async () => {
    const { now, owner, member } = await alone();
    const startTime = after(owner, day);
    // A hundred rows that are not for the member, at the beginning, between, and at one start with those that are.
    for (let at = 0; at < 125; at += 25) {
      await Promise.all(
        Array.from({ length: 25 }, (_, index) =>
          postAvailability(owner, {
            startTime: shift(startTime, Math.floor((at + index) / 60) * hour),
            cohorts: (at + index) % 25 === 24 ? ["White"] : ["Black"],
          }),
        ),
      );
    }
    const black = await newMember({ now, cohort: "Black" });
    expect(
      (await allPages((cursor) => search(member, { limit: 2, ...cursor }))).map((page) => page.length),
    ).toEqual([2, 2, 1]);
    const all = (await allPages((cursor) => search(black, { limit: 50, ...cursor }))).flat();
    expect(all).toHaveLength(120);
    expect(all).toEqual(all.toSorted(byStart));
    expect(new Set(all.map(({ id }) => id)).size).toBe(120);
  });

  test("go on where they stopped, though what they stopped at is gone and something came before", async () => {
    const { owner, member } = await alone();
    const availabilities = [];
    for (const at of [1, 2, 3, 4])
      availabilities.push(await postAvailability(owner, { startTime: after(owner, at * day) }));
    const [first, second, third, fourth] = availabilities.map(({ id }) => id);
    const one = await search(member, { limit: 2 });
    expect(one.items.map(({ id }) => id)).toEqual([first, second]);
    await deleteAvailability(owner, { id: second ?? "" });
    await postAvailability(owner, { startTime: after(owner, day + hour) });
    const then = await search(member, { limit: 2, cursor: one.cursor });
    expect(then.items.map(({ id }) => id)).toEqual([third, fourth]);
    expect(then.cursor).toBeUndefined();
  });

  test("belong to their member and query; the size of a page may change on the way", async () => {
    const { owner, member, now } = await alone();
    const [other] = await newMembers(1, { now });
    for (const at of [1, 2, 3]) await postAvailability(owner, { startTime: after(owner, at * day) });
    const { cursor } = await search(member, { limit: 1 });
    expect((await search(member, { limit: 50, cursor })).items).toHaveLength(2);
    await expect(search(other, { cursor })).rejects.toThrow(InvalidInput);
    await expect(search(member, { cursor, types: ["sparring"] })).rejects.toThrow(InvalidInput);
    await expect(search(member, { cursor, ownerCohorts: ["White"] })).rejects.toThrow(InvalidInput);
    await expect(search(member, { cursor, to: after(member, 8 * day) })).rejects.toThrow(InvalidInput);
    await expect(search(member, { cursor: `${cursor}x` })).rejects.toThrow(InvalidInput);
  });
});

test("finds just those availabilities that a plain filter over all of them finds", async () => {
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

test("any member may look at an availability, whatever became of it", async () => {
  const { owner, member, now } = await alone();
  const yellow = await newMember({ now, cohort: "Yellow" });
  const availability = await postAvailability(owner);
  expect(await getAvailability(yellow, availability)).toEqual(availability);
  await cancelMeeting(owner, await book(member, availability));
  expect(await getAvailability(yellow, availability)).toMatchObject({ status: "CANCELED", participants: [] });
  expect(
    await outcomeOf(getAvailability(yellow, { owner: yellow.actor.username, id: availability.id })),
  ).toBe("NOT_FOUND");
});
