import { expect, test } from "vitest";
import { bookAvailability } from "../availabilities/index.ts";
import { day, hour, shift } from "../instant.ts";
import { cancelMeeting } from "../meetings/index.ts";
import {
  book,
  checkInvariants,
  newMember,
  now,
  postWindow,
  windowInput,
  wiredDatabase,
} from "../testing/index.ts";

/** An hour around the midnight (UTC) after next, moved by so much. */
function aroundMidnight(milliseconds: number): { startTime: string; endTime: string } {
  const midnight = `${shift(now.toISOString(), 2 * day).slice(0, 10)}T00:00:00.000Z`;
  const startTime = shift(midnight, milliseconds - hour / 2);
  return { startTime, endTime: shift(startTime, hour) };
}

test("meetings that overlap across midnight are refused, also both at once; back to back they are not", async () => {
  const [host, other, member] = await Promise.all([newMember(), newMember(), newMember()]);
  const [before, after, next] = await Promise.all([
    postWindow(host, aroundMidnight(0)),
    postWindow(other, aroundMidnight(hour / 2)),
    postWindow(other, aroundMidnight(hour)),
  ]);
  const outcomes = await Promise.allSettled(
    [before, after].map((window) => bookAvailability(member, window)),
  );
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { reason: "OVERLAPS_MEETING" },
  });
  const [won] = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? outcome.value : []));
  await cancelMeeting(member, { id: won?.id ?? "" });
  await bookAvailability(member, before);
  await bookAvailability(member, next);
  await expect(bookAvailability(member, after)).rejects.toMatchObject({ reason: "OVERLAPS_MEETING" });
  await checkInvariants([host, other, member]);
});

test("what a booking rests on is read by key: beside a transaction, a Query may miss what has been committed", async () => {
  const operations: string[] = [];
  const database = wiredDatabase((operation, send) => {
    operations.push(operation);
    return send();
  });
  const asked = async (given: object, choice: { startTime?: string } = {}) => {
    const [host, member] = await Promise.all([newMember(), newMember()]);
    const window = await postWindow(host, given);
    await book({ ...member, database }, window, choice);
    return operations.splice(0);
  };
  const [read, write] = ["BatchGetItem", "TransactWriteItems"];
  const { startTime } = windowInput();
  expect(await asked({ startTime }, { startTime })).toEqual([read, write]);
  // When it will be stands in the window alone, or the meeting goes on into another day than that of its start.
  expect(await asked({ startTime })).toEqual([read, read, write]);
  const overMidnight = aroundMidnight(0);
  expect(await asked(overMidnight, { startTime: overMidnight.startTime })).toEqual([read, read, write]);
});
