/**
 * Whatever is sent to it, the API answers with a result or with an error of the contract's kind: never with a defect,
 * never by holding the process, never by filling its memory. FUZZ_RUNS says how many inputs each procedure gets.
 */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Stack, startStack } from "../../src/index.ts";
import { availability, inMinutes, type Json, join, type Member } from "../contract/client.ts";
import { measure, peakMemory } from "./functions-process.ts";
import { inputOf, type SeedData } from "./inputs.ts";
import { type InputSchema, procedures } from "./procedures.ts";
import { type RawAnswer, type RawRequest, send } from "./raw-client.ts";
import { hostileDates, hostileValues, timeZones } from "./values.ts";

const runs = Number(process.env["FUZZ_RUNS"] ?? 100);
/** Of the whole process, in MB; and ms of processor time. What much data makes of permitted requests is in weight.test.ts. */
const mostMemory = 256;
const longestBusy = 1_000;

let stack: Stack;
/** A deletion is confirmed by one's own name, which an earlier input may have changed to one that comes again. */
async function takeNamesThatNobodyGuesses(): Promise<void> {
  for (const member of members) {
    const { status } = await member.mutate("user.set", { displayName: `Name ${randomUUID()}` });
    expect(status).toBe(200);
  }
}

let members: Member[];
let known: SeedData;
/** The functions' process, which is the same from the first request to the last. */
let pid: number;
/** What the functions logged as gone wrong. */
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
    // What is for admins would be refused to the others before anybody looks at it.
    join(stack.outputs, "Green", { isAdmin: true }),
    join(stack.outputs),
    join(stack.outputs, "Black"),
  ]);
  known = await settle();
  await useOrdinarily();
  const [first] = stack.functionPids();
  if (first === undefined) throw new Error("The functions' process is not there");
  pid = first;
});
afterAll(() => stack.stop());

/** Some availabilities and meetings, so that there is something to find. */
async function settle(): Promise<SeedData> {
  const [owner, guest] = members as [Member, Member];
  const ids: string[] = [];
  for (const at of [30, 33, 36, 39]) {
    const span = { startTime: inMinutes(at * 60), endTime: inMinutes(at * 60 + 120) };
    const { data } = await owner.mutate(
      "availability.set",
      availability({ ...span, maxParticipants: at === 33 ? 5 : 1 }),
    );
    ids.push(data.id);
    if (at > 33) continue;
    const startTime = span.startTime;
    const { data: meeting } = await guest.mutate("availability.book", {
      owner: data.owner,
      id: data.id,
      startTime,
    });
    ids.push(meeting.id);
  }
  const pages = [
    await owner.query("availability.list", { limit: 1 }),
    await owner.query("meeting.list", { limit: 1 }),
    await guest.query("availability.search", { from: inMinutes(0), to: inMinutes(6_000), limit: 1 }),
  ];
  return {
    usernames: members.map(({ username }) => username),
    ids,
    cursors: ["", ".", "x.y", ...pages.map(({ data }) => String(data.cursor))],
  };
}

/** What any use makes of a new process, so that its memory is compared with that. */
async function useOrdinarily(): Promise<void> {
  const span = { from: inMinutes(0), to: inMinutes(6_000) };
  for (let round = 0; round < 40; round++) {
    await Promise.all(
      members.flatMap((by) => [
        by.query("user.get"),
        by.mutate("user.set", { bio: `Round ${round}`, timezone: "Asia/Kathmandu" }),
        by.query("availability.search", span),
        by.query("availability.list"),
        by.query("meeting.list"),
        by.query("calendar.get", span),
        by.query("meeting.get", { id: "none" }),
      ]),
    );
  }
}

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

/** How often each procedure answered what. */
const outcomes = new Map<string, Map<string, number>>();
function count(path: string, { json }: RawAnswer): void {
  const outcome: string = json.error ? (json.error.data.reason ?? json.error.data.code) : "OK";
  const counts = outcomes.get(path) ?? new Map<string, number>();
  outcomes.set(path, counts.set(outcome, (counts.get(outcome) ?? 0) + 1));
}

