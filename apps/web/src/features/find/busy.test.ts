import { expect, test } from "vitest";
import { busyInput, busyTimes, choose } from "./busy.ts";

const now = "2026-11-24T12:00:00.000Z";
const at = (time: string, day = "2026-11-25") => `${day}T${time}:00.000Z`;

function availability(
  start: string,
  end: string,
  given: { maxParticipants?: number; durationMinutes?: number } = {},
) {
  return {
    owner: "ann",
    id: start,
    ownerDisplayName: "Ann",
    ownerCohort: null,
    startTime: at(start),
    endTime: at(end),
    durationMinutes: 60,
    types: ["kata"],
    cohorts: ["Green"],
    maxParticipants: 1,
    participants: [],
    bookings: "one" as const,
    taken: [],
    location: "",
    description: "",
    status: "SCHEDULED" as const,
    createdAt: now,
    updatedAt: now,
    ...given,
  };
}

const meeting = { startTime: at("18:30"), endTime: at("19:30") };
const clash = (...given: Parameters<typeof availability>) =>
  choose([availability(...given)], [meeting], false, now)[0]?.clash;

test("an open time clashes if a meeting leaves none of its starts free", () => {
  expect(clash("18:00", "19:00")).toEqual(meeting);
  expect(clash("18:00", "20:00")).toEqual(meeting);
  // A group meets for the whole availability.
  expect(clash("16:00", "19:00", { maxParticipants: 5 })).toEqual(meeting);
});

test("an open time with a free start does not clash, nor one back to back", () => {
  expect(clash("17:00", "20:00")).toBeUndefined();
  expect(clash("17:30", "18:30")).toBeUndefined();
  expect(clash("19:30", "20:30")).toBeUndefined();
  expect(clash("18:00", "20:00", { durationMinutes: 30 })).toBeUndefined();
});

test("“Fits my calendar” leaves out what clashes", () => {
  const [clashing, free] = [availability("18:00", "19:00"), availability("20:00", "21:00")];
  expect(choose([clashing, free], [meeting], true, now)).toEqual([free]);
  expect(choose([clashing, free], [meeting], false, now)).toEqual([{ ...clashing, clash: meeting }, free]);
});

test("two meetings together can leave no start free", () => {
  const early = { startTime: at("17:00"), endTime: at("18:00") };
  const late = { startTime: at("18:30"), endTime: at("19:30") };
  expect(choose([availability("17:00", "19:00")], [late, early], false, now)[0]?.clash).toEqual(early);
});

test("canceled meetings do not make a member busy", () => {
  const stored = { ...meeting, id: "m", status: "SCHEDULED" } as Parameters<
    typeof busyTimes
  >[0]["meetings"][0];
  expect(busyTimes({ meetings: [stored, { ...stored, status: "CANCELED" }] })).toEqual([meeting]);
});

test("reads the calendar for the span of the open times, at most a year", () => {
  expect(busyInput([])).toBeUndefined();
  expect(busyInput([availability("18:00", "23:00"), availability("17:00", "19:00")])).toEqual({
    from: at("17:00"),
    to: at("23:00"),
  });
  const { from = "", to = "" } =
    busyInput([
      { startTime: at("00:00"), endTime: at("01:00") },
      { startTime: at("23:00", "2027-11-25"), endTime: at("20:00", "2027-11-26") },
    ]) ?? {};
  expect((Date.parse(to) - Date.parse(from)) / 86_400_000).toBe(364);
});
