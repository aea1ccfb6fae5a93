import { describe, expect, test } from "vitest";
import { deleteAvailability, searchAvailabilities } from "../../src/availabilities/index.ts";
import type { Availability } from "../../src/availabilities/schema.ts";
import { cancelMeeting } from "../../src/booking/index.ts";
import type { MemberContext } from "../../src/context/context.ts";
import { byStart, day, hour, shift } from "../../src/instant.ts";
import {
  after,
  allPages,
  book,
  clockOfItsOwn,
  newMembers,
  postAvailability,
} from "../../src/testing/index.ts";
import { edit, outcomes } from "./outcomes.ts";

describe("search, and meanwhile", () => {
  /** Four availabilities a day apart. The concurrent verbs change only the second one. */
  async function offered() {
    const now = clockOfItsOwn();
    const [owner, a, b] = await newMembers(3, { now });
    const availabilities: Availability[] = [];
    for (let at = 1; at <= 4; at++) {
      availabilities.push(await postAvailability(owner, { startTime: after(owner, at * day) }));
    }
    const [, availability] = availabilities;
    if (!availability) throw new Error("There is no open time");
    return { members: [owner, a, b], owner, a, b, availabilities, availability };
  }

  function search(member: MemberContext, limit: number) {
    const span = { from: after(member, 0), to: after(member, 30 * day) };
    return allPages((cursor) => searchAvailabilities(member, { ...span, limit, ...cursor }));
  }

  type Offered = Awaited<ReturnType<typeof offered>>;

  test.each<[string, (given: Offered) => Promise<unknown>]>([
    ["an open time is booked", ({ b, availability }) => book(b, availability)],
    ["an open time is deleted", ({ owner, availability }) => deleteAvailability(owner, availability)],
    [
      "an open time is closed to the cohort",
      ({ owner, availability }) => edit(owner, availability, { cohorts: ["Black"] }),
    ],
    [
      "an open time moves back",
      ({ owner, availability }) =>
        edit(owner, availability, { startTime: shift(availability.startTime, 2 * day - hour) }),
    ],
    [
      "an open time moves to the front",
      ({ owner, availability }) =>
        edit(owner, availability, { startTime: shift(availability.startTime, -day - hour) }),
    ],
    [
      "an open time is booked and free again",
      async ({ b, availability }) => cancelMeeting(b, await book(b, availability)),
    ],
  ])(
    "%s: nothing else is missing, no page has duplicates, and each result is in its old or new state",
    async (_, other) => {
      await outcomes(
        offered,
        async (given, slowed) => {
          const before = await search(given.a, 100);
          const pages = await search(slowed(given.a), 2);
          const known = [...before.flat(), ...(await search(given.a, 100)).flat()];
          for (const page of pages) {
            expect(new Set(page.map(({ id }) => id)).size).toBe(page.length);
            expect(page).toEqual(page.toSorted(byStart));
          }
          const found = pages.flat();
          for (const each of found) expect(known).toContainEqual(each);
          const untouched = given.availabilities.filter(({ id }) => id !== given.availability.id);
          expect(found.filter(({ id }) => id !== given.availability.id)).toEqual(untouched);
        },
        other,
      );
    },
  );
});
