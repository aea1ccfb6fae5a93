import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import { memberActor } from "../context/actor.ts";
import { InvalidInput } from "../errors.ts";
import { hour } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import { after, book, clockOfItsOwn, newMembers, outcomeOf, postAvailability } from "../testing/index.ts";
import { blockUser, getUser } from "../users/index.ts";
import { exportUser } from "./index.ts";

describe("an export", () => {
  test("has everything about a member except who has blocked them", async () => {
    const [me, other] = await newMembers(2);
    const availability = await postAvailability(me, { maxParticipants: 2, link: "https://example.com/room" });
    const meeting = await book(other, availability);
    const canceled = await cancelMeeting(
      me,
      await book(me, await postAvailability(other, { startTime: after(me, 50 * hour) })),
    );
    await blockUser(me, { username: other.actor.username });
    await blockUser(other, { username: me.actor.username });
    const exported = await exportUser(me, {});
    expect(exported).toEqual({
      exportedAt: me.now.toISOString(),
      profile: await getUser(me, {}),
      blocked: [await getUser(me, { username: other.actor.username })],
      availabilities: [expect.objectContaining({ id: availability.id, link: "https://example.com/room" })],
      meetings: [await getMeeting(me, meeting), await getMeeting(me, canceled)],
    });
    expect(JSON.stringify(exported)).not.toContain("blocked-by");
    const nobody = { ...me, actor: memberActor(randomUUID()) };
    expect(await outcomeOf(exportUser(nobody, {}))).toBe("NOT_FOUND");
  });

  test("comes in pages of limited size", async () => {
    const now = clockOfItsOwn();
    const [me, other] = await newMembers(2, { now });
    const ids: string[] = [];
    for (let at = 0; at < 100; at += 20) {
      const posted = await Promise.all(
        Array.from({ length: 20 }, (_, each) =>
          postAvailability(me, { startTime: after(me, (at + each + 1) * hour) }),
        ),
      );
      ids.push(...posted.map(({ id }) => id));
    }
    const meeting = await book(other, await postAvailability(me, { startTime: after(me, 200 * hour) }));
    const [availabilities, meetings, sizes]: [string[], string[], number[]] = [[], [], []];
    let cursor: string | undefined;
    do {
      const page = await exportUser(me, cursor === undefined ? {} : { cursor });
      availabilities.push(...page.availabilities.map(({ id }) => id));
      meetings.push(...page.meetings.map(({ id }) => id));
      sizes.push(page.availabilities.length + page.meetings.length);
      cursor = page.cursor;
      if (cursor) await expect(exportUser(other, { cursor })).rejects.toThrow(InvalidInput);
    } while (cursor !== undefined);
    expect(sizes).toEqual([80, 22]);
    expect(availabilities.toSorted()).toEqual([...ids, meeting.availabilityId].toSorted());
    expect(meetings).toEqual([meeting.id]);
  });
});
