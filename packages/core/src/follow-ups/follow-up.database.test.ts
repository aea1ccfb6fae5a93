import { PutCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { getAvailability, setAvailability } from "../availabilities/index.ts";
import { cancelMeeting } from "../booking/index.ts";
import type { Cohort } from "../community/ids.ts";
import { systemActor } from "../context/actor.ts";
import type { MemberContext } from "../context/context.ts";
import { day, hour, shift } from "../instant.ts";
import { getMeeting } from "../meetings/index.ts";
import { findMeeting } from "../meetings/repository.ts";
import { refreshCopies } from "../profile/refresh-copies.ts";
import { bookedPeople } from "../testing/booked-people.ts";
import {
  after,
  availabilityInput,
  book,
  checkInvariants,
  errorAnswer,
  findViolations,
  followUpAll,
  interleave,
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

describe("concurrent changes and a new name, followed up only from stream records", () => {
  type Verb = (member: MemberContext, given: Awaited<ReturnType<typeof bookedPeople>>) => Promise<unknown>;

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
  ])("%s shows the new name", async (_, who, verb) => {
    const places = await interleave(async (database, meanwhile) => {
      const streams = await watchStreams();
      const given = await bookedPeople();
      meanwhile(async () => {
        await setUser(given[who], { displayName: "Newer", cohort: "Yellow" });
        await refreshCopies(given[who], given[who].actor.username);
      });
      await verb({ ...given[who], database }, given);
      // The new name was followed up before the verb ended, so the verb's own records must be enough.
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

  test("records of random concurrent actions, in any order and batches, each twice: all copies show the latest profiles", async () => {
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

test("an edit whose process stops before the last meetings are updated is completed by its stream record", async () => {
  const streams = await watchStreams();
  const { owner, availability, members } = await bookedPeople();
  const meeting = await book(members[2] as MemberContext, availability);
  const edit = {
    id: availability.id,
    maxParticipants: 3,
    location: "Dojo 2",
    link: "https://meet.example/2",
  };
  const record = await findMeeting(testDatabase(), meeting.id);
  await setAvailability(owner, availabilityInput({ ...edit, description: "Bring water" }));
  // Restores the meeting as it was before the edit.
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

test("reports failures by their index, and does everything else", async () => {
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

test("refuses a record of another table", () => {
  const record = { eventSourceARN: "arn:aws:dynamodb:us-east-1:1:table/other/stream/2026", dynamodb: {} };
  expect(() => readChange(testDatabase(), record)).toThrow("No follow-up for");
});

test("what a member books while the account is being deleted is also canceled", async () => {
  const streams = await watchStreams();
  const [leaving, host, guest] = await newMembers(3);
  const theirs = await postAvailability(host, { startTime: after(host, 3 * day) });
  // The booking has already read both people when one of them leaves.
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
