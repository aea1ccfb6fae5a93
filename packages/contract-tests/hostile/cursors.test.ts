/** A cursor continues its own list, for its own caller, and does nothing else. */
import { createHmac } from "node:crypto";
import { type Stack, startStack } from "@kumite/local";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { availability, inMinutes, type Json, join, type Member } from "../contract/client.ts";

const from = inMinutes(60);
const to = inMinutes(10 * 24 * 60);

/** The lists, each with several queries. */
const lists: readonly [procedure: string, query: Record<string, unknown>][] = [
  ["availability.list", {}],
  ["meeting.list", {}],
  ["meeting.list", { from }],
  ["meeting.list", { to }],
  ["meeting.list", { from, to }],
  ["meeting.list", { from: inMinutes(120), to }],
  ["availability.search", { from, to }],
  ["availability.search", { from, to: inMinutes(11 * 24 * 60) }],
  ["availability.search", { from: inMinutes(120), to }],
  ["availability.search", { from, to, types: ["kata"] }],
  ["availability.search", { from, to, types: ["kata", "lesson"] }],
];

interface Given {
  by: Member;
  list: (typeof lists)[number];
  cursor: string;
  /** The ids that come after it. */
  rest: string[];
}

let stack: Stack;
let anna: Member;
let bela: Member;
/** A cursor of each list and query, for each of the two members. */
let given: Given[];

const idsOf = ({ data }: { data: Json }): string[] => data.items.map(({ id }: Json) => id);
const ask = ([procedure, query]: Given["list"], by: Member, page: Record<string, unknown>) =>
  by.query(procedure, { ...query, ...page });

beforeAll(async () => {
  stack = await startStack({ web: false, demo: false });
  [anna, bela] = await Promise.all([join(stack.outputs), join(stack.outputs)]);
  // Both have open and booked availabilities, and meet as owner and as participant.
  for (const [host, guest, first] of [
    [anna, bela, 30],
    [bela, anna, 31],
  ] as const) {
    for (let at = 0; at < 8; at++) {
      const start = (first + at * 3) * 60;
      const { data } = await host.mutate(
        "availability.set",
        availability({
          startTime: inMinutes(start),
          endTime: inMinutes(start + 60),
          types: ["kata", "lesson"],
        }),
      );
      if (at % 2) await guest.mutate("availability.book", { owner: data.owner, id: data.id, type: "kata" });
    }
  }
  given = [];
  for (const by of [anna, bela]) {
    for (const list of lists) {
      const { data } = await ask(list, by, { limit: 2 });
      const rest = idsOf(await ask(list, by, { limit: 100 })).slice(2);
      given.push({ by, list, cursor: data.cursor, rest });
    }
  }
});
afterAll(() => stack.stop());

async function expectRefused(answer: Promise<{ data: Json; error: Json }>, what: string): Promise<void> {
  const { data, error } = await answer;
  expect(data, what).toBeUndefined();
  expect(error, what).toMatchObject({ code: "BAD_REQUEST", fieldErrors: { cursor: [expect.any(String)] } });
}

test("a cursor continues its list, in pages of any length, any number of times", async () => {
  for (const { by, list, cursor, rest } of given) {
    expect(rest.length).toBeGreaterThan(0);
    expect(idsOf(await ask(list, by, { cursor, limit: 100 }))).toEqual(rest);
    expect(idsOf(await ask(list, by, { cursor, limit: 1 }))).toEqual(rest.slice(0, 1));
  }
});

test("a cursor is refused for another list, another query and another member", async () => {
  for (const one of given) {
    for (const other of given) {
      if (one === other) continue;
      const what = `${one.list} with the cursor of ${other.list}${one.by === other.by ? "" : " of another member"}`;
      await expectRefused(ask(one.list, one.by, { cursor: other.cursor }), what);
    }
  }
});

