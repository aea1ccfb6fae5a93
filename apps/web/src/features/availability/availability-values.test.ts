import { describe, expect, test } from "vitest";
import {
  type AvailabilityValues,
  asksForBookings,
  asksForNextDay,
  fieldsToCheckAgain,
  newAvailability,
  parseAvailability,
  readSpan,
  suggestDuration,
  toValues,
} from "./availability-values.ts";

const berlin = "Europe/Berlin";
const newYork = "America/New_York";
const now = "2026-11-22T12:00:00.000Z";
const known = [
  { id: "sparring", label: "Sparring", durationMinutes: 60 },
  { id: "kata", label: "Kata practice", durationMinutes: 30 },
];
const fresh = newAvailability(berlin, now, { cohorts: ["Green"], types: ["sparring"] });

function parse(values: Partial<AvailabilityValues>, zone = berlin, id?: string) {
  return parseAvailability({ ...fresh, ...values }, { zone, known, id });
}

test("a new open time can be posted without changes", () => {
  expect(parse({})).toEqual({
    input: {
      startTime: "2026-11-23T17:00:00.000Z",
      endTime: "2026-11-23T19:00:00.000Z",
      durationMinutes: 60,
      types: ["sparring"],
      cohorts: ["Green"],
      maxParticipants: 1,
      bookings: "several",
      location: "",
      link: "",
      description: "",
    },
  });
});

test.each([
  ["2026-12-01", "2026-12-01"],
  ["2026-02-30", "2026-11-23"],
  [null, "2026-11-23"],
])("uses a given day only if it is valid: %s", (day, taken) => {
  expect(newAvailability(berlin, now, { cohorts: ["Green"], types: ["kata"], day }).day).toBe(taken);
});

test("the form shows a dragged span in clock time", () => {
  const span = { startTime: "2026-11-24T22:30:00.000Z", endTime: "2026-11-24T23:30:00.000Z" };
  const values = newAvailability(berlin, now, { cohorts: ["Green"], types: ["sparring"], span });
  expect(values).toMatchObject({ day: "2026-11-24", startTime: "23:30", endTime: "00:30" });
  expect(readSpan(values, berlin)).toMatchObject(span);
});

describe("an end that is earlier on the clock", () => {
  const typed = { ...fresh, day: "2026-11-24" };

  test.each([
    ["22:00", "01:00", "2026-11-25T00:00:00.000Z"],
    ["17:00", "06:00", "2026-11-25T05:00:00.000Z"],
    ["20:00", "00:00", "2026-11-24T23:00:00.000Z"],
  ])("is on the next day if the times are clearly one night: %s to %s", (startTime, endTime, end) => {
    const values = { ...typed, startTime, endTime };
    expect(readSpan(values, berlin)?.endTime).toBe(end);
    expect(asksForNextDay(values)).toBe(false);
  });

  test.each([
    ["19:00", "18:00"],
    ["18:00", "18:00"],
    ["22:00", "06:30"],
    ["16:45", "02:00"],
    ["10:00", "09:45"],
  ])("is a mistake unless the next day is chosen: %s to %s", (startTime, endTime) => {
    const values = { ...typed, startTime, endTime };
    expect(readSpan(values, berlin)).toBeUndefined();
    expect(asksForNextDay(values)).toBe(true);
    expect(parse(values)).toEqual({ errors: { endTime: "Until is before the start" } });
    const chosen = { ...values, endsNextDay: true };
    expect(asksForNextDay(chosen)).toBe(true);
    expect(readSpan(chosen, berlin)?.endTime.slice(0, 10)).toBe("2026-11-25");
  });

  test("stays on the next day when an existing open time is edited", () => {
    const span = { startTime: "2026-11-24T09:00:00.000Z", endTime: "2026-11-25T08:00:00.000Z" };
    const values = newAvailability(berlin, now, { cohorts: ["Green"], types: ["sparring"], span });
    expect(readSpan(values, berlin)).toMatchObject(span);
  });
});

