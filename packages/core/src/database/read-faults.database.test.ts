/** Reads during faults that DynamoDB Local cannot produce: throttling, failures, and keys left unread. */
import type { Readable } from "node:stream";
import { json } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { listAvailabilities } from "../availabilities/index.ts";
import { getCalendar } from "../calendar/index.ts";
import { hour, shift } from "../instant.ts";
import { listMeetings } from "../meetings/index.ts";
import {
  answer,
  book,
  dropped,
  errorAnswer,
  newMember,
  newMembers,
  postAvailability,
  rejection,
  testDatabase,
  wiredDatabase,
} from "../testing/index.ts";
import { getUser } from "../users/index.ts";
import { batchGet } from "./batch-get.ts";
import { createDatabase } from "./database.ts";
import { isUnavailable } from "./unavailable.ts";

describe("reads are unavailable", () => {
  test.concurrent.each([
    ["throttled", () => Promise.resolve(errorAnswer("ThrottlingException"))],
    ["failing", () => Promise.resolve(errorAnswer("InternalServerError", {}, 500))],
    ["cut off", () => Promise.reject(dropped())],
  ])("if the database is %s permanently", async (_, fault) => {
    const member = await newMember();
    const ctx = { ...member, database: wiredDatabase(fault) };
    const calls = [getUser(ctx, {}), listMeetings(ctx, { limit: 1 }), book(ctx, { owner: "a", id: "b" })].map(
      rejection,
    );
    for (const error of await Promise.all(calls)) expect(error).toSatisfy(isUnavailable);
  });

  test("if nothing listens at the endpoint", async () => {
    const member = await newMember();
    const endpoint = process.env["AWS_ENDPOINT_URL_DYNAMODB"];
    // Nothing listens on port 9 (discard).
    process.env["AWS_ENDPOINT_URL_DYNAMODB"] = "http://127.0.0.1:9";
    try {
      const database = createDatabase({ ...testDatabase().names });
      expect(await rejection(getUser({ ...member, database }, {}))).toSatisfy(isUnavailable);
    } finally {
      process.env["AWS_ENDPOINT_URL_DYNAMODB"] = endpoint;
    }
  });
});

describe("keys that a batch read leaves unread", () => {
  test("are requested again until all are read", async () => {
    const owner = await newMember();
    const availabilities = await Promise.all([
      postAvailability(owner),
      postAvailability(owner),
      postAvailability(owner),
    ]);
    let left = 2;
    const database = wiredDatabase(async (operation, send, input) => {
      if (operation !== "BatchGetItem" || left-- <= 0) return send();
      return answer({ Responses: {}, UnprocessedKeys: JSON.parse(input).RequestItems });
    });
    const { items } = await listAvailabilities({ ...owner, database }, { limit: 25 });
    expect(items).toHaveLength(availabilities.length);
    expect(left).toBeLessThan(0);
  });

  test("every time make the call unavailable", async () => {
    const owner = await newMember();
    await postAvailability(owner);
    const database = wiredDatabase(async (operation, send, input) =>
      operation === "BatchGetItem"
        ? answer({ Responses: {}, UnprocessedKeys: JSON.parse(input).RequestItems })
        : send(),
    );
    expect(await rejection(listAvailabilities({ ...owner, database }, { limit: 25 }))).toSatisfy(
      isUnavailable,
    );
  });
});

test("a batch read takes more keys than one request allows, of several tables, and leaves out missing items", async () => {
  const members = await newMembers(120);
  const availability = await postAvailability(members[0] ?? (await newMember()));
  const found = await batchGet(testDatabase(), {
    Users: [...members.map(({ actor }) => ({ username: actor.username })), { username: "nobody" }],
    Availabilities: [{ owner: availability.owner, id: availability.id }],
    Meetings: [{ id: "none" }],
  });
  expect(new Set(found.Users.map((user) => user["username"]))).toEqual(
    new Set(members.map(({ actor }) => actor.username)),
  );
  expect(found.Availabilities).toMatchObject([{ id: availability.id }]);
  expect(found.Meetings).toEqual([]);
});

test("returns an availability once that moves while the calendar is read and is found at both times", async () => {
  const owner = await newMember();
  const availability = await postAvailability(owner);
  // A Query is not a snapshot: it may read an entry both before and after it moved.
  const database = wiredDatabase(async (operation, send) => {
    const answered = await send();
    if (operation !== "Query") return answered;
    const body = (await json(answered.body as Readable)) as { Items: Record<string, { S: string }>[] };
    const moved = body.Items.map((item) => ({
      ...item,
      entry: { S: `window#${shift(availability.startTime, hour)}#${availability.id}` },
    }));
    return answer({ ...body, Items: [...body.Items, ...moved] });
  });
  const ctx = { ...owner, database };
  const span = { from: availability.startTime, to: shift(availability.startTime, 9 * hour) };
  expect((await getCalendar(ctx, span)).availabilities).toEqual([availability]);
  expect((await listAvailabilities(ctx, { limit: 25 })).items).toEqual([availability]);
});
