/** How calendar entries are written, and which of them a span finds. */
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { ConflictError, type TransactItem, transact } from "../database/transact.ts";
import { day, hour, shift } from "../instant.ts";
import { testDatabase } from "../testing/database.ts";
import { availabilityRecord, now } from "../testing/records.ts";
import { meetingRecord } from "../testing/stored-meetings.ts";
import { answer, wiredDatabase } from "../testing/wire.ts";
import {
  addMeetingEntry,
  cancelMeetingEntry,
  deleteAvailabilityEntry,
  listEntries,
  listLatestCanceled,
  putAvailabilityEntry,
} from "./repository.ts";

const database = testDatabase();

/** The instant this many hours after the clock. */
function at(hours: number): string {
  return shift(now.toISOString(), hours * hour);
}

async function write(...items: TransactItem[]): Promise<void> {
  await transact(database, { ...items });
}

function meetingAt(from: number, to = from + 1, given: Parameters<typeof meetingRecord>[0] = {}) {
  return meetingRecord({ startTime: at(from), endTime: at(to), ...given });
}

/** The ids of a member's entries. */
async function ids(...[username, kind, span = {}, page]: Parameters<typeof find>): Promise<string[]> {
  return (await find(username, kind, span, page)).map(({ id }) => id);
}

function find(
  username: string,
  kind: "canceled" | "meeting" | "availability",
  span: Parameters<typeof listEntries>[3] = {},
  page?: Parameters<typeof listEntries>[4],
) {
  return listEntries(database, username, kind, span, page);
}

/** The database, and a record of the requests sent to it. */
function watched() {
  const inputs: Record<string, unknown>[] = [];
  const wired = wiredDatabase((_, send, input) => {
    inputs.push(JSON.parse(input));
    return send();
  });
  return { database: wired, inputs };
}

describe("an entry", () => {
  test("of a meeting moves to the canceled entries, and only once", async () => {
    const username = randomUUID();
    const { id, availabilityId, startTime, endTime, ...meeting } = meetingAt(1);
    const times = { id, availabilityId, startTime, endTime };
    await write(addMeetingEntry(database, username, { ...meeting, ...times }));
    const entry = (kind: string) => ({ username, entry: `${kind}#${startTime}#${id}`, ...times });
    expect(await find(username, "meeting")).toEqual([{ ...entry("meeting"), status: "SCHEDULED" }]);
    expect(await find(username, "canceled")).toEqual([]);
    const items = cancelMeetingEntry(database, username, times);
    await transact(database, items);
    expect(await find(username, "meeting")).toEqual([]);
    expect(await find(username, "canceled")).toEqual([{ ...entry("canceled"), status: "CANCELED" }]);
    await expect(transact(database, items)).rejects.toThrow(ConflictError);
  });

  test("can move for both people of a meeting in one transaction", async () => {
    const meeting = meetingAt(1);
    const items = (username: string) => cancelMeetingEntry(database, username, meeting);
    expect(Object.keys({ ...items("one"), ...items("two") })).toHaveLength(4);
  });

  test("of an availability is stored under its owner, and is deleted with it", async () => {
    const availability = availabilityRecord({}, { owner: randomUUID() });
    const { owner, id, startTime, endTime, status, expiresAt } = availability;
    await write(putAvailabilityEntry(database, availability));
    const entry = `window#${startTime}#${id}`;
    const stored = { username: owner, entry, id, startTime, endTime, status, expiresAt };
    expect(await find(owner, "availability")).toEqual([stored]);
    await write(deleteAvailabilityEntry(database, availability));
    expect(await find(owner, "availability")).toEqual([]);
  });

  test("without a stored status is read as scheduled", async () => {
    const availability = availabilityRecord({}, { owner: randomUUID() });
    const { status, ...older } = putAvailabilityEntry(database, availability).Put?.Item ?? {};
    await database.client.send(new PutCommand({ TableName: database.names.Calendar, Item: older }));
    expect(await find(availability.owner, "availability")).toMatchObject([
      { id: availability.id, status: "SCHEDULED" },
    ]);
  });
});

