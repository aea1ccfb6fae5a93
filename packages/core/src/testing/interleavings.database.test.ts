/**
 * Every way in which one verb may come in between the requests of another: after each, what must always hold is held
 * against the tables. Unlike a race, an interleaving happens every time.
 */
import { describe, expect, test } from "vitest";
import { deleteAvailability, searchAvailabilities, setAvailability } from "../availabilities/index.ts";
import type { Availability, SetAvailabilityInput } from "../availabilities/schema.ts";
import { cancelMeeting } from "../booking/index.ts";
import type { MemberContext } from "../context/context.ts";
import { forEachOf } from "../database/for-each-of.ts";
import { byStart, day, hour, shift } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import { refreshCopies } from "../profile/refresh-copies.ts";
import { setUser } from "../users/index.ts";
import type { SetUserInput } from "../users/schema.ts";
import {
  after,
  allPages,
  availabilityInput,
  book,
  checkInvariants,
  clockOfItsOwn,
  followUpAll,
  interleave,
  newMembers,
  now,
  outcomeOf,
  postAvailability,
  watchStreams,
} from "./index.ts";

interface Setting {
  /** Everybody who takes part. */
  members: readonly MemberContext[];
}

/**
 * What came of a verb and of another one that ran whole between two of its requests, as `FIRST, SECOND`, over all
 * places where it may: each pair once, in order of place.
 * @param options.followUp whether what the tables' streams tell is followed up before all must hold
 */
async function outcomes<Given extends Setting>(
  set: () => Promise<Given>,
  verb: (given: Given, slowed: (member: MemberContext) => MemberContext) => Promise<unknown>,
  other: (given: Given) => Promise<unknown>,
  options: { followUp?: boolean } = {},
): Promise<string[]> {
  const came: string[] = [];
  const places = await interleave(async (database, meanwhile) => {
    const streams = options.followUp ? await watchStreams() : undefined;
    const given = await set();
    let second = "";
    meanwhile(async () => {
      second = await outcomeOf(other(given));
    });
    const first = await outcomeOf(verb(given, (member) => ({ ...member, database })));
    if (second) came.push(`${first}, ${second}`);
    if (streams) await followUpAll(await streams.read(given.members), now);
    await checkInvariants(given.members);
  });
  expect(places).toBeGreaterThan(0);
  expect(came).toHaveLength(places);
  return [...new Set(came)];
}

/** An availability of `owner` for so many, with that many seats taken by others than `a` and `b`. */
async function posted(maxParticipants = 1, taken = 0) {
  const [owner, a, b] = await newMembers(3);
  const others: MemberContext[] = await newMembers(taken);
  const availability = await postAvailability(owner, { maxParticipants });
  for (const other of others) await book(other, availability);
  return { members: [owner, a, b, ...others], owner, a, b, availability };
}

/** Such an availability, in which `a` has a seat. */
async function booked(maxParticipants = 1, taken = 0) {
  const given = await posted(maxParticipants, taken);
  return { ...given, meeting: await book(given.a, given.availability) };
}

/** Two availabilities at one time, of two owners. */
async function twoAvailabilities() {
  const given = await posted();
  const [otherOwner] = await newMembers(1);
  const startTime = shift(given.availability.startTime, hour / 2);
  const other = await postAvailability(otherOwner, { startTime });
  return { ...given, members: [...given.members, otherOwner], otherOwner, other };
}

function edit(owner: MemberContext, { id }: { id: string }, given: Partial<SetAvailabilityInput> = {}) {
  return setAvailability(owner, availabilityInput({ id, ...given }, owner.now));
}

/** The new profile, and what the function makes of its record. */
async function rename(member: MemberContext, profile: SetUserInput) {
  await setUser(member, profile);
  await refreshCopies(member, member.actor.username);
}

