import { after, clockOfItsOwn, newMember, newMembers, postAvailability } from "@kumite/core/testing";
import { describe, expect, test } from "vitest";
import type { CallRecord } from "./server.ts";
import { as, availabilityOf, key, over } from "./testing/callers.ts";

const hour = 3_600_000;
const day = 24 * hour;

describe("each procedure, called by a member", () => {
  test("user.get and user.set", async () => {
    const [me, other] = await newMembers(2);
    const api = as(me);
    const own = await api.user.set({ timezone: "America/St_Johns", bio: "Hello" });
    expect(own).toMatchObject({ username: me.actor.username, timezone: "America/St_Johns" });
    expect(await api.user.get()).toEqual(own);
    expect(await api.user.get({})).toEqual(own);
    expect(await api.user.get({ username: me.actor.username })).toEqual(own);
    const seen = await as(other).user.get({ username: me.actor.username });
    expect(Object.keys(seen).toSorted()).toEqual([
      "bio",
      "cohort",
      "discordUsername",
      "displayName",
      "memberSince",
      "timezone",
      "username",
    ]);
  });

  test("availability.set, get, list and delete", async () => {
    const [owner, other] = await newMembers(2);
    const api = as(owner);
    const availability = await api.availability.set(availabilityOf(owner));
    expect(Object.keys(availability).toSorted()).toEqual([
      "bookings",
      "cohorts",
      "createdAt",
      "description",
      "durationMinutes",
      "endTime",
      "id",
      "location",
      "maxParticipants",
      "owner",
      "ownerCohort",
      "ownerDisplayName",
      "participants",
      "startTime",
      "status",
      "taken",
      "types",
      "updatedAt",
    ]);
    const edited = await api.availability.set({
      ...availabilityOf(owner),
      id: availability.id,
      description: "New",
    });
    expect(edited).toEqual({ ...availability, description: "New" });
    expect(await as(other).availability.get(key(availability))).toEqual(edited);
    expect(await api.availability.list()).toEqual({ items: [edited] });
    expect(await api.availability.list({ limit: 1 })).toEqual({ items: [edited] });
    expect(await api.availability.delete({ id: availability.id })).toEqual(edited);
    expect(await api.availability.list()).toEqual({ items: [] });
  });

  test("availability.set, twice with one idempotency key", async () => {
    const api = as(await newMember());
    const input = {
      ...availabilityOf(await newMember()),
      idempotencyKey: "5f0c7f4e-4b8e-4d3c-9a57-0f8f8f3f7f10",
    };
    const availability = await api.availability.set(input);
    expect(availability).not.toHaveProperty("idempotencyKey");
    expect(await api.availability.set(input)).toEqual(availability);
    expect(await api.availability.list()).toEqual({ items: [availability] });
  });

  test("availability.search and book, meeting.get, list and cancel, calendar.get", async () => {
    const now = clockOfItsOwn();
    const [owner, member] = await newMembers(2, { now });
    const availability = await as(owner).availability.set(availabilityOf(owner));
    const span = { from: now.toISOString(), to: after(owner, 7 * day) };
    const api = as(member);
    expect(await api.availability.search(span)).toEqual({ items: [availability] });
    const meeting = await api.availability.book(key(availability));
    expect(meeting).toMatchObject({
      owner: owner.actor.username,
      participant: member.actor.username,
      status: "SCHEDULED",
    });
    expect(
      await api.availability.book({ ...key(availability), startTime: availability.startTime, type: "kata" }),
    ).toEqual(meeting);
    expect(await api.availability.search(span)).toEqual({ items: [] });
    for (const person of [owner, member]) {
      expect(await as(person).meeting.get({ id: meeting.id })).toEqual(meeting);
      expect(await as(person).meeting.list()).toEqual({ items: [meeting] });
      expect((await as(person).calendar.get(span)).meetings).toEqual([meeting]);
    }
    const canceled = await api.meeting.cancel({ id: meeting.id, reason: "A cold" });
    expect(canceled).toMatchObject({
      status: "CANCELED",
      canceledBy: member.actor.username,
      cancelReason: "A cold",
    });
    expect((await as(owner).calendar.get(span)).availabilities).toMatchObject([
      { id: availability.id, status: "SCHEDULED" },
    ]);
    expect(await api.meeting.list()).toEqual({ items: [canceled] });
  });

  test("pages, with a cursor that works only for its member", async () => {
    const [owner, other] = await newMembers(2);
    const api = as(owner);
    for (const at of [1, 2, 3]) await postAvailability(owner, { startTime: after(owner, at * day) });
    const first = await api.availability.list({ limit: 2 });
    expect(first.items).toHaveLength(2);
    const second = await api.availability.list({ limit: 2, cursor: first.cursor });
    expect(second.items).toHaveLength(1);
    expect(second).not.toHaveProperty("cursor");
    const foreign = await over(other, "availability.list", { limit: 2, cursor: first.cursor });
    expect(foreign).toMatchObject({
      status: 400,
      error: { data: { code: "BAD_REQUEST", fieldErrors: { cursor: [expect.any(String)] } } },
    });
  });
});

test("a call is recorded once, without input, name or token", async () => {
  const member = await newMember({ displayName: "Secret Name" });
  const records: CallRecord[] = [];
  await as(member, records).user.set({ bio: "A secret bio" });
  expect(records).toEqual([
    {
      procedure: "user.set",
      type: "mutation",
      outcome: "OK",
      reason: undefined,
      durationMs: expect.any(Number),
      requestId: "a-request",
      caller: expect.stringMatching(/^[\w-]{16}$/),
      requests: 1,
      units: 1,
    },
  ]);
  expect(JSON.stringify(records)).not.toMatch(/secret/i);
  expect(JSON.stringify(records)).not.toContain(member.actor.username);
});
