import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { community } from "../community/community.ts";
import { shift } from "../instant.ts";
import { BookAvailabilityInput, ListAvailabilitiesInput, SetAvailabilityInput } from "./schema.ts";

const startTime = "2027-03-21T09:00:00.000Z";
const valid = { startTime, endTime: shift(startTime, 3_600_000), types: ["kata"], cohorts: ["White"] };

/** The fields that make an input invalid; none if it is accepted. */
function refusedFields(given: Record<string, unknown>): PropertyKey[] {
  const { error } = SetAvailabilityInput.safeParse({ ...valid, ...given });
  return [
    ...new Set(
      error?.issues.map((issue) =>
        issue.code === "unrecognized_keys" ? (issue.keys[0] ?? "") : (issue.path[0] ?? ""),
      ),
    ),
  ];
}

function lasting(minutes: number): { endTime: string } {
  return { endTime: shift(startTime, minutes * 60_000) };
}

test("accepts the shortest, the longest and the largest availability", () => {
  expect(refusedFields({})).toEqual([]);
  expect(refusedFields(lasting(15))).toEqual([]);
  expect(refusedFields(lasting(24 * 60))).toEqual([]);
  expect(refusedFields({ ...lasting(15), durationMinutes: 15 })).toEqual([]);
  expect(refusedFields({ ...lasting(480), durationMinutes: 480 })).toEqual([]);
  expect(refusedFields({ maxParticipants: 1 })).toEqual([]);
  expect(refusedFields({ maxParticipants: 100 })).toEqual([]);
  expect(refusedFields({ location: "x".repeat(200), description: "x".repeat(2_000) })).toEqual([]);
  expect(refusedFields({ types: community.types.map((type) => type.id) })).toEqual([]);
  expect(refusedFields({ cohorts: [...community.cohorts] })).toEqual([]);
});

test.each<[string, Record<string, unknown>]>([
  ["endTime", lasting(0)],
  ["endTime", lasting(-60)],
  ["endTime", { endTime: shift(startTime, 15 * 60_000 - 1) }],
  ["endTime", { endTime: shift(startTime, 24 * 3_600_000 + 1) }],
  ["endTime", { endTime: "2027-03-21" }],
  ["startTime", { startTime: "tomorrow" }],
  ["startTime", { startTime: undefined }],
  ["durationMinutes", { durationMinutes: 14 }],
  ["durationMinutes", { durationMinutes: 481 }],
  ["durationMinutes", { durationMinutes: 30.5 }],
  ["durationMinutes", { durationMinutes: "30" }],
  ["durationMinutes", { durationMinutes: 61 }],
  ["idempotencyKey", { idempotencyKey: "once" }],
  ["idempotencyKey", { idempotencyKey: randomUUID(), id: "a" }],
  ["maxParticipants", { maxParticipants: 0 }],
  ["maxParticipants", { maxParticipants: 101 }],
  ["maxParticipants", { maxParticipants: 1.5 }],
  ["types", { types: [] }],
  ["types", { types: ["kata", "kata"] }],
  ["types", { types: [""] }],
  ["types", { types: ["x".repeat(41)] }],
  ["types", { types: Array.from({ length: 51 }, (_, at) => `type ${at}`) }],
  ["types", { types: "kata" }],
  ["cohorts", { cohorts: [] }],
  ["cohorts", { cohorts: ["White", "White"] }],
  ["cohorts", { cohorts: ["x".repeat(41)] }],
  ["cohorts", { cohorts: Array.from({ length: 31 }, (_, at) => `cohort ${at}`) }],
  ["location", { location: "x".repeat(201) }],
  ["location", { location: "a\nb" }],
  ["description", { description: "x".repeat(2_001) }],
  ["id", { id: "" }],
  ["owner", { owner: "another" }],
  ["status", { status: "BOOKED" }],
  ["participants", { participants: [] }],
])("is refused for its %s: %o", (field, given) => {
  expect(refusedFields(given)).toEqual([field]);
});

describe("across a clock change the length is the elapsed time, not the difference of the clock readings", () => {
  test.each([
    ["Europe, spring", "2027-03-28T00:00:00+01:00", "2027-03-29T00:00:00+02:00", []],
    ["Europe, autumn", "2027-10-31T00:00:00+02:00", "2027-11-01T00:00:00+01:00", ["endTime"]],
    ["Europe, autumn", "2027-10-31T00:00:00+02:00", "2027-10-31T23:00:00+01:00", []],
    ["the US, spring", "2027-03-14T00:00:00-05:00", "2027-03-15T00:00:00-04:00", []],
    ["the US, autumn", "2027-11-07T00:00:00-04:00", "2027-11-08T00:00:00-05:00", ["endTime"]],
    // Here the clocks show the end before the start, or at the same time.
    ["the US, autumn", "2027-11-07T01:45:00-04:00", "2027-11-07T01:15:00-05:00", []],
    ["Europe, autumn", "2027-10-31T02:30:00+02:00", "2027-10-31T02:30:00+01:00", []],
    // Here the clocks show an hour, but only a minute passes.
    ["Europe, spring", "2027-03-28T01:59:00+01:00", "2027-03-28T03:00:00+02:00", ["endTime"]],
  ])("%s: %s to %s", (_, start, end, refused) => {
    expect(refusedFields({ startTime: start, endTime: end })).toEqual(refused);
  });
});

test("a page has 1 to 100 items, 25 by default", () => {
  expect(ListAvailabilitiesInput.parse({})).toEqual({ limit: 25 });
  for (const limit of [1, 100]) expect(ListAvailabilitiesInput.parse({ limit })).toEqual({ limit });
  for (const limit of [0, 101, 2.5, "25", null]) {
    expect(ListAvailabilitiesInput.safeParse({ limit }).success).toBe(false);
  }
});

test("a booking input takes owner, id, start and type, and refuses anything else", () => {
  const named = { owner: "host", id: "window" };
  expect(BookAvailabilityInput.parse({ ...named, startTime: "2027-03-21T14:45:00+05:45" })).toEqual({
    ...named,
    startTime: "2027-03-21T09:00:00.000Z",
  });
  for (const wrong of [{ participant: "another" }, { startTime: "" }, { type: "" }, { type: 1 }]) {
    expect(BookAvailabilityInput.safeParse({ ...named, ...wrong }).success).toBe(false);
  }
});
