import { expect, test } from "vitest";
import { whyClosed } from "./why-closed.ts";

const at = (time: string) => `2026-11-24T${time}:00.000Z`;
const span = (start: string, end: string) => ({ startTime: at(start), endTime: at(end) });
const now = at("12:00");

const availability = {
  owner: "ann",
  id: "7",
  ownerDisplayName: "Ann",
  ownerCohort: null,
  ...span("18:00", "20:00"),
  durationMinutes: 60,
  types: ["kata"],
  cohorts: ["Green"],
  maxParticipants: 1,
  bookings: "one" as "one" | "several",
  participants: [],
  taken: [] as { startTime: string; endTime: string }[],
  location: "",
  description: "",
  status: "SCHEDULED" as "SCHEDULED" | "BOOKED" | "CANCELED",
  createdAt: "",
  updatedAt: "",
};
const several = { ...availability, bookings: "several" as const };
const booked = { status: "BOOKED" as const, taken: [span("18:00", "19:00")] };

test.each([
  ["open", availability, undefined],
  ["open, with one booking", { ...several, taken: [span("18:00", "19:00")] }, undefined],
  ["canceled", { ...availability, status: "CANCELED" as const }, "Its owner has canceled it."],
  [
    "booked by someone whose name others do not see",
    { ...availability, ...booked },
    "Someone has booked it.",
  ],
  ["booked by several", { ...several, ...booked }, "All of its time is taken."],
  ["a full group", { ...availability, ...booked, maxParticipants: 2, taken: [] }, "All seats are taken."],
  [
    "an owner with another meeting",
    { ...availability, ownerBusy: [span("18:30", "19:30")] },
    "Ann has another meeting then.",
  ],
])("%s", (_, closed, words) => {
  expect(whyClosed(closed, now)).toBe(words);
});

test("an open time whose free part has passed is taken, then past", () => {
  const rest = { ...several, taken: [span("19:00", "20:00")] };
  expect(whyClosed(rest, at("18:01"))).toBe("All of its time is taken.");
  expect(whyClosed(rest, at("19:01"))).toBe("Its time has passed.");
});
