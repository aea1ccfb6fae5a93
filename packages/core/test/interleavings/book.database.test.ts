import { describe, expect, test } from "vitest";
import { deleteAvailability } from "../../src/availabilities/index.ts";
import { cancelMeeting } from "../../src/booking/index.ts";
import { hour, shift } from "../../src/instant.ts";
import { availabilityInput, book, newMembers, postAvailability } from "../../src/testing/index.ts";
import { booked, edit, outcomes, posted, twoAvailabilities } from "./outcomes.ts";

describe("book, and meanwhile another member books", () => {
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

  test("an availability of the booking member at the same time", async () => {
    const came = await outcomes(
      async () => {
        const given = await posted();
        return { ...given, ofA: await postAvailability(given.a) };
      },
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ owner, ofA }) => book(owner, ofA),
    );
    // Both are busy then, and either conflict may be found first.
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

  test.each([0, 1])(
    "changes the place, with %d seats taken: the meeting has the new place",
    async (taken) => {
      const came = await outcomes(
        () => posted(3, taken),
        ({ a, availability }, slowed) => book(slowed(a), availability),
        ({ owner, availability }) => edit(owner, availability, { location: "Dojo 2" }),
      );
      expect(came).toEqual(["OK, OK"]);
    },
  );

  test("leaves too few places for the new booking", async () => {
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
  test("is canceled by the member: it is booked again, or was before", async () => {
    const came = await outcomes(
      booked,
      ({ a, availability }, slowed) => book(slowed(a), availability),
      ({ a, meeting }) => cancelMeeting(a, meeting),
    );
    expect(came).toEqual(["OK, OK"]);
  });

  test("is canceled by the owner: the availability is withdrawn", async () => {
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
  "join a group for %d, and meanwhile it becomes empty and its owner is booked elsewhere",
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