describe("book, and meanwhile another books", () => {
  test.each([
    ["the only seat", 1, 0, ["ALREADY_BOOKED, OK"]],
    ["the first of three seats", 3, 0, ["OK, OK"]],
    ["the second of three seats", 3, 1, ["OK, OK"]],
    ["the last seat", 3, 2, ["ALREADY_BOOKED, OK"]],
  ])("%s", async (_, maxParticipants, taken, expected) => {
    const came = await outcomes(
      () => posted(maxParticipants, taken),
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ b, availability }) => book(b, availability),
    );
    expect(came).toEqual(expected);
  });

  test("an overlapping availability of the same owner", async () => {
    const came = await outcomes(
      async () => {
        const given = await posted();
        const startTime = shift(given.availability.startTime, hour / 2);
        return { ...given, second: await postAvailability(given.owner, { startTime, maxParticipants: 2 }) };
      },
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ b, second }) => book(b, second),
    );
    expect(came).toEqual(["OWNER_BUSY, OK"]);
  });

  test("an availability of the one who is booking, at that time", async () => {
    const came = await outcomes(
      async () => {
        const given = await posted();
        return { ...given, ofA: await postAvailability(given.a) };
      },
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ owner, ofA }) => book(owner, ofA),
    );
    // Both are busy then, and either may be seen first.
    for (const outcome of came) expect(["OVERLAPS_MEETING, OK", "OWNER_BUSY, OK"]).toContain(outcome);
  });
});

describe("book, and meanwhile the same member books", () => {
  test.each([
    ["the only seat", 1, 0],
    ["the first of three seats", 3, 0],
    ["the second of three seats", 3, 1],
    ["the last seat", 3, 2],
  ])("%s: one meeting", async (_, maxParticipants, taken) => {
    const came = await outcomes(
      () => posted(maxParticipants, taken),
      async ({ a, availability }, slowed) => {
        const meeting = await book(slowed(a), availability);
        expect(await book(a, availability)).toEqual(meeting);
      },
      ({ a, availability }) => book(a, availability),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("an overlapping availability of another owner", async () => {
    const came = await outcomes(
      twoAvailabilities,
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ a, other }) => book(a, other),
    );
    expect(came).toEqual(["OVERLAPS_MEETING, OK"]);
  });

  test("an overlapping availability of another owner, on a day on which they have another meeting", async () => {
    const came = await outcomes(
      async () => {
        const given = await twoAvailabilities();
        const [host] = await newMembers(1);
        const startTime = shift(given.availability.startTime, -2 * hour);
        await book(given.a, await postAvailability(host, { startTime }));
        return { ...given, members: [...given.members, host] };
      },
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ a, other }) => book(a, other),
    );
    expect(came).toEqual(["OVERLAPS_MEETING, OK"]);
  });

  test("another start of the same availability", async () => {
    const came = await outcomes(
      async () => {
        const [owner, a] = await newMembers(2);
        const { startTime } = availabilityInput();
        const availability = await postAvailability(owner, {
          startTime,
          endTime: shift(startTime, 4 * hour),
        });
        return { members: [owner, a], a, availability };
      },
      ({ a, availability }, slowed) => book(slowed(a), availability, { startTime: availability.startTime }),
      ({ a, availability }) => book(a, availability, { startTime: shift(availability.startTime, 2 * hour) }),
    );
    expect(came).toEqual(["ALREADY_BOOKED, OK"]);
  });
});

describe("book, and meanwhile the owner", () => {
  test("deletes the availability", async () => {
    const came = await outcomes(
      posted,
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ owner, availability }) => deleteAvailability(owner, availability),
    );
    expect(came).toEqual(["NOT_FOUND, OK", "ALREADY_BOOKED, OK"]);
  });

  test("moves the availability away", async () => {
    const came = await outcomes(
      posted,
      ({ a, availability }, slowed) => book(slowed(a), availability, { startTime: availability.startTime }),
      ({ owner, availability }) => edit(owner, availability, { startTime: shift(availability.startTime, 1) }),
    );
    expect(came).toEqual(["OUTSIDE_WINDOW, OK"]);
  });

  test("closes the availability to a cohort", async () => {
    const came = await outcomes(
      posted,
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ owner, availability }) => edit(owner, availability, { cohorts: ["Black"] }),
    );
    expect(came).toEqual(["COHORT_NOT_ALLOWED, OK"]);
  });

  test.each([0, 1])("names another place, with %d seats taken: the meeting is there", async (taken) => {
    const came = await outcomes(
      () => posted(3, taken),
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ owner, availability }) => edit(owner, availability, { location: "Dojo 2" }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("leaves fewer places than there will be people", async () => {
    const came = await outcomes(
      () => posted(3, 1),
      ({ a, availability }, slowed) => book(slowed(a), availability),
      async ({ owner, b, availability }) => {
        await book(b, availability);
        await edit(owner, availability, { maxParticipants: 2 });
      },
    );
    expect(came).toEqual(["ALREADY_BOOKED, OK"]);
  });
});

