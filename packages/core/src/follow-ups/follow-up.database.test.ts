import { PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getAvailability, setAvailability } from "../availabilities/index.ts";
import { findAvailability } from "../availabilities/repository.ts";
import { cancelMeeting } from "../booking/index.ts";
import type { Cohort } from "../community/schema.ts";
import { systemActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import { forEachOf } from "../database/for-each-of.ts";
import { metered } from "../database/meter.ts";
import { day, hour, shift } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import { findMeeting } from "../meetings/repository.ts";
import { refreshCopies } from "../profile/refresh-copies.ts";
import {
  after,
  availabilityInput,
  book,
  checkInvariants,
  errorAnswer,
  findViolations,
  followUpAll,
  interleave,
  later,
  newMembers,
  noSignIns,
  now,
  outcomeOf,
  postAvailability,
  testDatabase,
  useStreams,
  watchStreams,
  wiredDatabase,
} from "../testing/index.ts";
import { setUser } from "../users/index.ts";
import { closeUser, findUser } from "../users/repository.ts";
import { followUp, readChange } from "./index.ts";

useStreams();

/** An owner with a group in which a member has a seat, and the owner's own seat with another. */
async function booked() {
  const [owner, member, host] = await newMembers(3);
  const availability = await postAvailability(owner, { maxParticipants: 3, cohorts: ["White", "Yellow"] });
  const meeting = await book(member, availability);
  const elsewhere = await postAvailability(host, { startTime: after(host, 3 * day) });
  const seat = await book(owner, elsewhere);
  return { owner, member, host, availability, meeting, elsewhere, seat, members: [owner, member, host] };
}

describe("a new name, cohort and link", () => {
  test("show wherever they are copied ahead: availabilities, openings, seats, meetings", async () => {
    const { owner, member, availability, meeting, elsewhere, seat, members } = await booked();
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

  test("do not reach what is over", async () => {
    const { owner, availability, meeting, seat } = await booked();
    await setUser(owner, { displayName: "New", cohort: "Black" });
    const then = later(owner, 2 * day);
    await refreshCopies(then, owner.actor.username);
    expect(await getAvailability(owner, availability)).toMatchObject({
      ownerDisplayName: "A member",
      ownerCohort: "White",
    });
    expect(await getMeeting(owner, meeting)).toMatchObject({ ownerDisplayName: "A member" });
    // This one begins later.
    expect(await getMeeting(owner, seat)).toMatchObject({ participantDisplayName: "New" });
  });

  test("reach what goes on, and no canceled meeting", async () => {
    const { owner, member, availability, meeting, seat } = await booked();
    await cancelMeeting(member, meeting);
    await setUser(owner, { displayName: "New" });
    const during = later(owner, day + hour / 2);
    await refreshCopies(during, owner.actor.username);
    expect(await getAvailability(owner, availability)).toMatchObject({ ownerDisplayName: "New" });
    expect(await getMeeting(owner, meeting)).toMatchObject({ ownerDisplayName: "A member" });
    expect(await getMeeting(owner, seat)).toMatchObject({ participantDisplayName: "New" });
  });

  test("cost the call itself one request, and a repeated run a few reads and no write", async () => {
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

  test("are read page by page", async () => {
    const [owner] = await newMembers(1);
    const starts = Array.from({ length: 205 }, (_, at) => after(owner, day + at * hour));
    await forEachOf(starts, (startTime) => postAvailability(owner, { startTime }));
    await setUser(owner, { displayName: "New", cohort: "Black" });
    await refreshCopies(owner, owner.actor.username);
    await checkInvariants([owner]);
  });

  test("reach the rest when a run that was cut off is repeated", async () => {
    const { owner, members } = await booked();
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

test("the newer of two names stays wherever the run of the older comes in between", async () => {
  const places = await interleave(async (database, meanwhile) => {
    const { owner, members } = await booked();
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

describe("beside a new name, by the records of the streams alone", () => {
  type Verb = (member: MemberContext, given: Awaited<ReturnType<typeof booked>>) => Promise<unknown>;

  test.each<[string, "owner" | "host" | "member", Verb]>([
    ["a posting", "owner", (owner) => postAvailability(owner, { startTime: after(owner, 5 * day) })],
    ["a booking", "host", (host, { availability }) => book(host, availability)],
    ["a cancelation", "member", (member, { meeting }) => cancelMeeting(member, meeting)],
    [
      "an edit that moves the open time",
      "host",
      async (host) => {
        const availability = await postAvailability(host, { startTime: after(host, 8 * day) });
        await setAvailability(
          host,
          availabilityInput({ id: availability.id, startTime: shift(availability.startTime, -hour) }),
        );
      },
    ],
    [
      "an edit of a booked group's place",
      "owner",
      (owner, { availability }) =>
        setAvailability(
          owner,
          availabilityInput({
            id: availability.id,
            maxParticipants: 3,
            cohorts: ["White", "Yellow"],
            location: "Dojo 2",
            link: "https://meet.example/2",
          }),
        ),
    ],
  ])("%s shows it", async (_, who, verb) => {
    const places = await interleave(async (database, meanwhile) => {
      const streams = await watchStreams();
      const given = await booked();
      meanwhile(async () => {
        await setUser(given[who], { displayName: "Newer", cohort: "Yellow" });
        await refreshCopies(given[who], given[who].actor.username);
      });
      await verb({ ...given[who], database }, given);
      // The record of the new name was followed up before the verb had ended: its own records must do.
      const records = await streams.read(given.members);
      const ofUsers = records.filter((record) => readChange(database, record).table === "Users");
      expect(ofUsers.length).toBeGreaterThan(0);
      await followUpAll(
        records.filter((record) => !ofUsers.includes(record)),
        now,
      );
      await checkInvariants(given.members);
    });
    expect(places).toBeGreaterThan(1);
  });

  const names = fc.constantFrom("Ann", "Bea", "Cal");
  const cohorts = fc.constantFrom<Cohort>("White", "Yellow", "Green");
  const who = fc.nat(2);
  const action = fc.oneof(
    fc.record({ kind: fc.constant("rename" as const), who, displayName: names, cohort: cohorts }),
    fc.record({ kind: fc.constant("post" as const), who, at: fc.nat(5) }),
    fc.record({ kind: fc.constant("book" as const), who, at: fc.nat(5) }),
    fc.record({ kind: fc.constant("cancel" as const), who, at: fc.nat(5) }),
    fc.record({
      kind: fc.constant("edit" as const),
      who,
      at: fc.nat(5),
      location: fc.constantFrom("A", "B"),
    }),
  );

  test("whatever runs at once: in any order, in any batches, twice, they bring all copies to the profiles' last state", async () => {
    const open = { maxParticipants: 3, cohorts: ["White", "Yellow", "Green"] as Cohort[] };
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(action, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 4 }),
        fc.integer({ min: 1, max: 30 }),
        fc.infiniteStream(fc.nat()),
        async (rounds, batchSize, random) => {
          const streams = await watchStreams();
          const members = await newMembers(3);
          const member = (at: number) => members[at] as MemberContext;
          const availabilities = await Promise.all(
            members.map((owner, at) =>
              postAvailability(owner, { ...open, startTime: after(owner, (at + 1) * day) }),
            ),
          );
          const meetings: { id: string }[] = [];
          const run = async (each: (typeof rounds)[0][0]) => {
            const ctx = member(each.who);
            if (each.kind === "rename") {
              return setUser(ctx, { displayName: each.displayName, cohort: each.cohort });
            }
            if (each.kind === "post") {
              return availabilities.push(
                await postAvailability(ctx, { ...open, startTime: after(ctx, (each.at + 5) * day) }),
              );
            }
            const availability = availabilities[each.at % availabilities.length];
            const meeting = meetings[each.at % Math.max(meetings.length, 1)];
            if (each.kind === "cancel") return meeting && cancelMeeting(ctx, meeting);
            if (!availability) return undefined;
            if (each.kind === "book") return meetings.push(await book(ctx, availability));
            const { id, startTime } = availability;
            return setAvailability(
              ctx,
              availabilityInput({ ...open, id, startTime, location: each.location }),
            );
          };
          for (const round of rounds) await Promise.all(round.map((each) => outcomeOf(run(each))));

          const records = await streams.read(members);
          const twice = [...records, ...records]
            .map((record) => ({ record, place: random.next().value ?? 0 }))
            .sort((a, b) => a.place - b.place)
            .map(({ record }) => record);
          await followUpAll(twice, now, batchSize);
          expect(await findViolations(members)).toEqual([]);
        },
      ),
      { numRuns: 12 },
    );
  });
});

test("an edit whose process dies before the last meetings are told is ended by its record", async () => {
  const streams = await watchStreams();
  const { owner, availability, members } = await booked();
  const meeting = await book(members[2] as MemberContext, availability);
  const edit = {
    id: availability.id,
    maxParticipants: 3,
    location: "Dojo 2",
    link: "https://meet.example/2",
  };
  const record = await findMeeting(testDatabase(), meeting.id);
  await setAvailability(owner, availabilityInput({ ...edit, description: "Bring water" }));
  // As it was before the edit.
  const { database } = owner;
  await database.client.send(new PutCommand({ TableName: database.names.Meetings, Item: record }));
  await followUpAll(await streams.read(members), now);
  expect(await findMeeting(testDatabase(), meeting.id)).toMatchObject({
    location: "Dojo 2",
    link: "https://meet.example/2",
    description: "Bring water",
  });
  await checkInvariants(members);
});

test("what fails is told by its place, and all else is done", async () => {
  const streams = await watchStreams();
  const [a, b] = await newMembers(2);
  for (const member of [a, b]) await postAvailability(member);
  const [renamed] = await newMembers(1);
  await setUser(a, { displayName: "New" });
  await setUser(b, { displayName: "New" });
  const records = await streams.read([a, b, renamed]);
  const changes = records.map((record) => readChange(testDatabase(), record));
  const database = wiredDatabase(async (operation, send, input) =>
    operation === "UpdateItem" && input.includes(a.actor.username)
      ? errorAnswer("AccessDeniedException")
      : send(),
  );
  const failures = await followUp(
    { now, database, actor: systemActor("follow-up"), signIns: noSignIns },
    changes,
  );
  expect(failures.length).toBeGreaterThan(0);
  for (const { index } of failures) expect(JSON.stringify(changes[index])).toContain(a.actor.username);
  expect(await findViolations([b])).toEqual([]);
  expect(await findViolations([a])).not.toEqual([]);
  expect(
    await followUp(
      { now, database: testDatabase(), actor: systemActor("follow-up"), signIns: noSignIns },
      changes,
    ),
  ).toEqual([]);
  await checkInvariants([a, b]);
});

test("a record of another table is refused", () => {
  const record = { eventSourceARN: "arn:aws:dynamodb:us-east-1:1:table/other/stream/2026", dynamodb: {} };
  expect(() => readChange(testDatabase(), record)).toThrow("Nothing follows");
});

test("what is posted and booked beside the deletion of an account goes with it", async () => {
  const streams = await watchStreams();
  const [leaving, host, guest] = await newMembers(3);
  const theirs = await postAvailability(host, { startTime: after(host, 3 * day) });
  // The booking has read its two people when one of them leaves.
  let isClosed = false;
  const database = wiredDatabase(async (operation, send) => {
    if (operation === "TransactWriteItems" && !isClosed) {
      isClosed = true;
      await closeUser(testDatabase(), leaving.actor.username, now);
    }
    return send();
  });
  const seat = await book({ ...leaving, database }, theirs);
  expect(await findMeeting(testDatabase(), seat.id)).toMatchObject({ status: "SCHEDULED" });
  await followUpAll(await streams.read([leaving, host, guest]), now);
  expect(await getMeeting(host, seat)).toMatchObject({
    status: "CANCELED",
    participantDisplayName: "Former member",
    cancelReason: "This member has left.",
  });
  expect(await findUser(testDatabase(), leaving.actor.username)).toMatchObject({
    deletedAt: now.toISOString(),
  });
  expect(await getAvailability(guest, theirs)).toMatchObject({ status: "SCHEDULED", participants: [] });
  await checkInvariants([host, guest]);
});
