import { describe, expect, test } from "vitest";
import type { Cohort } from "../community/ids.ts";
import { metered } from "../database/meter.ts";
import { InvalidInput } from "../errors.ts";
import { byStart, day, hour, minute, shift } from "../instant.ts";
import {
  after,
  allPages,
  book,
  later,
  newMember,
  newMembers,
  postAvailability,
  testDatabase,
} from "../testing/index.ts";
import { alone, search } from "../testing/search.ts";
import { deleteAvailability } from "./index.ts";

describe("pages", () => {
  test("are in order of start and id, have each availability once, and a cursor exactly if there is more", async () => {
    const { owner, member } = await alone();
    const mine = await Promise.all(
      Array.from({ length: 17 }, (_, index) =>
        postAvailability(owner, {
          // Starts with one, two and many availabilities; every fifth is not for the member.
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

  test("cost the same, no matter how many availabilities there are for others", async () => {
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
    // Reads: the member, an empty query of what began before, a query of openings, a day of the owner, and eleven
    // availabilities of at most 4 kB.
    expect(before.requests).toBe(4);
    expect(before.units).toBeLessThanOrEqual(1 + 1 + 1 + 1 + 11);
    await of(["Black"], 60);
    const [other, another] = await newMembers(2, { now });
    await book(other, await postAvailability(another, { startTime }));
    expect(await cost(10)).toEqual(before);
  });

  test("are filled if the type filter leaves some out, and continue from there", async () => {
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

  test("read everything that began before the span at once, although most of it is over", async () => {
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

  test("are filled from more openings than one read returns", async () => {
    const { now, owner, member } = await alone();
    const startTime = after(owner, day);
    // A hundred rows that are not for the member: before, between, and at the same start as those that are.
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

  test("continue where they stopped, even if the last item is gone and there is a new one before it", async () => {
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

  test("have a cursor that is valid for one member and query only; the page size may change", async () => {
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