describe("a changed or forged cursor is refused", () => {
  const changed = (cursor: string): fc.Arbitrary<string> => {
    const at = fc.nat(cursor.length - 1);
    const [payload = "", mac = ""] = cursor.split(".");
    const decoded = Buffer.from(payload, "base64url").toString();
    const encoded = (text: string) => Buffer.from(text).toString("base64url");
    return fc.oneof(
      // A changed character or bit, a cut end, a wrong part.
      fc
        .tuple(at, fc.string({ unit: "binary", minLength: 1, maxLength: 1 }))
        .map(([index, text]) => cursor.slice(0, index) + text + cursor.slice(index + 1)),
      fc.tuple(fc.boolean(), fc.nat(1_000), fc.nat(7)).map(([inMac, index, bit]) => {
        const bytes = Buffer.from(inMac ? mac : payload, "base64url");
        const place = index % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const flipped = bytes.toString("base64url");
        return inMac ? `${payload}.${flipped}` : `${flipped}.${mac}`;
      }),
      at.map((index) => cursor.slice(0, index)),
      at.map((index) => cursor.slice(index + 1)),
      fc.constantFrom(`${payload}=.${mac}`, `${cursor}=`, `.${mac}`, `${payload}.`, `${mac}.${payload}`),
      fc.constantFrom(
        cursor.toUpperCase(),
        ` ${cursor}`,
        `${cursor}.${mac}`,
        encodeURIComponent(` ${cursor}`),
      ),
      // Another position under the same signature.
      fc.string({ unit: "binary", maxLength: 40 }).map((text) => `${encoded(decoded + text)}.${mac}`),
      fc
        .constantFrom("", "meeting#", "window#", "day#", "meeting$", "zzz")
        .map((text) => `${encoded(text)}.${mac}`),
      // Signed with a key that is easy to guess.
      fc.constantFrom("", "test", "secret", "cursorKey", stack.outputs.userPoolClientId).map((key) => {
        const forged = encoded(decoded);
        return `${forged}.${createHmac("sha256", key).update(forged).digest("base64url").slice(0, 22)}`;
      }),
      fc.string({ unit: "binary", maxLength: 1_000 }),
    );
  };

  test.each(lists.map(([procedure, query], at) => [`${procedure} by ${Object.keys(query)}`, at] as const))(
    "%s",
    async (_, at) => {
      const one = given[at] as Given;
      await fc.assert(
        fc.asyncProperty(changed(one.cursor), async (cursor) => {
          fc.pre(cursor !== one.cursor);
          await expectRefused(ask(one.list, one.by, { cursor }), cursor);
        }),
        { numRuns: 40 },
      );
    },
  );

  test.each([null, 5, true, {}, [], ["a"], "x".repeat(1_001)])("%j", async (cursor) => {
    for (const { by, list } of given) await expectRefused(ask(list, by, { cursor }), String(cursor));
  });
});

test("a cursor used later shows what its member may see then", async () => {
  const [first, ...others] = given.filter(({ by, list }) => by === anna && list[0] === "availability.search");
  if (!first) throw new Error("No search");
  const { data: forBlack } = await bela.mutate(
    "availability.set",
    availability({
      startTime: inMinutes(9 * 24 * 60),
      endTime: inMinutes(9 * 24 * 60 + 60),
      cohorts: ["Black"],
    }),
  );
  expect(idsOf(await ask(first.list, anna, { cursor: first.cursor, limit: 100 }))).not.toContain(forBlack.id);
  await anna.mutate("user.set", { cohort: "Black" });
  expect(idsOf(await ask(first.list, anna, { cursor: first.cursor, limit: 100 }))).toEqual([forBlack.id]);
  await anna.mutate("user.set", { cohort: "White" });
  for (const { list, cursor } of [first, ...others]) {
    expect(idsOf(await ask(list, anna, { cursor, limit: 100 }))).toEqual([]);
  }
  const own = given.find(({ by, list }) => by === anna && list[0] === "meeting.list") as Given;
  const { data } = await ask(own.list, anna, { cursor: own.cursor, limit: 100 });
  for (const { owner, participant } of data.items) expect([owner, participant]).toContain(anna.username);
});
