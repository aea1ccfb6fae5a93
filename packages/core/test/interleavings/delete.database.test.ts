import { describe, expect, test } from "vitest";
import { deleteAvailability } from "../../src/availabilities/index.ts";
import { hour, shift } from "../../src/instant.ts";
import { book } from "../../src/testing/index.ts";
import { edit, outcomes, posted } from "./outcomes.ts";

describe("delete, and meanwhile", () => {
  test.each([1, 2])("a member books, with room for %d", async (maxParticipants) => {
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

  test("the owner deletes it a second time", async () => {
    const came = await outcomes(
      posted,
      ({ owner, availability }, slowed) => deleteAvailability(slowed(owner), availability),
      ({ owner, availability }) => deleteAvailability(owner, availability),
    );
    expect(came).toEqual(["NOT_FOUND, OK"]);
  });
});
