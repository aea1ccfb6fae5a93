import { describe, expect, test } from "vitest";
import { getAvailability } from "../availabilities/index.ts";
import { findAvailability } from "../availabilities/repository.ts";
import { cancelMeeting } from "../booking/index.ts";
import { forEachOf } from "../database/for-each-of.ts";
import { metered } from "../database/meter.ts";
import { day, hour } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import { bookedPeople } from "../testing/booked-people.ts";
import {
  after,
  checkInvariants,
  errorAnswer,
  findViolations,
  interleave,
  later,
  newMembers,
  postAvailability,
  testDatabase,
  wiredDatabase,
} from "../testing/index.ts";
import { setUser } from "../users/index.ts";
import { refreshCopies } from "./refresh-copies.ts";

describe("a new name, cohort and link", () => {
  test("reach all future copies: availabilities, openings, seats, meetings", async () => {
    const { owner, member, availability, meeting, elsewhere, seat, members } = await bookedPeople();
    const profile = { displayName: "New", cohort: "Black", defaultLink: "https://meet.example/new" } as const;
    await setUser(owner, profile);
    expect(await findViolations(members)).not.toEqual([]);
    await refreshCopies(owner, owner.actor.username);
    await checkInvariants(members);
    expect(await getAvailability(member, availability)).toMatchObject({
      ownerDisplayName: "New",
      ownerCohort: "Black",
    });
    expect(await getMeeting(member, meeting)).toMatchObject({
      ownerDisplayName: "New",
      link: "https://meet.example/new",
    });
    expect(await getMeeting(owner, seat)).toMatchObject({ participantDisplayName: "New" });
    expect(await findAvailability(testDatabase(), elsewhere)).toMatchObject({
      seats: { [owner.actor.username]: { displayName: "New", cohort: "Black" } },
    });
  });

  test("do not reach availabilities and meetings that are over", async () => {
    const { owner, availability, meeting, seat } = await bookedPeople();
    await setUser(owner, { displayName: "New", cohort: "Black" });
    const then = later(owner, 2 * day);
    await refreshCopies(then, owner.actor.username);
    expect(await getAvailability(owner, availability)).toMatchObject({
      ownerDisplayName: "A member",
      ownerCohort: "White",
    });
    expect(await getMeeting(owner, meeting)).toMatchObject({ ownerDisplayName: "A member" });
    // This one starts later.
    expect(await getMeeting(owner, seat)).toMatchObject({ participantDisplayName: "New" });
  });

  test("reach an availability in progress, but no canceled meeting", async () => {
    const { owner, member, availability, meeting, seat } = await bookedPeople();
    await cancelMeeting(member, meeting);
    await setUser(owner, { displayName: "New" });
    const during = later(owner, day + hour / 2);
    await refreshCopies(during, owner.actor.username);
    expect(await getAvailability(owner, availability)).toMatchObject({ ownerDisplayName: "New" });
    expect(await getMeeting(owner, meeting)).toMatchObject({ ownerDisplayName: "A member" });
    expect(await getMeeting(owner, seat)).toMatchObject({ participantDisplayName: "New" });
  });

  test("cost the call itself one request, and a repeated run only a few reads", async () => {
    const [owner] = await newMembers(1);
    for (let at = 0; at < 12; at++)
      await postAvailability(owner, { startTime: after(owner, day + at * hour) });
    const { database, consumed } = metered(testDatabase());
    await setUser({ ...owner, database }, { displayName: "New", cohort: "Black" });
    expect(consumed().requests).toBe(1);
    await refreshCopies(owner, owner.actor.username);
    const again = metered(testDatabase());
    await refreshCopies({ ...owner, database: again.database }, owner.actor.username);
    expect(again.consumed().requests).toBe(4);
  });

  test("reach more copies than one page has", async () => {
    const [owner] = await newMembers(1);
    const starts = Array.from({ length: 205 }, (_, at) => after(owner, day + at * hour));
    await forEachOf(starts, (startTime) => postAvailability(owner, { startTime }));
    await setUser(owner, { displayName: "New", cohort: "Black" });
    await refreshCopies(owner, owner.actor.username);
    await checkInvariants([owner]);
  });

  test("reach the remaining copies when a failed run is repeated", async () => {
    const { owner, members } = await bookedPeople();
    await setUser(owner, { displayName: "New", cohort: "Black" });
    let writes = 0;
    const failing = wiredDatabase(async (operation, send) => {
      const isWrite = operation === "UpdateItem" || operation === "TransactWriteItems";
      return isWrite && ++writes > 1 ? errorAnswer("AccessDeniedException") : send();
    });
    await expect(refreshCopies({ ...owner, database: failing }, owner.actor.username)).rejects.toThrow(
      "AccessDenied",
    );
    expect(await findViolations(members)).not.toEqual([]);
    await refreshCopies(owner, owner.actor.username);
    await checkInvariants(members);
  });
});

test("the newer of two names stays, whenever it arrives while the older one is copied", async () => {
  const places = await interleave(async (database, meanwhile) => {
    const { owner, members } = await bookedPeople();
    await setUser(owner, { displayName: "Older", cohort: "Black" });
    meanwhile(async () => {
      await setUser(owner, { displayName: "Newer", cohort: "Green" });
      await refreshCopies(owner, owner.actor.username);
    });
    await refreshCopies({ ...owner, database }, owner.actor.username);
    await checkInvariants(members);
  });
  expect(places).toBeGreaterThan(8);
});
