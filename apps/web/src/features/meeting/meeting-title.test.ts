import { expect, test } from "vitest";
import { availabilityTitle } from "#features/availability/availability-title.ts";
import { meetingTitle } from "./meeting-title.ts";

const types = { kata: "Kata practice", lesson: "Lesson" };

test("a meeting's title has its kind and the other person, for both people", () => {
  const meeting = {
    owner: "ann",
    ownerDisplayName: "Ann",
    participantDisplayName: "Bo",
    type: "kata",
  };
  expect(meetingTitle(meeting, "ann", types)).toBe("Kata practice with Bo");
  expect(meetingTitle(meeting, "bo", types)).toBe("Kata practice with Ann");
  expect(meetingTitle({ ...meeting, type: "old" }, "bo", types)).toBe("old with Ann");
});

test("an open time's title has its kinds and its owner; the member's own only its kinds", () => {
  const availability = { owner: "ann", ownerDisplayName: "Ann", types: ["lesson", "kata"] };
  expect(availabilityTitle(availability, "bo", types)).toBe("Lesson or Kata practice with Ann");
  expect(availabilityTitle(availability, "ann", types)).toBe("Lesson or Kata practice");
});
