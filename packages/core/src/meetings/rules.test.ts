import { expect, test } from "vitest";
import { Refusal } from "../errors.ts";
import type { MeetingRecord } from "./repository.ts";
import { checkTakesPart, toMeeting } from "./rules.ts";

const meeting = { owner: "host", participant: "guest" } as MeetingRecord;

test("its people see the availability's link, or else the host's, and no internal fields", () => {
  const shown = { ...meeting, location: "Dojo 2" };
  const stored = {
    ownerRevision: 1,
    participantRevision: 1,
    windowRevision: 1,
    bookings: "one" as const,
  };
  const [link, hostLink] = ["https://meet.example/availability", "https://meet.example/host"];
  expect(toMeeting({ ...shown, ...stored, link, hostLink })).toEqual({ ...shown, link });
  expect(toMeeting({ ...shown, ...stored, link: "", hostLink })).toEqual({ ...shown, link: hostLink });
  expect(toMeeting({ ...shown, ...stored, link: "", hostLink: "" })).toStrictEqual(shown);
});

test("accepts only its two people", () => {
  for (const actor of ["host", "guest"]) expect(() => checkTakesPart(meeting, actor)).not.toThrow();
  for (const actor of ["another", "", "Host"]) expect(() => checkTakesPart(meeting, actor)).toThrow(Refusal);
});
