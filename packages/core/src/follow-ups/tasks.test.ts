import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AvailabilityRecord } from "../availabilities/repository.ts";
import { hour } from "../instant.ts";
import { asMeeting, type MeetingRecord } from "../meetings/repository.ts";
import { availabilityRecord, now, withSeats } from "../testing/records.ts";
import { asUser, type UserRecord } from "../users/repository.ts";
import type { Change } from "./change.ts";
import { tasksOf } from "./tasks.ts";

const user = asUser({ username: "ann", displayName: "Ann", cohort: "White", bio: "", revision: 3 });
const availability = withSeats(availabilityRecord(), ["bob"]);
const meeting = asMeeting({
  id: "m",
  owner: "host",
  participant: "bob",
  availabilityId: availability.id,
  startTime: availability.startTime,
  endTime: availability.endTime,
  status: "SCHEDULED",
});
const afterAll = new Date(now.getTime() + 1_000 * hour);

const ofUser = (before?: UserRecord, after?: UserRecord): Change => ({ table: "Users", before, after });
const ofAvailability = (before?: AvailabilityRecord, after?: AvailabilityRecord): Change => ({
  table: "Availabilities",
  before,
  after,
});
const ofMeeting = (before?: MeetingRecord, after?: MeetingRecord): Change => ({
  table: "Meetings",
  before,
  after,
});
const kinds = (change: Change, at = now) => tasksOf(change, at).map(({ kind }) => kind);

describe("a profile", () => {
  test.each<[string, Partial<UserRecord>]>([
    ["name", { displayName: "Anna" }],
    ["cohort", { cohort: "Black" }],
    ["link", { defaultLink: "https://example.com" }],
  ])("with a new %s: refreshes its copies", (_, changed) => {
    expect(tasksOf(ofUser(user, { ...user, ...changed, revision: 4 }), now)).toEqual([
      { kind: "refresh-copies", username: "ann" },
    ]);
  });

  test("of a deleted account, or of one whose erasure continues: finishes the deletion", () => {
    const task = { kind: "finish-deletion", username: "ann" };
    const deleted = { ...user, displayName: "Former member", deletedAt: now.toISOString(), revision: 4 };
    expect(tasksOf(ofUser(user, deleted), now)).toEqual([task]);
    expect(tasksOf(ofUser(deleted, { ...deleted, erasures: 1 }), now)).toEqual([task]);
    expect(tasksOf(ofUser(deleted, { ...deleted, blockedBy: 1 }), now)).toEqual([]);
    expect(tasksOf(ofUser(deleted, undefined), now)).toEqual([]);
  });

  test("that is new, erased, or changed in fields that are not copied needs no task", () => {
    expect(kinds(ofUser(undefined, user))).toEqual([]);
    expect(kinds(ofUser(user, undefined))).toEqual([]);
    expect(kinds(ofUser(user, { ...user, bio: "Hi", blocked: ["eve"], revision: 4 }))).toEqual([]);
  });
});

describe("an availability", () => {
  test("that is posted, edited, or shows another profile is compared with its owner's profile", () => {
    const task = {
      kind: "refresh-availability",
      owner: "host",
      id: availability.id,
      revision: availability.ownerRevision,
    };
    expect(tasksOf(ofAvailability(undefined, availability), now)).toEqual([task]);
    expect(
      tasksOf(ofAvailability(availability, { ...availability, revision: availability.revision + 1 }), now),
    ).toEqual([task]);
    const revision = availability.ownerRevision + 1;
    expect(tasksOf(ofAvailability(availability, { ...availability, ownerRevision: revision }), now)).toEqual([
      { ...task, revision },
    ]);
  });

  test.each(["location", "link", "description"] as const)("with a new %s updates its meetings", (field) => {
    const edited = {
      ...availability,
      [field]: "https://example.com/new",
      revision: availability.revision + 1,
    };
    expect(kinds(ofAvailability(availability, edited))).toEqual([
      "refresh-availability",
      "describe-meetings",
    ]);
    expect(kinds(ofAvailability({ ...availability, seatCount: 0 }, { ...edited, seatCount: 0 }))).toEqual([
      "refresh-availability",
    ]);
  });

  test("that is booked or freed needs no task", () => {
    const free = { ...availability, seats: {}, seatCount: 0 };
    expect(kinds(ofAvailability(free, availability))).toEqual([]);
    expect(kinds(ofAvailability(availability, free))).toEqual([]);
  });
});