describe("over a change of the clocks", () => {
  test.each([
    ["forward, Europe", berlin, "2027-03-28", "01:00", "04:00", 2],
    ["back, Europe", berlin, "2027-10-31", "01:00", "04:00", 4],
    ["forward, US", newYork, "2027-03-14", "01:00", "04:00", 2],
    ["back, US", newYork, "2027-11-07", "00:00", "03:00", 4],
  ])(
    "an open time has its true length, whatever the clock shows: %s",
    (_, zone, day, startTime, endTime, hours) => {
      const parsed = parse({ day, startTime, endTime }, zone);
      const { input } = parsed as Extract<typeof parsed, { input: unknown }>;
      expect(Date.parse(input.endTime) - Date.parse(input.startTime)).toBe(hours * 3_600_000);
    },
  );

  test.each([
    [berlin, "2027-10-31", "02:30", "2027-10-31T00:30:00.000Z", "2027-10-31T01:30:00.000Z"],
    [newYork, "2027-11-07", "01:30", "2027-11-07T05:30:00.000Z", "2027-11-07T06:30:00.000Z"],
  ])("either occurrence of a repeated time can be chosen: %s", (zone, day, time, first, second) => {
    const typed = { ...fresh, day, startTime: time, endTime: "04:00" };
    expect(readSpan(typed, zone)?.startTime).toBe(first);
    expect(readSpan({ ...typed, startFold: "second" }, zone)?.startTime).toBe(second);
    // From the first occurrence to the second: an hour, with the same time on the clock.
    expect(readSpan({ ...typed, endTime: time, endFold: "second" }, zone)).toMatchObject({
      startTime: first,
      endTime: second,
    });
  });

  test("an end earlier on the clock can be in the second occurrence of the hour", () => {
    const typed = { ...fresh, day: "2027-10-31", startTime: "02:45", endTime: "02:15" };
    expect(readSpan(typed, berlin)).toMatchObject({
      startTime: "2027-10-31T00:45:00.000Z",
      endTime: "2027-10-31T01:15:00.000Z",
    });
  });

  test("a skipped start moves forward, and is marked as skipped", () => {
    const span = readSpan({ ...fresh, day: "2027-03-28", startTime: "02:30", endTime: "05:00" }, berlin);
    expect(span).toMatchObject({ startTime: "2027-03-28T01:30:00.000Z", start: { kind: "skipped" } });
  });
});

describe("shows messages at their fields", () => {
  test.each<[Partial<AvailabilityValues>, object]>([
    [{ day: "" }, { day: "Choose a day" }],
    [
      { startTime: "", types: [] },
      { startTime: "Choose a time", types: "Choose at least one" },
    ],
    [{ startTime: "" }, { startTime: "Choose a time" }],
    [{ endTime: "" }, { endTime: "Choose a time" }],
    [{ endTime: "18:10" }, { endTime: "An open time lasts at least 15 minutes" }],
    [{ durationMinutes: 180 }, { durationMinutes: "Longer than the open time" }],
    [
      { types: [], cohorts: [] },
      { types: "Choose at least one", cohorts: "Choose at least one" },
    ],
    [{ isGroup: true, maxParticipants: 1 }, { maxParticipants: "A group has at least 2 seats" }],
    [{ isGroup: true, maxParticipants: Number.NaN }, { maxParticipants: "A group has at least 2 seats" }],
    [{ isGroup: true, maxParticipants: 101 }, { maxParticipants: "At most 100" }],
    [{ location: "x".repeat(201) }, { location: "At most 200 characters" }],
  ])("%o", (values, errors) => {
    expect(parse(values)).toEqual({ errors });
  });
});

