import { expect, test } from "vitest";
import { Refusal } from "../errors.ts";
import type { MeetingRecord } from "./repository.ts";
import { checkTakesPart, windowAfterCancel } from "./rules.ts";

const meeting = { owner: "host", participant: "guest" } as MeetingRecord;

test("only its two people take part", () => {
  for (const actor of ["host", "guest"]) expect(() => checkTakesPart(meeting, actor)).not.toThrow();
  for (const actor of ["another", "", "Host"]) expect(() => checkTakesPart(meeting, actor)).toThrow(Refusal);
});

test.each([
  [1, "host", "CANCELED"],
  [1, "guest", "SCHEDULED"],
  [2, "host", "SCHEDULED"],
  [2, "guest", "SCHEDULED"],
])("with room for %d, canceled by the %s, a window is %s", (maxParticipants, actor, status) => {
  expect(windowAfterCancel(meeting, { maxParticipants }, actor)).toBe(status);
});
