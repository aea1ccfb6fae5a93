import { expect, test } from "vitest";
import { cancelMeeting } from "../booking/index.ts";
import { book, newMember, outcomeOf, postAvailability } from "../testing/index.ts";
import { alone } from "../testing/search.ts";
import { getAvailability } from "./index.ts";

test("any member may read an availability, also a withdrawn one", async () => {
  const { owner, member, now } = await alone();
  const yellow = await newMember({ now, cohort: "Yellow" });
  const availability = await postAvailability(owner);
  expect(await getAvailability(yellow, availability)).toEqual(availability);
  await cancelMeeting(owner, await book(member, availability));
  expect(await getAvailability(yellow, availability)).toMatchObject({ status: "CANCELED", participants: [] });
  expect(
    await outcomeOf(getAvailability(yellow, { owner: yellow.actor.username, id: availability.id })),
  ).toBe("NOT_FOUND");
});
