/**
 * Measures processor time and peak memory of the functions' process for one request with as many calls and as much data
 * as possible. One request at a time, as on Lambda.
 */
import { createDatabase } from "@kumite/core/database";
import { writeAvailabilities, writeMeetings } from "@kumite/core/testing";
import { type Stack, startStack, tableNames } from "@kumite/local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { availability, inMinutes, type Json, join, type Member } from "../contract/client.ts";
import { type Cost, measure } from "./functions-process.ts";
import { send } from "./raw-client.ts";

/** The limits in SECURITY.md, in MB and milliseconds. */
const most: Cost = { memory: 256, busy: 1_000 };

let stack: Stack;
let host: Member;
let guest: Member;
/** A member whose texts are short. */
let plain: Member;
const costs: string[] = [];

const day = 24 * 60;
const year = { from: inMinutes(0), to: inMinutes(360 * day) };

beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  [host, guest, plain] = await Promise.all([join(stack.outputs), join(stack.outputs), join(stack.outputs)]);
  const database = openDatabase();
  const [owner, participant] = [host.username, guest.username];
  await writeMeetings(database, { owner, participant }, { count: 2_000, from: inMinutes(day) });
  await writeMeetings(
    database,
    { owner: plain.username, participant: "nobody" },
    { count: 1_000, from: inMinutes(day), description: "Bring a belt." },
  );
  await writeAvailabilities(database, owner, { count: 3_000, from: inMinutes(60 * day) });
  await writeAvailabilities(database, owner, { count: 150, from: inMinutes(100 * day), seats: 40 });
  // Waits for follow-ups, which are not part of a request's cost.
  await stack.settled();
}, 300_000);
afterAll(async () => {
  await stack.stop();
  process.stdout.write(`Costs of batches\n${costs.join("\n")}\n`);
});

/** Opens the stack's own tables, to write test data without calls of the API. */
function openDatabase() {
  const { dynamoEndpoint, region } = stack.outputs;
  process.env["AWS_ENDPOINT_URL_DYNAMODB"] = dynamoEndpoint;
  process.env["AWS_REGION"] = region;
  process.env["AWS_ACCESS_KEY_ID"] = "test";
  process.env["AWS_SECRET_ACCESS_KEY"] = "test";
  return createDatabase(tableNames(stack.outputs));
}

type Call = readonly [path: string, input: unknown];

/** Sends a batch, expects its cost to be within the limits, and counts the outcomes of its calls. */
async function weigh(by: Member, type: "query" | "mutation", calls: readonly Call[]) {
  const inputs = JSON.stringify(Object.fromEntries(calls.map(([, input], index) => [index, input])));
  const path = `${calls.map(([path]) => path).join()}?batch=1`;
  const headers = { authorization: `Bearer ${by.accessToken}`, "content-type": "application/json" };
  const request =
    type === "query"
      ? { path: `${path}&input=${encodeURIComponent(inputs)}`, headers }
      : { method: "POST", path, headers, body: inputs };
  const [pid] = stack.functionPids();
  if (pid === undefined) throw new Error("The functions' process does not run");
  const { result, cost } = await measure(pid, () => send(stack.outputs.api, request));
  const outcomes: Record<string, number> = {};
  for (const { error } of [result.json].flat()) {
    const outcome = error ? (error.data.reason ?? error.data.code) : "OK";
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (error) expect(error.data.requestId).toEqual(expect.any(String));
  }
  costs.push(
    `${calls.length} × ${calls[0]?.[0]}: ${JSON.stringify(outcomes)}, ${Math.round(cost.busy)} ms, ${Math.round(cost.memory)} MB`,
  );
  expect(cost.memory).toBeLessThan(most.memory);
  expect(cost.busy).toBeLessThan(most.busy);
  // No process is this small: the measurement worked.
  expect(cost.memory).toBeGreaterThan(30);
  expect([200, 207, 413]).toContain(result.status);
  return { outcomes, answers: [result.json].flat() as Json[] };
}

const times = (count: number, call: Call): Call[] => Array.from({ length: count }, () => call);
const each = (count: number, call: (at: number) => Call): Call[] =>
  Array.from({ length: count }, (_, at) => call(at));

describe("a single call is answered", () => {
  test.each<[string, unknown, () => Member]>([
    ["calendar.get", year, () => plain],
    ["calendar.get", { from: inMinutes(0), to: inMinutes(5 * day) }, () => host],
    ["meeting.list", { limit: 100 }, () => host],
    ["availability.list", { limit: 100 }, () => host],
    ["availability.search", { ...year, limit: 100 }, () => guest],
    ["availability.search", { ...year, from: inMinutes(100 * day), limit: 100 }, () => guest],
  ])("%s %j", async (path, input, by) => {
    const { outcomes, answers } = await weigh(by(), "query", [[path, input]]);
    expect(outcomes).toEqual({ OK: 1 });
    const { items, meetings } = answers[0].result.data;
    expect((items ?? meetings).length).toBeGreaterThanOrEqual(100);
  });
});