describe("several bookings", () => {
  const span = (hours: number) => ({
    startTime: "2026-11-24T18:00:00.000Z",
    endTime: new Date(Date.parse("2026-11-24T18:00:00.000Z") + hours * 3_600_000).toISOString(),
  });
  const sent = (values: Partial<AvailabilityValues>) => {
    const parsed = parse(values);
    return "input" in parsed ? parsed.input.bookings : parsed.errors;
  };

  test("are offered if more than one meeting of the chosen length fits into a one-to-one open time", () => {
    expect(asksForBookings(fresh, known, span(2))).toBe(true);
    expect(asksForBookings(fresh, known, span(1.75))).toBe(false);
    expect(asksForBookings({ ...fresh, durationMinutes: 90 }, known, span(2))).toBe(false);
    expect(asksForBookings({ ...fresh, types: ["kata"] }, known, span(1))).toBe(true);
    expect(asksForBookings({ ...fresh, isGroup: true }, known, span(3))).toBe(false);
    expect(asksForBookings(fresh, known, undefined)).toBe(false);
  });

  test("are the default of a new open time, and are not sent if only one meeting fits", () => {
    expect(sent({})).toBe("several");
    expect(sent({ bookings: "one" })).toBe("one");
    expect(sent({ durationMinutes: 90 })).toBeUndefined();
    expect(sent({ isGroup: true })).toBeUndefined();
  });
});

test.each([
  ["http://meet.example/room", "Must be a link that starts with https://"],
  [`https://meet.example/${"x".repeat(500)}`, "At most 500 characters"],
])("refuses a meeting link: %s", (link, message) => {
  expect(parse({ link })).toEqual({ errors: { link: message } });
});

test("refuses a group with fewer seats than are booked", () => {
  const group = { ...fresh, isGroup: true, maxParticipants: 4 };
  expect(parseAvailability(group, { zone: berlin, known, id: "7", seats: 4 })).toHaveProperty("input");
  expect(parseAvailability(group, { zone: berlin, known, id: "7", seats: 5 })).toEqual({
    errors: { maxParticipants: "5 seats are booked already" },
  });
});

test("checks a message again when a field that it depends on changes", () => {
  const errors = ["startTime", "endTime", "types", "location"];
  expect(fieldsToCheckAgain("day", errors)).toEqual(["startTime", "endTime"]);
  expect(fieldsToCheckAgain("endsNextDay", errors)).toEqual(["startTime", "endTime"]);
  expect(fieldsToCheckAgain("types", errors)).toEqual(["types"]);
  expect(fieldsToCheckAgain("description", errors)).toEqual([]);
  expect(fieldsToCheckAgain("day", [])).toEqual([]);
});

test("suggests the duration of the first kind, at most the open time's length", () => {
  expect(suggestDuration(["kata"], known, undefined)).toBe(30);
  expect(suggestDuration([], known, undefined)).toBe(60);
  const span = { startTime: "2026-11-24T18:00:00.000Z", endTime: "2026-11-24T18:45:00.000Z" };
  expect(suggestDuration(["sparring"], known, span)).toBe(45);
});

test("saving without an edit sends the open time unchanged", () => {
  const availability = {
    owner: "ann",
    id: "7",
    ownerDisplayName: "Ann",
    ownerCohort: "Green",
    startTime: "2027-10-31T01:30:00.000Z",
    endTime: "2027-10-31T04:00:00.000Z",
    durationMinutes: 45,
    types: ["kata"],
    cohorts: ["Green", "Blue"],
    maxParticipants: 1,
    participants: [],
    bookings: "one" as const,
    taken: [],
    location: "Hall 2",
    link: "https://meet.example/ann",
    description: "Bring water",
    status: "SCHEDULED" as const,
    createdAt: now,
    updatedAt: now,
  };
  const parsed = parseAvailability(toValues(availability, berlin), {
    zone: berlin,
    known,
    id: availability.id,
  });
  const { owner, ownerDisplayName, ownerCohort, participants, taken, status, createdAt, updatedAt, ...sent } =
    availability;
  expect(parsed).toEqual({ input: sent });

  const group = { ...availability, maxParticipants: 5, durationMinutes: 150 };
  const parsedGroup = parseAvailability(toValues(group, berlin), {
    zone: berlin,
    known,
    id: availability.id,
  });
  const { durationMinutes, bookings, ...sentGroup } = { ...sent, maxParticipants: 5 };
  expect(parsedGroup).toEqual({ input: sentGroup });
});