describe("book again, and meanwhile the seat", () => {
  test("is canceled by oneself: it is taken anew, or was before", async () => {
    const came = await outcomes(
      booked,
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ a, meeting }) => cancelMeeting(a, meeting),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("is canceled by the owner: it is withdrawn", async () => {
    const came = await outcomes(
      booked,
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ owner, meeting }) => cancelMeeting(owner, meeting),
    );
    expect(came).toEqual(["ALREADY_BOOKED, OK"]);
  });
});

describe("book, and meanwhile another seat is canceled", () => {
  test.each([
    ["the only one", 1, 0, ["OK, OK", "ALREADY_BOOKED, OK"]],
    ["the first of three", 3, 0, ["OK, OK"]],
    ["the second of three", 3, 1, ["OK, OK"]],
    ["the last of three", 3, 2, ["OK, OK", "ALREADY_BOOKED, OK"]],
  ])("%s", async (_, maxParticipants, taken, expected) => {
    const came = await outcomes(
      () => booked(maxParticipants, taken),
      ({ b, availability }, slowed) => book(slowed(b), availability),
      ({ a, meeting }) => cancelMeeting(a, meeting),
    );
    for (const outcome of came) expect(expected).toContain(outcome);
  });
});

test.each([2, 3])(
  "join a group for %d, and meanwhile it empties and its owner is booked elsewhere",
  async (maxParticipants) => {
    const came = await outcomes(
      async () => {
        const given = await posted(maxParticipants);
        const other = await postAvailability(given.owner);
        return { ...given, other, meeting: await book(given.a, given.availability) };
      },
      ({ b, availability }, slowed) => book(slowed(b), availability),
      async ({ a, other, meeting }) => {
        await cancelMeeting(a, meeting);
        await book(a, other);
      },
    );
    expect(came).toEqual(["OWNER_BUSY, OK"]);
  },
);

