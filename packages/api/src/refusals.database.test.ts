import { memberActor } from "@kumite/core/context";
import { after, book, later, newMember, newMembers, postAvailability } from "@kumite/core/testing";
import { describe, expect, test } from "vitest";
import type { CallRecord } from "./server.ts";
import { as, availabilityOf, key, type Member, over } from "./testing/callers.ts";

const hour = 3_600_000;
const day = 24 * hour;

describe("each refusal of the contract", () => {
  async function refused(member: Member, path: string, input: unknown, code: string, reason: string) {
    const records: CallRecord[] = [];
    const { error } = await over(member, path, input, records);
    expect(error).toMatchObject({ data: { code, reason, requestId: "a-request" } });
    // The message is a sentence for people.
    expect(error?.message).toMatch(/^[A-Z].*\.$/);
    expect(records).toMatchObject([{ procedure: path, outcome: code, reason, requestId: "a-request" }]);
    expect(records[0]).not.toHaveProperty("error");
  }

  test("NOT_YOURS", async () => {
    const [owner, member, anonymous] = await newMembers(3);
    const { id } = await book(member, await postAvailability(owner));
    for (const path of ["meeting.get", "meeting.cancel"]) {
      await refused(anonymous, path, { id }, "FORBIDDEN", "NOT_YOURS");
    }
  });

  test("COHORT_NOT_ALLOWED", async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    for (const cohort of ["Black", null] as const) {
      const member = await newMember({ cohort });
      await refused(member, "availability.book", key(availability), "FORBIDDEN", "COHORT_NOT_ALLOWED");
    }
  });

  test("NOT_FOUND", async () => {
    const [member, other] = await newMembers(2);
    const theirs = await postAvailability(other);
    const nothing: [string, unknown][] = [
      ["user.get", { username: "nobody" }],
      ["availability.get", { owner: other.actor.username, id: "none" }],
      ["availability.set", availabilityOf(member, { id: theirs.id })],
      ["availability.delete", { id: theirs.id }],
      ["availability.book", { owner: other.actor.username, id: "none" }],
      ["meeting.get", { id: "none" }],
      ["meeting.cancel", { id: "none" }],
    ];
    for (const [path, input] of nothing) await refused(member, path, input, "NOT_FOUND", "NOT_FOUND");
    // Signed in, but without a user record.
    const nobody = { ...member, actor: memberActor("nobody") };
    for (const [path, input] of [
      ["user.get", undefined],
      ["user.set", { bio: "" }],
      ["availability.set", availabilityOf(member)],
      ["availability.book", key(theirs)],
    ] as const) {
      await refused(nobody, path, input, "NOT_FOUND", "NOT_FOUND");
    }
  });

  test("OWN_AVAILABILITY", async () => {
    const owner = await newMember();
    const availability = await postAvailability(owner);
    await refused(owner, "availability.book", key(availability), "BAD_REQUEST", "OWN_AVAILABILITY");
  });

  test("TYPE_NOT_OFFERED and OUTSIDE_WINDOW", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const other = { ...key(availability), type: "kata" };
    await refused(member, "availability.book", other, "BAD_REQUEST", "TYPE_NOT_OFFERED");
    const outside = { ...key(availability), startTime: availability.endTime };
    await refused(member, "availability.book", outside, "BAD_REQUEST", "OUTSIDE_WINDOW");
  });

  test("IN_THE_PAST", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const past = availabilityOf(owner, { startTime: after(owner, -hour), endTime: after(owner, hour) });
    await refused(owner, "availability.set", past, "BAD_REQUEST", "IN_THE_PAST");
    await refused(
      later(member, 2 * day),
      "availability.book",
      key(availability),
      "BAD_REQUEST",
      "IN_THE_PAST",
    );
    const { id } = await book(member, availability);
    await refused(later(member, 2 * day), "meeting.cancel", { id }, "BAD_REQUEST", "IN_THE_PAST");
  });

  test("ALREADY_BOOKED, OVERLAPS_MEETING and OWNER_BUSY", async () => {
    const [owner, member, other] = await newMembers(3);
    const [availability, same, theirs] = [
      await postAvailability(owner),
      await postAvailability(owner),
      await postAvailability(other),
    ];
    await book(member, availability);
    await refused(other, "availability.book", key(availability), "CONFLICT", "ALREADY_BOOKED");
    await refused(member, "availability.book", key(theirs), "CONFLICT", "OVERLAPS_MEETING");
    await refused(other, "availability.book", key(same), "CONFLICT", "OWNER_BUSY");
  });

  test("HAS_BOOKINGS and ALREADY_CANCELED", async () => {
    const [owner, member] = await newMembers(2);
    const availability = await postAvailability(owner);
    const { id } = await book(member, availability);
    await refused(owner, "availability.delete", { id: availability.id }, "CONFLICT", "HAS_BOOKINGS");
    const edit = availabilityOf(owner, { id: availability.id });
    await refused(owner, "availability.set", edit, "CONFLICT", "HAS_BOOKINGS");
    await as(member).meeting.cancel({ id });
    await refused(owner, "meeting.cancel", { id }, "CONFLICT", "ALREADY_CANCELED");
  });
});