describe("a meeting", () => {
  test("that is booked, or shows another profile, is compared with both profiles", () => {
    expect(kinds(ofMeeting(undefined, meeting))).toEqual(["refresh-meeting"]);
    expect(kinds(ofMeeting(meeting, { ...meeting, participantRevision: 1 }))).toEqual(["refresh-meeting"]);
    expect(kinds(ofMeeting(meeting, { ...meeting, ownerRevision: 1 }))).toEqual(["refresh-meeting"]);
  });

  test("that is canceled, or gets another place, needs no task", () => {
    expect(kinds(ofMeeting(meeting, { ...meeting, status: "CANCELED" }))).toEqual([]);
    expect(kinds(ofMeeting(meeting, { ...meeting, location: "Dojo 2", windowRevision: 2 }))).toEqual([]);
  });
});

const anyUser = fc.record({
  displayName: fc.constantFrom("Ann", "Anna"),
  cohort: fc.constantFrom("White", null),
  revision: fc.nat(3),
  bio: fc.constantFrom("", "Hi"),
});
const anyAvailability = fc.record({
  ownerRevision: fc.nat(3),
  revision: fc.nat(3),
  location: fc.constantFrom("A", "B"),
  seatCount: fc.nat(1),
});
const anyMeeting = fc.record({
  status: fc.constantFrom("SCHEDULED" as const, "CANCELED" as const),
  ownerRevision: fc.nat(2),
  location: fc.constantFrom("A", "B"),
});
const maybe = <Item>(some: fc.Arbitrary<Item>) => fc.option(some, { nil: undefined });
const anyChange = fc.oneof(
  fc
    .tuple(maybe(anyUser), maybe(anyUser))
    .map(([a, b]) => ofUser(a && { ...user, ...a }, b && { ...user, ...b })),
  fc
    .tuple(maybe(anyAvailability), maybe(anyAvailability))
    .map(([a, b]) => ofAvailability(a && { ...availability, ...a }, b && { ...availability, ...b })),
  fc
    .tuple(maybe(anyMeeting), maybe(anyMeeting))
    .map(([a, b]) => ofMeeting(a && { ...meeting, ...a }, b && { ...meeting, ...b })),
);

test("any change: at most two tasks, about the item itself, and none if the item is gone, unchanged or over", () => {
  fc.assert(
    fc.property(anyChange, (change) => {
      const tasks = tasksOf(change, now);
      expect(tasks.length).toBeLessThanOrEqual(2);
      const about = JSON.stringify(tasks);
      const own = { Users: "ann", Availabilities: availability.id, Meetings: '"m"' }[change.table];
      if (tasks.length > 0) expect(about).toContain(own);
      expect(tasksOf({ ...change, after: undefined } as Change, now)).toEqual([]);
      expect(tasksOf({ ...change, before: change.after } as Change, now)).toEqual([]);
      if (change.table !== "Users") expect(tasksOf(change, afterAll)).toEqual([]);
    }),
  );
});

test("never skips a copy that may be older than the profile", () => {
  fc.assert(
    fc.property(maybe(anyAvailability), anyAvailability, (a, b) => {
      const [before, after] = [a && { ...availability, ...a }, { ...availability, ...b }];
      const isNewCopy = before === undefined || before.ownerRevision !== after.ownerRevision;
      if (isNewCopy) expect(kinds(ofAvailability(before, after))).toContain("refresh-availability");
    }),
  );
});