/** A result, or an error that says in the contract's terms what it is, and shows nothing of how things are made. */
function expectTyped({ status, text, json }: RawAnswer): void {
  expect(status, text.slice(0, 500)).toBeLessThan(500);
  const answers: Json[] = Array.isArray(json) ? json : [json];
  for (const answer of answers) {
    if (answer?.result) continue;
    expect(answer?.error, text.slice(0, 500)).toMatchObject({
      message: expect.any(String),
      data: { code: expect.stringMatching(/^[A-Z_]+$/), httpStatus: expect.any(Number) },
    });
    expect(answer.error.data.httpStatus).toBeLessThan(500);
    expect(answer.error.data).not.toHaveProperty("stack");
  }
  expect(text).not.toMatch(/node_modules|\.ts:\d|ValidationException/);
}

/** Holds a request to what it may cost. */
async function expectCheap(request: () => Promise<RawAnswer>): Promise<RawAnswer> {
  const { result, cost } = await measure(pid, request);
  expect(cost.busy, "ms of processor time").toBeLessThan(longestBusy);
  expect(cost.memory, "MB").toBeLessThan(mostMemory);
  return result;
}

describe("every procedure, given anything", { timeout: 600_000 }, () => {
  test.each(procedures)("$path", async ({ path, type, input }) => {
    if (path === "user.delete") await takeNamesThatNobodyGuesses();
    const by = fc.integer({ min: 0, max: 2 });
    await fc.assert(
      fc.asyncProperty(inputOf(input, known), by, async (text, at) => {
        // What a query says travels in its address, which has a length of its own (below).
        fc.pre(type === "mutation" || encodeURIComponent(text).length < 14_000);
        const answer = await call(path, type, text, members[at]);
        expectTyped(answer);
        count(path, answer);
      }),
      { numRuns: runs },
    );
    // Some of it gets past the schema. A deletion is refused all the same: it wants a name that nobody guesses.
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

  test("spans from and to the ends of time", async () => {
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

  test("every kind of time zone name", async () => {
    const listed = new Set(Intl.supportedValuesOf("timeZone"));
    for (const timezone of timeZones) {
      const answer = await call("user.set", "mutation", JSON.stringify({ timezone }));
      expectTyped(answer);
      if (listed.has(timezone)) expect(answer.json.result?.data.timezone).toBe(timezone);
      else if (answer.json.error) expect(answer.json.error.data.fieldErrors).toHaveProperty("timezone");
    }
  });
});

describe("too much", { timeout: 600_000 }, () => {
  const mutations = procedures.filter(({ type }) => type === "mutation");
  // What is longer than 128 kB is not looked at.
  const most = 125_000;
  const fill = (text: string) => text.repeat(most / text.length);
  const list = (item: (at: number) => string) =>
    Array.from({ length: most / item(99_999).length }, (_, at) => item(at)).join();

  test.each<[string, (field: string) => string]>([
    ["a text", (field) => `{"${field}":"${fill("x")}"}`],
    ["a text of blanks", (field) => `{"${field}":"${fill(" ")}"}`],
    ["a text of line breaks", (field) => `{"${field}":"${fill("\\r\\n")}"}`],
    ["a second of many digits", (field) => `{"${field}":"2027-01-01T00:00:00.${fill("9")}Z"}`],
    ["a number of many digits", (field) => `{"${field}":${fill("9")}}`],
    ["many items", (field) => `{"${field}":[${list(() => '"kata" ')}]}`],
    ["many different items", (field) => `{"${field}":[${list((at) => `"type${at}" `)}]}`],
    ["very deep", (field) => `{"${field}":${"[".repeat(most / 2)}${"]".repeat(most / 2)}}`],
    ["objects very deep", (field) => `{"${field}":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`],
    ["many unknown keys", (field) => `{"${field}":1,${list((at) => `"${at}":1 `)}}`],
    ["a long key", (field) => `{"${field}":1,"${fill("x")}":1}`],
  ])("%s, in each field", async (_, body) => {
    for (const { path, input } of mutations) {
      for (const name of Object.keys(input?.properties ?? {})) {
        const answer = await expectCheap(() => call(path, "mutation", body(name)));
        expectTyped(answer);
        expect(answer.text.length).toBeLessThan(2 * most);
      }
    }
  });

  // The front door sees how long a body is where its length is announced. All the others up to 6 MB reach the functions.
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
      // One at a time, as a function on Lambda gets them.
      for (const { path } of mutations) {
        const answer = await expectCheap(() => ask({ method: "POST", path, headers, body }));
        expectTyped(answer);
        if (type === "application/json") expect(answer.json.error.data.code).toBe("PAYLOAD_TOO_LARGE");
      }
    }
    // An anonymous one is looked at no further than to see that it is one.
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

  test("an address too long to be read", async () => {
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

describe("what is no request", { timeout: 600_000 }, () => {
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

  test.each([
    "user.get%",
    "%E0%A4%A",
    "%00",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "../../etc/passwd",
    "user.get/../user.set",
    "__proto__",
    "user.__proto__",
    "constructor.name",
    "user",
    ".",
    "...",
    ",",
    "user.get,?batch=1",
    ",,,,?batch=1",
    "user.get?input=%",
    "user.get?input=%E0%A4%A",
    "user.get?input=%ED%A0%80",
    "user.get?input={",
    "user.get?input=null",
    "user.get?input=5",
    "user.get?batch=1",
    "user.get?batch=1&input=5",
    'user.get?batch=1&input={"0":{"__proto__":1},"__proto__":{"a":1},"length":1e9}',
    "user.get?batch=1&batch=0",
    "user.get?batch=2",
    "user.get?connectionParams=5",
    'user.get?connectionParams={"a":1}',
    "user.get?&&&===",
    "user.get?input=%7B%7D&input=%7B%7D",
    "user.get??input=%7B%7D",
    "user.get;a=b?input=%7B%7D",
    "user%2Eget",
    "user.get%3Finput=5",
    "//evil.example/user.get",
    "user.get#a",
  ])("the address %j", async (path) => {
    expectTyped(await ask({ path: path.replaceAll('"', "%22") }));
  });

  test.each([
    "",
    "{",
    "}",
    "{]",
    "'a'",
    "NaN",
    "undefined",
    "\0",
    "\ufeff{}",
    '{"bio":"\n"}',
    '{"bio":"\\ud800"}',
    '{"bio":"a","bio":"b"}',
    "{}{}",
    "<xml/>",
  ])("the body %j", async (body) => {
    for (const batch of ["", "?batch=1"]) expectTyped(await ask({ ...post(body), path: `user.set${batch}` }));
  });

  test("a body that is no text", async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
    expectTyped(await ask({ ...post(""), body: bytes }));
  });

  test.each([
    "application/json; charset=utf-16",
    "application/json, text/plain",
    "APPLICATION/JSON",
    "application/jsonp",
    "text/plain",
    "text/html",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=x",
    "application/octet-stream",
    "application/xml",
    "*/*",
    ";",
    "x".repeat(1_000),
  ])("the content type %j", async (type) => {
    expectTyped(await ask(post('{"bio":"x"}', type)));
  });

  test.each<[string, Record<string, string | string[]>]>([
    ["an Authorization of many kinds", { authorization: "Bearer a, Bearer b" }],
    ["an Authorization of blanks", { authorization: `Bearer${" ".repeat(8_000)}x y` }],
    ["a token of dots", { authorization: `Bearer ${".".repeat(8_000)}` }],
    ["cookies of nothing", { cookie: "=;".repeat(4_000) }],
    ["cookies of a prototype", { cookie: "__proto__=1; constructor=2" }],
    ["a stream asked for", { "trpc-accept": "application/jsonl" }],
    ["a subscription's place", { "last-event-id": "x".repeat(4_000) }],
    ["somebody else's address", { "x-forwarded-for": "a, b, \u00e9", "x-forwarded-host": "evil.example" }],
    ["an encoding that is none", { "accept-encoding": "zip-bomb", "content-encoding": "br" }],
  ])("headers: %s", async (_, headers) => {
    for (const { path } of procedures) {
      const answer = await expectCheap(() =>
        ask({ path, headers: { authorization: "Bearer x", ...headers } }),
      );
      expectTyped(answer);
    }
  });
});

test("afterwards every page still opens", async () => {
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

test("nothing went wrong inside, and the memory held", async () => {
  expect(defects).toEqual([]);
  // What ended would have been replaced.
  expect(stack.functionPids()).toEqual([pid]);
  const peak = await peakMemory(pid);
  expect(peak, "MB").toBeLessThan(mostMemory);
  const table = [...outcomes].map(([path, counts]) =>
    [path, ...[...counts].map(([outcome, times]) => `${outcome} ${times}`)].join("  "),
  );
  process.stdout.write(`What came of inputs at random\n${table.join("\n")}\n`);
  process.stdout.write(`The functions' process held ${Math.round(peak)} MB at the most.\n`);
});