describe("cancel, and meanwhile", () => {
  test("the other person cancels", async () => {
    const came = await outcomes(
      booked,
      ({ a, meeting }, slowed) => cancelMeeting(slowed(a), meeting),
      ({ owner, meeting }) => cancelMeeting(owner, meeting),
    );
    expect(came).toEqual(["ALREADY_CANCELED, OK"]);
  });

  test("the same person cancels: the same meeting", async () => {
    const came = await outcomes(
      booked,
      async ({ a, meeting }, slowed) => {
        const canceled = await cancelMeeting(slowed(a), { id: meeting.id, reason: "Second" });
        expect(canceled).toEqual(await getMeeting(a, meeting));
      },
      ({ a, meeting }) => cancelMeeting(a, { id: meeting.id, reason: "First" }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("the seat is canceled and booked anew: the new meeting stays", async () => {
    const came = await outcomes(
      booked,
      ({ owner, meeting }, slowed) => cancelMeeting(slowed(owner), meeting),
      async ({ a, availability, meeting }) => {
        await cancelMeeting(a, meeting);
        await book(a, availability);
      },
    );
    expect(came).toEqual(["ALREADY_CANCELED, OK"]);
  });

  test("the other person cancels, and the availability is deleted", async () => {
    const came = await outcomes(
      booked,
      ({ owner, meeting }, slowed) => cancelMeeting(slowed(owner), meeting),
      async ({ owner, a, availability, meeting }) => {
        await cancelMeeting(a, meeting);
        await deleteAvailability(owner, availability);
      },
    );
    expect(came).toEqual(["ALREADY_CANCELED, OK"]);
  });

  test.each([1, 3])("the owner edits an availability for %d", async (maxParticipants) => {
    const came = await outcomes(
      () => booked(maxParticipants),
      ({ a, meeting }, slowed) => cancelMeeting(slowed(a), meeting),
      ({ owner, availability }) => edit(owner, availability, { maxParticipants, location: "Dojo 2" }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test.each([1, 3])(
    "the owner opens a full availability for %d to other cohorts",
    async (maxParticipants) => {
      const came = await outcomes(
        () => booked(maxParticipants, maxParticipants - 1),
        ({ a, meeting }, slowed) => cancelMeeting(slowed(a), meeting),
        ({ owner, availability }) =>
          edit(owner, availability, { maxParticipants, cohorts: ["Yellow", "Black"] }),
      );
      expect(came).toEqual(["OK, OK"]);
    },
  );

  test.each([
    ["joins the group", 2, 0],
    ["takes the last seat", 3, 1],
  ])("another %s", async (_, maxParticipants, taken) => {
    const came = await outcomes(
      () => booked(maxParticipants, taken),
      ({ a, meeting }, slowed) => cancelMeeting(slowed(a), meeting),
      ({ b, availability }) => book(b, availability),
    );
    expect(came).toEqual(["OK, OK"]);
  });
});

describe("edit, and meanwhile", () => {
  test.each([
    ["moves the open time", { startTime: shift(availabilityInput().startTime, hour) }, ["HAS_BOOKINGS, OK"]],
    ["drops a type", { types: ["kata" as const] }, ["HAS_BOOKINGS, OK"]],
    ["makes it a group", { maxParticipants: 2 }, ["HAS_BOOKINGS, OK"]],
    ["names another place", { location: "Dojo 2" }, ["OK, OK"]],
  ])("somebody books what the owner %s", async (_, given, expected) => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => edit(slowed(owner), availability, given),
      ({ a, availability }) => book(a, availability),
    );
    expect(came).toEqual(expected);
  });

  test("the owner edits a full group of 100 elsewhere, too: all meetings tell one place", async () => {
    const came = await outcomes(
      async () => {
        const [owner] = await newMembers(1);
        const members: MemberContext[] = await newMembers(100);
        const availability = await postAvailability(owner, { maxParticipants: 100 });
        // The first and the last seat hold the number of seats exactly: booked alone, they contend with nobody.
        const [first, ...others] = members;
        const last = others.pop();
        if (!first || !last) throw new Error("There is nobody");
        await book(first, availability);
        await forEachOf(others, (member) => book(member, availability));
        await book(last, availability);
        return { members: [owner, ...members], owner, availability };
      },
      ({ owner, availability }, slowed) =>
        edit(slowed(owner), availability, { maxParticipants: 100, location: "Dojo 1", description: "First" }),
      ({ owner, availability }) =>
        edit(owner, availability, {
          maxParticipants: 100,
          location: "Dojo 2",
          link: "https://meet.example/2",
        }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("somebody cancels what kept it from being moved", async () => {
    const came = await outcomes(
      booked,
      ({ owner, availability }, slowed) => {
        const startTime = shift(availability.startTime, hour);
        return edit(slowed(owner), availability, { startTime });
      },
      ({ a, meeting }) => cancelMeeting(a, meeting),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("a seat of the group changes hands: its new meeting is told the place", async () => {
    const came = await outcomes(
      () => booked(3),
      ({ owner, availability }, slowed) =>
        edit(slowed(owner), availability, { maxParticipants: 3, location: "Dojo 2" }),
      async ({ a, b, availability, meeting }) => {
        await cancelMeeting(a, meeting);
        await book(b, availability);
      },
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("the owner edits it elsewhere, too: the later to be written stays, whole", async () => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) =>
        edit(slowed(owner), availability, { startTime: shift(availability.startTime, 1) }),
      ({ owner, availability }) =>
        edit(owner, availability, { startTime: shift(availability.startTime, hour) }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test.each([
    ["names another place", { location: "Dojo 2" }],
    ["opens it to other cohorts", { cohorts: ["Yellow" as const] }],
    ["moves it", { startTime: shift(availabilityInput().startTime, hour) }],
  ])("it is booked and withdrawn, while its owner %s: it is open again, and found", async (_, given) => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => edit(slowed(owner), availability, given),
      async ({ owner, a, availability }) => cancelMeeting(owner, await book(a, availability)),
    );
    // The availability is read beside its owner, and may be seen while it is booked.
    expect(came).toContain("OK, OK");
    for (const outcome of came) expect(["OK, OK", "HAS_BOOKINGS, OK"]).toContain(outcome);
  });

  test("the owner deletes it", async () => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => edit(slowed(owner), availability, { location: "Dojo 2" }),
      ({ owner, availability }) => deleteAvailability(owner, availability),
    );
    expect(came).toEqual(["NOT_FOUND, OK"]);
  });
});

describe("delete, and meanwhile", () => {
  test.each([1, 2])("somebody books, with room for %d", async (maxParticipants) => {
    const came = await outcomes(
      () => posted(maxParticipants),
      ({ owner, availability }, slowed) => deleteAvailability(slowed(owner), availability),
      ({ a, availability }) => book(a, availability),
    );
    expect(came).toEqual(["HAS_BOOKINGS, OK"]);
  });

  test("the owner moves it: nothing is left behind", async () => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => deleteAvailability(slowed(owner), availability),
      ({ owner, availability }) =>
        edit(owner, availability, { startTime: shift(availability.startTime, hour) }),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("the owner deletes it elsewhere, too", async () => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => deleteAvailability(slowed(owner), availability),
      ({ owner, availability }) => deleteAvailability(owner, availability),
    );
    expect(came).toEqual(["NOT_FOUND, OK"]);
  });
});

describe("search, and meanwhile", () => {
  /** Four availabilities a day apart, of which the others touch the second one. */
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
    "%s: nothing else is missing, nothing comes twice in a page, and all is as it was or is",
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

describe("a new name and what follows it, and meanwhile", () => {
  test("the seat is canceled", async () => {
    const came = await outcomes(
      booked,
      ({ a }, slowed) => rename(slowed(a), { displayName: "Anew" }),
      ({ a, meeting }) => cancelMeeting(a, meeting),
      { followUp: true },
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test.each<[string, (given: Awaited<ReturnType<typeof posted>>) => Promise<unknown>]>([
    [
      "the owner edits and deletes the open time",
      async ({ owner, availability }) => {
        await edit(owner, availability, { startTime: shift(availability.startTime, hour) });
        await deleteAvailability(owner, availability);
      },
    ],
    [
      "the owner moves the open time and opens it to others",
      ({ owner, availability }) =>
        edit(owner, availability, { startTime: shift(availability.startTime, hour), cohorts: ["Yellow"] }),
    ],
    ["the open time is booked", ({ a, availability }) => book(a, availability)],
    [
      "the open time is booked and free again",
      async ({ a, availability }) => cancelMeeting(a, await book(a, availability)),
    ],
    [
      "the open time is booked and withdrawn",
      async ({ owner, a, availability }) => cancelMeeting(owner, await book(a, availability)),
    ],
  ])("%s, whose owner has a new cohort", async (_, other) => {
    const came = await outcomes(
      posted,
      ({ owner }, slowed) => rename(slowed(owner), { displayName: "Anew", cohort: "Brown" }),
      other,
      { followUp: true },
    );
    expect(came).toEqual(["OK, OK"]);
  });
});

describe("a new name of the owner and all that follows it come in between, whole, while", () => {
  const profiles: SetUserInput[] = [{ displayName: "Anew" }, { displayName: "Anew", cohort: "Brown" }];

  test.each(profiles)("the owner edits the availability: %j", async (profile) => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => edit(slowed(owner), availability, { location: "Dojo 2" }),
      ({ owner }) => rename(owner, profile),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test.each(profiles)("the only seat is canceled: %j", async (profile) => {
    const came = await outcomes(
      booked,
      ({ a, meeting }, slowed) => cancelMeeting(slowed(a), meeting),
      ({ owner }) => rename(owner, profile),
    );
    expect(came).toEqual(["OK, OK"]);
  });
});