describe("a list of entries", () => {
  test("has the entries of one kind and one member, in order of start and id, with strong consistency", async () => {
    const username = randomUUID();
    const [second, first, third] = [meetingAt(2, 3, { id: "b" }), meetingAt(2, 3, { id: "a" }), meetingAt(4)];
    const canceled = meetingAt(3, 4, { status: "CANCELED" });
    const availability = availabilityRecord({}, { owner: username });
    await write(
      ...[second, first, third, canceled].map((meeting) => addMeetingEntry(database, username, meeting)),
      addMeetingEntry(database, randomUUID(), meetingAt(2)),
      putAvailabilityEntry(database, availability),
    );
    expect(await ids(username, "meeting")).toEqual(["a", "b", third.id]);
    expect(await ids(username, "canceled")).toEqual([canceled.id]);
    expect(await ids(username, "availability")).toEqual([availability.id]);
    const { database: wired, inputs } = watched();
    await listEntries(wired, username, "meeting", {});
    expect(inputs).toMatchObject([{ ConsistentRead: true }]);
    expect(inputs[0]).not.toHaveProperty("Limit");
  });

  test("has the entries that overlap its span; a span without one side is open there", async () => {
    const username = randomUUID();
    const [over, long, inside, after] = [
      meetingAt(1, 3),
      meetingAt(-20, 4),
      meetingAt(4, 5),
      meetingAt(5, 6),
    ];
    await write(
      ...[over, long, inside, after].map((meeting) => addMeetingEntry(database, username, meeting)),
    );
    const found = (from?: number, to?: number) =>
      ids(username, "meeting", {
        ...(from !== undefined && { from: at(from) }),
        ...(to !== undefined && { to: at(to) }),
      });
    expect(await found()).toEqual([long.id, over.id, inside.id, after.id]);
    expect(await found(3)).toEqual([long.id, inside.id, after.id]);
    expect(await found(4)).toEqual([inside.id, after.id]);
    expect(await found(3, 5)).toEqual([long.id, inside.id]);
    expect(await found(undefined, 4)).toEqual([long.id, over.id]);
  });

  test("continues after an entry, and returns at most the given number", async () => {
    const username = randomUUID();
    const meetings = [1, 2, 3, 4, 5].map((from) => meetingAt(from));
    await write(...meetings.map((meeting) => addMeetingEntry(database, username, meeting)));
    const all = meetings.map(({ id }) => id);
    const [, second] = await find(username, "meeting");
    const after = second?.entry ?? "";
    expect(await ids(username, "meeting", {}, { atMost: 2 })).toEqual(all.slice(0, 2));
    expect(await ids(username, "meeting", {}, { atMost: 5 })).toEqual(all);
    expect(await ids(username, "meeting", {}, { after })).toEqual(all.slice(2));
    expect(await ids(username, "meeting", {}, { after, atMost: 2 })).toEqual(all.slice(2, 4));
    // The entry to continue after may be gone by then.
    expect(await ids(username, "meeting", {}, { after: `${after}x`, atMost: 1 })).toEqual(all.slice(2, 3));
  });

  test("reads one entry more than the limit, and ten times as many in each further request while past entries fill the page", async () => {
    const username = randomUUID();
    const over = Array.from({ length: 40 }, () => meetingAt(1));
    const coming = [meetingAt(2), meetingAt(3), meetingAt(4)];
    await write(...[...over, ...coming].map((meeting) => addMeetingEntry(database, username, meeting)));
    const { database: wired, inputs } = watched();
    const entries = await listEntries(wired, username, "meeting", { from: at(2) }, { atMost: 2 });
    expect(entries.map(({ id }) => id)).toEqual(coming.slice(0, 2).map(({ id }) => id));
    expect(inputs.map((input) => input["Limit"])).toEqual([3, 30, 300]);
  });

  test("without a limit is read to its end", async () => {
    const username = randomUUID();
    const [first, second] = [meetingAt(1), meetingAt(2)];
    await write(...[first, second].map((meeting) => addMeetingEntry(database, username, meeting)));
    const [item] = await find(username, "meeting");
    const LastEvaluatedKey = { username: { S: username }, entry: { S: item?.entry ?? "" } };
    let requests = 0;
    // As if the first entry filled what one request reads.
    const wired = wiredDatabase(async (_, send) =>
      requests++ === 0 ? answer({ Items: [LastEvaluatedKey], LastEvaluatedKey }) : send(),
    );
    const entries = await listEntries(wired, username, "meeting", {});
    expect(entries.map(({ entry }) => entry)).toEqual([item?.entry, expect.stringContaining(second.id)]);
    expect(requests).toBe(2);
  });
});

test("listLatestCanceled returns the latest meetings of a span first, by one strongly consistent request", async () => {
  const username = randomUUID();
  const canceled = [1, 2, 3, 30].map((from) => meetingAt(from, from + 1, { status: "CANCELED" }));
  await write(
    ...canceled.map((meeting) => addMeetingEntry(database, username, meeting)),
    addMeetingEntry(database, username, meetingAt(2)),
  );
  const { database: wired, inputs } = watched();
  const span = { from: at(2), to: shift(at(0), day) };
  expect(await listLatestCanceled(wired, username, span)).toEqual(
    [canceled[2], canceled[1]].map((meeting) => ({ id: meeting?.id, startTime: meeting?.startTime })),
  );
  expect(inputs).toMatchObject([{ ConsistentRead: true }]);
});
