import { describe, expect, test } from "vitest";
import { deleteAvailability } from "../../src/availabilities/index.ts";
import { cancelMeeting } from "../../src/booking/index.ts";
import { hour, shift } from "../../src/instant.ts";
import { book, useStreams } from "../../src/testing/index.ts";
import type { SetUserInput } from "../../src/users/schema.ts";
import { booked, edit, outcomes, posted, rename } from "./outcomes.ts";

useStreams();

describe("a new name and its follow-up, and meanwhile", () => {
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
  ])("%s (its owner has a new cohort)", async (_, other) => {
    const came = await outcomes(
      posted,
      ({ owner }, slowed) => rename(slowed(owner), { displayName: "Anew", cohort: "Brown" }),
      other,
      { followUp: true },
    );
    expect(came).toEqual(["OK, OK"]);
  });
});

describe("a new name of the owner and its follow-up complete in between, while", () => {
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
