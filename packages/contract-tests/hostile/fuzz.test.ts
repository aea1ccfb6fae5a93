/**
 * For any input, the API answers with a result or with an error of the contract. It never answers with a defect, blocks
 * the process or fills its memory. FUZZ_RUNS is the number of inputs for each procedure.
 */
import { randomUUID } from "node:crypto";
import { type Stack, startStack } from "@kumite/local";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { availability, inMinutes, join, type Member } from "../contract/client.ts";
import { expectTyped } from "./expect-typed.ts";
import { measure, peakMemory } from "./functions-process.ts";
import { inputOf, type SeedData } from "./inputs.ts";
import { type InputSchema, procedures } from "./procedures.ts";
import { type RawAnswer, type RawRequest, send } from "./raw-client.ts";
import { addresses, bodies, contentTypes, headerSets, most, oversizedBodies } from "./requests.ts";
import { settle, useOrdinarily } from "./seed.ts";
import { hostileDates, hostileValues, timeZones } from "./values.ts";

const runs = Number(process.env["FUZZ_RUNS"] ?? 100);
/**
 * Peak memory of the whole process in MB, and processor time in ms. weight.test.ts measures permitted requests with
 * much data.
 */
const mostMemory = 256;
const longestBusy = 1_000;

let stack: Stack;
/** Deletion needs the member's name. An earlier input may have changed it to a name that another input guesses. */
async function takeNamesThatNobodyGuesses(): Promise<void> {
  for (const member of members) {
    const { status } = await member.mutate("user.set", { displayName: `Name ${randomUUID()}` });
    expect(status).toBe(200);
  }
}

let members: Member[];
let known: SeedData;
/** The functions' process, which must stay the same from the first request to the last. */
let pid: number;
/** Errors that the functions logged. */
const defects: string[] = [];

beforeAll(async () => {
  stack = await startStack({
    web: false,
    demo: false,
    onOutput: (part, text) => {
      if (part === "functions") defects.push(...text.split("\n").filter((line) => line.includes('"error"')));
    },
  });
  members = await Promise.all([
    // Other members would get a refusal from admin procedures before the input is checked.
    join(stack.outputs, "Green", { isAdmin: true }),
    join(stack.outputs),
    join(stack.outputs, "Black"),
  ]);
  known = await settle(members);
  await useOrdinarily(members);
  const [first] = stack.functionPids();
  if (first === undefined) throw new Error("The functions' process does not run");
  pid = first;
});
afterAll(() => stack.stop());

function ask(request: RawRequest, by: Member | undefined = members[0]): Promise<RawAnswer> {
  const authorization = `Bearer ${by?.accessToken}`;
  return send(stack.outputs.api, { ...request, headers: { authorization, ...request.headers } });
}

const json = { "content-type": "application/json" };

function call(path: string, type: "query" | "mutation", input: string, by?: Member): Promise<RawAnswer> {
  return type === "query"
    ? ask({ path: `${path}?input=${encodeURIComponent(input)}` }, by)
    : ask({ method: "POST", path, headers: json, body: input }, by);
}

