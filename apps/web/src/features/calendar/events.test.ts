import { expect, test } from "vitest";
import { leftOutText, toEvents } from "./events.ts";

const labelOf = (type: string) => type.toUpperCase();

function availability(id: string, more: object = {}) {
  return {
    owner: "me",
    id,
    ownerDisplayName: "Me",
    ownerCohort: "Green",
    startTime: "2026-11-24T18:00:00.000Z",
    endTime: "2026-11-24T20:00:00.000Z",
    durationMinutes: 60,
    types: ["kata"],
    cohorts: ["Green"],
    maxParticipants: 1,
    bookings: "one" as const,
    participants: [],
    taken: [],
    location: "",
    description: "",
    status: "SCHEDULED" as const,
    createdAt: "",
    updatedAt: "",
    ...more,
  };
}

function meeting(id: string, availabilityId: string, more: object = {}) {
  return {
    id,
    availabilityId,
    owner: "me",
    ownerDisplayName: "Me",
    participant: "ann",
    participantDisplayName: "Ann",
    startTime: "2026-11-24T18:30:00.000Z",
    endTime: "2026-11-24T19:30:00.000Z",
    type: "kata",
    location: "",
    description: "",
    status: "SCHEDULED" as const,
    createdAt: "",
    updatedAt: "",
    ...more,
  };
}

const titles = (...args: Parameters<typeof toEvents>) => toEvents(...args).map(({ title }) => title);

test("an open time shows its kind, a meeting the other person", () => {
  const events = toEvents(
    {
      availabilities: [availability("open")],
      meetings: [
        meeting("as-owner", "elsewhere"),
        meeting("as-guest", "theirs", { owner: "ben", ownerDisplayName: "Ben", participant: "me" }),
      ],
    },
    "me",
    labelOf,
  );
  expect(events.map(({ title, look, url }) => [title, look, url])).toEqual([
    ["Open · KATA", "open", "/availabilities/me/open"],
    ["KATA with Ann", "meeting", "/meetings/as-owner"],
    ["KATA with Ben", "meeting", "/meetings/as-guest"],
  ]);
});

test("shows a booked open time only as its meeting", () => {
  const calendar = {
    availabilities: [availability("w", { status: "BOOKED" })],
    meetings: [meeting("m", "w")],
  };
  expect(titles(calendar, "me", labelOf)).toEqual(["KATA with Ann"]);
});

test("shows a reopened open time and its canceled meeting; of a canceled one only the meeting", () => {
  const meetings = [meeting("m", "w", { status: "CANCELED", canceledBy: "ann" })];
  expect(titles({ availabilities: [availability("w")], meetings }, "me", labelOf)).toEqual([
    "Open · KATA",
    "Canceled · KATA with Ann",
  ]);
  const withdrawn = { availabilities: [availability("w", { status: "CANCELED" })], meetings };
  expect(toEvents(withdrawn, "me", labelOf)).toMatchObject([{ look: "canceled", url: "/meetings/m" }]);
});

test("shows the member's own group once, however many seats are booked", () => {
  const participants = ["ann", "ben"].map((username) => ({ username, displayName: username, cohort: null }));
  const calendar = {
    availabilities: [availability("g", { maxParticipants: 5, participants })],
    meetings: [meeting("1", "g"), meeting("2", "g", { participant: "ben" })],
  };
  expect(toEvents(calendar, "me", labelOf)).toMatchObject([
    { title: "KATA · 2 of 5 seats taken", look: "meeting", url: "/availabilities/me/g" },
  ]);
});

test("shows another member's group as a meeting with its owner", () => {
  const seat = meeting("1", "g", { owner: "ben", ownerDisplayName: "Ben", participant: "me" });
  expect(titles({ availabilities: [], meetings: [seat] }, "me", labelOf)).toEqual(["KATA with Ben"]);
});

test.each([
  [1, "1 earlier canceled meeting is not shown."],
  [33, "33 earlier canceled meetings are not shown."],
  [999, "999 earlier canceled meetings are not shown."],
  [3_630, "More than 999 earlier canceled meetings are not shown."],
])("says that %i canceled meetings are not shown", (count, text) => {
  expect(leftOutText(count)).toBe(text);
});

test("shows an open time with some of several bookings as open, and its meetings", () => {
  const several = availability("1", { bookings: "several", participants: [{ username: "ann" }] });
  const shown = toEvents({ availabilities: [several], meetings: [meeting("2", "1")] }, "me", labelOf);
  expect(shown.map(({ title, look }) => [title, look])).toEqual([
    ["Open · KATA", "open"],
    ["KATA with Ann", "meeting"],
  ]);
  const booked = { ...several, status: "BOOKED" as const };
  expect(titles({ availabilities: [booked], meetings: [meeting("2", "1")] }, "me", labelOf)).toEqual([
    "KATA with Ann",
  ]);
});
