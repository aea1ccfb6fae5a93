import { expect, test } from "vitest";
import { searchAvailabilities } from "../availabilities/index.ts";
import { listMeetings } from "../meetings/index.ts";
import {
  after,
  book,
  clockOfItsOwn,
  newMembers,
  outcomeOf,
  postAvailability,
  testDatabase,
} from "../testing/index.ts";
import { getUser } from "../users/index.ts";
import { metered } from "./meter.ts";

/** What a call costs the database. */
async function costOf(call: (database: ReturnType<typeof testDatabase>) => Promise<unknown>) {
  const { database, consumed } = metered(testDatabase());
  await call(database);
  return consumed();
}

test("a verb costs the documented number of requests, however long the history is", async () => {
  const now = clockOfItsOwn();
  const [owner, member] = await newMembers(2, { now });
  const hour = 3_600_000;
  const costs = async (at: number) => {
    const availability = await postAvailability(owner, { startTime: after(owner, at * 24 * hour) });
    const span = { from: availability.startTime, to: availability.endTime };
    return {
      profile: await costOf((database) => getUser({ ...member, database }, {})),
      search: await costOf((database) =>
        searchAvailabilities({ ...member, database }, { ...span, limit: 25 }),
      ),
      book: await costOf((database) => book({ ...member, database }, availability)),
      repeat: await costOf((database) => book({ ...member, database }, availability)),
      missing: await costOf((database) =>
        outcomeOf(book({ ...owner, database }, { ...availability, owner: member.actor.username })),
      ),
      list: await costOf((database) => listMeetings({ ...member, database }, { ...span, limit: 25 })),
    };
  };
  const first = await costs(2);
  expect(first).toMatchObject({
    profile: { requests: 1, units: 1 },
    search: { requests: 4 },
    book: { requests: 3 },
    repeat: { requests: 2 },
    missing: { requests: 1 },
    list: { requests: 3 },
  });
  // The transaction writes seven items, each at double cost.
  expect(first.book.units).toBeGreaterThanOrEqual(14);
  for (let at = 4; at < 24; at++)
    await book(member, await postAvailability(owner, { startTime: after(owner, at * 24 * hour) }));
  expect(await costs(30)).toEqual(first);
});