/** The number of times for each outcome, by procedure. */
const outcomes = new Map<string, Map<string, number>>();
function count(path: string, { json }: RawAnswer): void {
  const outcome: string = json.error ? (json.error.data.reason ?? json.error.data.code) : "OK";
  const counts = outcomes.get(path) ?? new Map<string, number>();
  outcomes.set(path, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
}

/** Sends a request, and expects its cost to be within the limits. */
async function expectCheap(request: () => Promise<RawAnswer>): Promise<RawAnswer> {
  const { result, cost } = await measure(pid, request);
  expect(cost.busy, "ms of processor time").toBeLessThan(longestBusy);
  expect(cost.memory, "MB").toBeLessThan(mostMemory);
  return result;
}

describe("every procedure, with any input", { timeout: 600_000 }, () => {
  test.each(procedures)("$path", async ({ path, type, input }) => {
    if (path === "user.delete") await takeNamesThatNobodyGuesses();
    const by = fc.integer({ min: 0, max: 2 });
    await fc.assert(
      fc.asyncProperty(inputOf(input, known), by, async (text, at) => {
        // A query's input is in its address, which has its own limit (tested below).
        fc.pre(type === "mutation" || encodeURIComponent(text).length < 14_000);
        const answer = await call(path, type, text, members[at]);
        expectTyped(answer);
        count(path, answer);
      }),
      { numRuns: runs },
    );
    // Some inputs fit the schema. Even then a deletion is refused, because no input guesses the name.
    const came = [...(outcomes.get(path)?.keys() ?? [])];
    const beyondLength = came.filter((outcome) => outcome !== "PAYLOAD_TOO_LARGE");
    if (path === "user.delete") expect(beyondLength).toEqual(["BAD_REQUEST"]);
    else expect(came).not.toEqual(["BAD_REQUEST"]);
  });

  test.each(procedures)("$path, each hostile value in each field", async ({ path, type, input }) => {
    if (path === "user.delete") await takeNamesThatNobodyGuesses();
    for (const [name, { format }] of Object.entries(input?.properties ?? { none: {} as InputSchema })) {
      const dates = format === "date-time" ? hostileDates.map((date) => JSON.stringify(date)) : [];
      for (const value of [...hostileValues, ...dates]) {
        if (type === "query" && value.length > 4_000) continue;
        expectTyped(await call(path, type, `{${JSON.stringify(name)}:${value}}`));
      }
    }
  });

  test("spans with extreme dates", async () => {
    const isDate = (text: string) => /^\d{4}-.*T.*(Z|:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text));
    const ends = [...hostileDates.filter(isDate), inMinutes(60)];
    for (const [path, from, to] of [
      ["availability.search", "from", "to"],
      ["meeting.list", "from", "to"],
      ["calendar.get", "from", "to"],
      ["availability.set", "startTime", "endTime"],
    ] as const) {
      const type = path === "availability.set" ? "mutation" : "query";
      for (const [first, last] of ends.flatMap((first) => ends.map((last) => [first, last]))) {
        const span = { [from]: first, [to]: last };
        const input = type === "query" ? span : availability(span);
        expectTyped(await call(path, type, JSON.stringify(input)));
      }
    }
  });

  test("all kinds of time zone names", async () => {
    const listed = new Set(Intl.supportedValuesOf("timeZone"));
    for (const timezone of timeZones) {
      const answer = await call("user.set", "mutation", JSON.stringify({ timezone }));
      expectTyped(answer);
      if (listed.has(timezone)) expect(answer.json.result?.data.timezone).toBe(timezone);
      else if (answer.json.error) expect(answer.json.error.data.fieldErrors).toHaveProperty("timezone");
    }
  });
});