describe("a permitted batch stays within the limits, and only the calls over the budget fail", () => {
  test.each<[number, string, unknown, () => Member]>([
    [100, "user.get", {}, () => host],
    [80, "meeting.list", { limit: 100 }, () => host],
    [100, "availability.list", { limit: 100 }, () => host],
    [70, "availability.search", { ...year, limit: 100 }, () => guest],
    [70, "availability.search", { ...year, from: inMinutes(100 * day), limit: 100 }, () => guest],
    [70, "availability.search", { ...year, ownerCohorts: ["Black"], limit: 100 }, () => guest],
    [16, "calendar.get", year, () => plain],
    [100, "calendar.get", { from: inMinutes(0), to: inMinutes(3 * day) }, () => host],
  ])("%d × %s %j", async (count, path, input, by) => {
    const { outcomes } = await weigh(by(), "query", times(count, [path, input]));
    const { OK = 0, PAYLOAD_TOO_LARGE = 0, ...others } = outcomes;
    expect(others).toEqual({});
    // The first calls succeed before the budget is used up.
    expect(OK).toBeGreaterThan(0);
    expect(OK + PAYLOAD_TOO_LARGE).toBe(count);
  });

  test("16 × calendar.get, each with more data than an answer may have", async () => {
    expect((await weigh(host, "query", times(16, ["calendar.get", year]))).outcomes).toEqual({
      PAYLOAD_TOO_LARGE: 16,
    });
  });

  const hours = (at: number) => ({
    startTime: inMinutes(200 * day + at * 60),
    endTime: inMinutes(200 * day + at * 60 + 60),
  });
  const post = (at: number): Call => ["availability.set", availability(hours(at))];

  test("100 × availability.set: posts, and edits of one availability in order", async () => {
    const posted = await weigh(plain, "mutation", each(100, post));
    expect(posted.outcomes).toEqual({ OK: 100 });
    const { id } = posted.answers[0].result.data;
    const edit = (at: number): Call => [
      "availability.set",
      availability({ ...hours(0), id, description: `Edit ${at}` }),
    ];
    const edited = await weigh(plain, "mutation", each(100, edit));
    expect(edited.outcomes).toEqual({ OK: 100 });
    const { data } = await plain.query("availability.get", { owner: plain.username, id });
    expect(data.description).toBe("Edit 99");
  });

  test("100 × availability.book, meeting.cancel: exactly the calls that report success take effect", async () => {
    const span = { from: inMinutes(200 * day), to: inMinutes(240 * day), limit: 100 };
    const { items } = (await guest.query("availability.search", span)).data;
    const availabilities = (items as Json[]).filter(({ owner }) => owner === plain.username);
    expect(availabilities).toHaveLength(100);
    const booked = await weigh(
      guest,
      "mutation",
      availabilities.map(({ owner, id }): Call => ["availability.book", { owner, id }]),
    );
    const { OK = 0, PAYLOAD_TOO_LARGE = 0 } = booked.outcomes;
    expect(OK + PAYLOAD_TOO_LARGE).toBe(100);
    expect(OK).toBeGreaterThan(50);
    const { data } = await guest.query("meeting.list", span);
    const ids = booked.answers.flatMap(({ result }) => (result ? [result.data.id] : []));
    expect(data.items.map(({ id }: Json) => id).toSorted()).toEqual(ids.toSorted());

    const same = times(100, ["availability.book", { owner: plain.username, id: availabilities[0].id }]);
    const { [0]: first, ...others } = (await weigh(guest, "mutation", same)).answers;
    for (const { result } of Object.values(others)) expect(result?.data).toEqual(first.result.data);

    const cancel = (at: number): Call => ["meeting.cancel", { id: ids[at], reason: '"'.repeat(500) }];
    const canceled = await weigh(guest, "mutation", each(ids.length, cancel));
    const left = (await guest.query("meeting.list", span)).data.items;
    const standing = left.filter(({ status }: Json) => status === "SCHEDULED");
    expect(standing).toHaveLength(ids.length - (canceled.outcomes["OK"] ?? 0));
  });

  test("100 × user.set", async () => {
    const set = (at: number): Call => ["user.set", { bio: `Bio ${at}` }];
    expect((await weigh(guest, "mutation", each(100, set))).outcomes).toEqual({ OK: 100 });
    expect((await guest.query("user.get")).data.bio).toBe("Bio 99");
  });
});
