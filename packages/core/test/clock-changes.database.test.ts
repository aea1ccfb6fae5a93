/** Posting, searching and booking across the clock changes of Europe and of the US, which are weeks apart. */
import { describe, expect, test } from "vitest";
import { searchAvailabilities, setAvailability } from "../src/availabilities/index.ts";
import { SearchAvailabilitiesInput, SetAvailabilityInput } from "../src/availabilities/schema.ts";
import { getCalendar } from "../src/calendar/index.ts";
import { GetCalendarInput } from "../src/calendar/schema.ts";
import type { MemberContext } from "../src/context/context.ts";
import { Instant } from "../src/instant-schema.ts";
import { allPages, book, checkInvariants, newMembers, outcomeOf } from "../src/testing/index.ts";

/** Posts an availability with local times, each with the offset that applies then. */
function post(owner: MemberContext, startTime: string, endTime: string, given = {}) {
  const input = { startTime, endTime, types: ["kata"], cohorts: ["White"], ...given };
  return setAvailability(owner, SetAvailabilityInput.parse(input));
}

/** Returns which of the owner's availabilities a member finds between two local times. */
async function found(
  member: MemberContext,
  owner: MemberContext,
  from: string,
  to: string,
): Promise<string[]> {
  const input = SearchAvailabilitiesInput.parse({ from, to, limit: 100 });
  const pages = await allPages((cursor) => searchAvailabilities(member, { ...input, ...cursor }));
  return pages
    .flat()
    .filter((item) => item.owner === owner.actor.username)
    .map(({ startTime }) => startTime);
}

function choice(startTime: string): { startTime: string } {
  return { startTime: Instant.parse(startTime) };
}

async function people(before: string) {
  const [owner, member, other] = await newMembers(3, { now: new Date(before) });
  return { owner, member, other };
}

describe.each([
  {
    place: "Europe",
    spring: {
      day: "2027-03-28",
      next: "2027-03-29",
      winter: "+01:00",
      summer: "+02:00",
      gap: "03:00",
      skipped: "02",
    },
    autumn: { day: "2027-10-31", next: "2027-11-01", winter: "+01:00", summer: "+02:00", repeated: "02" },
  },
  {
    place: "the US",
    spring: {
      day: "2027-03-14",
      next: "2027-03-15",
      winter: "-05:00",
      summer: "-04:00",
      gap: "03:00",
      skipped: "02",
    },
    autumn: { day: "2027-11-07", next: "2027-11-08", winter: "-05:00", summer: "-04:00", repeated: "01" },
  },
])("$place", ({ spring, autumn }) => {
  test("in spring an availability across the change lasts an hour less than the clocks show", async () => {
    const { owner, member } = await people("2027-03-01T00:00:00Z");
    // 00:00 to 05:00 on clocks: four hours.
    const availability = await post(
      owner,
      `${spring.day}T00:00:00${spring.winter}`,
      `${spring.day}T05:00:00${spring.summer}`,
      {
        maxParticipants: 3,
      },
    );
    expect(availability.durationMinutes).toBe(4 * 60);
    const meeting = await book(member, availability);
    expect(Date.parse(meeting.endTime) - Date.parse(meeting.startTime)).toBe(4 * 3_600_000);
  });

  test("in spring a meeting can start before the change and end after it", async () => {
    const { owner, member } = await people("2027-03-01T00:00:00Z");
    const availability = await post(
      owner,
      `${spring.day}T00:00:00${spring.winter}`,
      `${spring.day}T05:00:00${spring.summer}`,
    );
    // From 01:30 winter time for an hour: until 03:30 summer time.
    const meeting = await book(member, availability, choice(`${spring.day}T01:30:00${spring.winter}`));
    expect(Date.parse(meeting.endTime)).toBe(Date.parse(`${spring.day}T03:30:00${spring.summer}`));
    // The moment of the change is a possible start, in either time.
    const gap = choice(`${spring.day}T${spring.gap}:00${spring.summer}`);
    expect(gap).toEqual(choice(`${spring.day}T${spring.skipped}:00:00${spring.winter}`));
  });

  test("in autumn both of the repeated hours are separate starts", async () => {
    const { owner, member, other } = await people("2027-10-01T00:00:00Z");
    const hour = `${autumn.day}T${autumn.repeated}`;
    const availability = {
      first: await post(
        owner,
        `${autumn.day}T00:00:00${autumn.summer}`,
        `${autumn.day}T05:00:00${autumn.winter}`,
      ),
      second: await post(
        owner,
        `${autumn.day}T00:00:00${autumn.summer}`,
        `${autumn.day}T05:00:00${autumn.winter}`,
      ),
    };
    const before = await book(member, availability.first, choice(`${hour}:00:00${autumn.summer}`));
    const after = await book(other, availability.second, choice(`${hour}:00:00${autumn.winter}`));
    // The same clock readings, but back to back in time, so nobody is in two places.
    expect(before.endTime).toBe(after.startTime);
    await checkInvariants([owner, member, other]);
  });

  test("in autumn a start half-way through one repeated hour conflicts with the other", async () => {
    const { owner, member, other } = await people("2027-10-01T00:00:00Z");
    const hour = `${autumn.day}T${autumn.repeated}`;
    const times = [
      `${autumn.day}T00:00:00${autumn.summer}`,
      `${autumn.day}T05:00:00${autumn.winter}`,
    ] as const;
    const [first, second] = [await post(owner, ...times), await post(owner, ...times)];
    await book(member, first, choice(`${hour}:30:00${autumn.summer}`));
    expect(await outcomeOf(book(other, second, choice(`${hour}:00:00${autumn.winter}`)))).toBe("OWNER_BUSY");
    expect(await outcomeOf(book(other, second, choice(`${hour}:30:00${autumn.winter}`)))).toBe("OK");
  });

  test("in autumn an availability that ends before it starts by the clock lasts half an hour", async () => {
    const { owner, member } = await people("2027-10-01T00:00:00Z");
    const hour = `${autumn.day}T${autumn.repeated}`;
    const availability = await post(owner, `${hour}:45:00${autumn.summer}`, `${hour}:15:00${autumn.winter}`);
    expect(availability.durationMinutes).toBe(30);
    expect(await outcomeOf(book(member, availability))).toBe("OK");
  });

  test.each([
    ["spring", spring, spring.winter, spring.summer, 23],
    ["autumn", autumn, autumn.summer, autumn.winter, 25],
  ] as const)("in %s a local day has all of its hours", async (_, change, midnight, midnightAfter, hours) => {
    const { owner, member } = await people("2027-03-01T00:00:00Z");
    const [from, to] = [`${change.day}T00:00:00${midnight}`, `${change.next}T00:00:00${midnightAfter}`];
    const starts = [];
    for (let at = Date.parse(from) - 3_600_000; at <= Date.parse(to); at += 3_600_000) {
      starts.push(
        (await post(owner, new Date(at).toISOString(), new Date(at + 3_600_000).toISOString())).startTime,
      );
    }
    const within = starts.slice(1, -1);
    expect(within).toHaveLength(hours);
    expect(await found(member, owner, from, to)).toEqual(within);
    const calendar = await getCalendar(owner, GetCalendarInput.parse({ from, to }));
    expect(calendar.availabilities.map(({ startTime }) => startTime)).toEqual(within);
  });
});