describe("requests that are too large", { timeout: 600_000 }, () => {
  const mutations = procedures.filter(({ type }) => type === "mutation");
  test.each(oversizedBodies)("%s, in each field", async (_, body) => {
    for (const { path, input } of mutations) {
      for (const name of Object.keys(input?.properties ?? {})) {
        const answer = await expectCheap(() => call(path, "mutation", body(name)));
        expectTyped(answer);
        expect(answer.text.length).toBeLessThan(2 * most);
      }
    }
  });

  // The router refuses a body whose announced length is too long. All other bodies of up to 6 MB reach the functions.
  const announced = (body: Buffer) => ({ "content-length": String(body.length) });
  const unannounced = () => ({ "transfer-encoding": "chunked" });

  test.each([
    [1, "announced", announced],
    [5, "announced", announced],
    [10, "announced", announced],
    [1, "not announced", unannounced],
    [5, "not announced", unannounced],
    [10, "not announced", unannounced],
  ])("bodies of %d MB, %s", async (megabytes, _, lengthHeader) => {
    const body = Buffer.alloc(megabytes * 1024 * 1024, "[");
    for (const type of ["application/json", "text/plain", "application/octet-stream"]) {
      const headers = { ...lengthHeader(body), "content-type": type };
      // One at a time, as on Lambda.
      for (const { path } of mutations) {
        const answer = await expectCheap(() => ask({ method: "POST", path, headers, body }));
        expectTyped(answer);
        if (type === "application/json") expect(answer.json.error.data.code).toBe("PAYLOAD_TOO_LARGE");
      }
    }
    // An anonymous request is refused before the body is read, or because of its length.
    const path = "user.set";
    const anonymous = await send(stack.outputs.api, { method: "POST", path, headers: json, body });
    expect([401, 413]).toContain(anonymous.status);
    expectTyped(anonymous);
  });

  test.each([
    ["queries", "GET", "user.get"],
    ["mutations", "POST", "user.set"],
  ])("a batch of 1,000 %s", async (_, method, path) => {
    const request = { method, path: `${Array(1_000).fill(path)}?batch=1`, headers: json };
    const answer = await expectCheap(() => ask({ ...request, ...(method === "POST" && { body: "{}" }) }));
    expectTyped(answer);
    expect(answer.status).toBe(400);
  });

  test("addresses that are too long", async () => {
    for (const path of [
      `user.get?input=${"x".repeat(20_000)}`,
      "x".repeat(20_000),
      `${Array(3_000).fill("user.get")}?batch=1`,
    ]) {
      const answer = await ask({ path });
      expectTyped(answer);
      expect(answer.status).toBe(431);
    }
  });
});

describe("malformed requests", { timeout: 600_000 }, () => {
  const post = (body: string, type = "application/json"): RawRequest => ({
    method: "POST",
    path: "user.set",
    headers: { "content-type": type },
    body,
  });

  test.each(["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "QUERY"])(
    "%s",
    async (method) => {
      for (const { path } of procedures) {
        for (const headers of [{}, json]) expectTyped(await ask({ method, path, headers }));
      }
    },
  );

  test.each(addresses)("the address %j", async (path) => {
    expectTyped(await ask({ path: path.replaceAll('"', "%22") }));
  });

  test.each(bodies)("the body %j", async (body) => {
    for (const batch of ["", "?batch=1"]) expectTyped(await ask({ ...post(body), path: `user.set${batch}` }));
  });

  test("a body that is not text", async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
    expectTyped(await ask({ ...post(""), body: bytes }));
  });

  test.each(contentTypes)("the content type %j", async (type) => {
    expectTyped(await ask(post('{"bio":"x"}', type)));
  });

  test.each(headerSets)("headers: %s", async (_, headers) => {
    for (const { path } of procedures) {
      const answer = await expectCheap(() =>
        ask({ path, headers: { authorization: "Bearer x", ...headers } }),
      );
      expectTyped(answer);
    }
  });
});

test("afterwards every query still succeeds", async () => {
  for (const by of members) {
    const span = { from: inMinutes(0), to: inMinutes(60 * 24 * 300) };
    const answers = [
      ...(await Promise.all(members.map(({ username }) => by.query("user.get", { username })))),
      await by.query("availability.list", { limit: 100 }),
      await by.query("meeting.list", { limit: 100 }),
      await by.query("availability.search", span),
      await by.query("calendar.get", span),
    ];
    for (const { status, error } of answers) expect({ status, error }).toEqual({ status: 200 });
  }
});

test("there were no defects, no restarts, and memory stayed within the limit", async () => {
  expect(defects).toEqual([]);
  // A process that ended would have been replaced.
  expect(stack.functionPids()).toEqual([pid]);
  const peak = await peakMemory(pid);
  expect(peak, "MB").toBeLessThan(mostMemory);
  const table = [...outcomes].map(([path, counts]) =>
    [path, ...[...counts].map(([outcome, times]) => `${outcome} ${times}`)].join("  "),
  );
  process.stdout.write(`Outcomes of random inputs\n${table.join("\n")}\n`);
  process.stdout.write(`The functions' process used at most ${Math.round(peak)} MB.\n`);
});
