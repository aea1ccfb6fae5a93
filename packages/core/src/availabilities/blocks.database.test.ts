import { expect, test } from "vitest";
import { bookAvailability } from "../booking/index.ts";
import { metered } from "../database/meter.ts";
import { getMeeting } from "../meetings/index.ts";
import {
  after,
  allPages,
  book,
  clockOfItsOwn,
  newMembers,
  outcomeOf,
  postAvailability,
} from "../testing/index.ts";
import { blockUser, unblockUser } from "../users/index.ts";
import { getAvailability, searchAvailabilities } from "./index.ts";

const hour = 3_600_000;

test.each(["the host", "the guest"])(
  "if %s has blocked the other, neither finds, reads or books the other's availabilities",
  async (who) => {
    const now = clockOfItsOwn();
    const [host, guest, third] = await newMembers(3, { now });
    const availabilities = [];
    for (const at of [1, 2, 3])
      availabilities.push(
        await postAvailability(host, { startTime: after(host, at * hour), maxParticipants: 2 }),
      );
    const [booked, open] = availabilities;
    if (!booked || !open) throw new Error("Nothing was posted");
    const theirs = await postAvailability(third, { startTime: after(host, 2 * hour) });
    const meeting = await book(guest, booked);
    const found = async (member: typeof guest, limit = 25) =>
      (
        await allPages((cursor) =>
          searchAvailabilities(member, { from: after(host, 0), to: after(host, 9 * hour), limit, ...cursor }),
        )
      )
        .flat()
        .map(({ id }) => id);
    const all = availabilities.map(({ id }) => id);
    expect((await found(guest)).toSorted()).toEqual([all[1], all[2], theirs.id].toSorted());

    const [blocker, blocked] = who === "the host" ? [host, guest] : [guest, host];
    await blockUser(blocker, { username: blocked.actor.username });
    for (const limit of [1, 2, 25]) expect(await found(guest, limit)).toEqual([theirs.id]);
    expect(await found(third)).toHaveLength(3);
    for (const availability of [booked, open]) {
      expect(await outcomeOf(getAvailability(guest, availability))).toBe("NOT_FOUND");
      expect(await outcomeOf(bookAvailability(guest, availability))).toBe("NOT_FOUND");
    }
    const mine = await postAvailability(guest, { startTime: after(host, 5 * hour) });
    expect(await found(host)).toEqual([theirs.id]);
    expect(await outcomeOf(getAvailability(host, mine))).toBe("NOT_FOUND");
    expect(await outcomeOf(bookAvailability(host, mine))).toBe("NOT_FOUND");
    // Existing meetings remain, for both.
    for (const member of [host, guest]) expect(await getMeeting(member, meeting)).toEqual(meeting);
    expect(await getAvailability(third, booked)).toMatchObject({
      participants: [{ username: guest.actor.username }],
    });

    await unblockUser(blocker, { username: blocked.actor.username });
    expect(await getAvailability(guest, open)).toMatchObject({ id: open.id });
    expect(await found(guest)).toHaveLength(3);
    expect(await outcomeOf(book(guest, open))).toBe("OK");
  },
);

test("a search by a blocked member takes no extra request", async () => {
  const now = clockOfItsOwn();
  const [host, guest] = await newMembers(2, { now });
  await postAvailability(host, { startTime: after(host, hour) });
  const requests = async () => {
    const { database, consumed } = metered(guest.database);
    await searchAvailabilities(
      { ...guest, database },
      { from: after(host, 0), to: after(host, 9 * hour), limit: 25 },
    );
    return consumed().requests;
  };
  const before = await requests();
  await blockUser(host, { username: guest.actor.username });
  expect(await requests()).toBe(before);
});
