/** Which openings a query reads, and in how many requests. */
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { hour, minute, shift } from "../instant.ts";
import { testDatabase } from "../testing/database.ts";
import { availabilityRecord, now } from "../testing/records.ts";
import { answer, wiredDatabase } from "../testing/wire.ts";
import { type Opening, type OpeningQuery, openingsOf, readOpenings } from "./openings.ts";
import type { AvailabilityRecord } from "./repository.ts";

/** The instant this many hours after the clock. */
function at(hours: number): string {
  return shift(now.toISOString(), hours * hour);
}

/** A new cohort, and a function that stores an opening for it. */
function newCohort() {
  const { client, names } = testDatabase();
  const cohort = randomUUID();
  return {
    cohort,
    open: async (from: number, to: number, changes: Partial<AvailabilityRecord> = {}): Promise<Opening> => {
      const times = { startTime: at(from), endTime: at(to), lastStart: at(to - 0.5), cohorts: [cohort] };
      const [opening] = openingsOf(availabilityRecord({}, { ...times, ...changes }));
      if (!opening) throw new Error("No opening");
      await client.send(new PutCommand({ TableName: names.Openings, Item: opening }));
      return opening;
    },
  };
}

/** A query for one day, starting an hour after the clock. */
function queryOf(cohort: string, given: Partial<OpeningQuery> = {}): OpeningQuery {
  return { cohort, from: at(1), to: at(25), bookableAt: at(0), except: "nobody", ...given };
}

/** Reads, and records the requests. */
async function read(query: OpeningQuery, after?: string, atMost = 10) {
  const inputs: Record<string, unknown>[] = [];
  const wired = wiredDatabase((_, send, input) => {
    inputs.push(JSON.parse(input));
    return send();
  });
  return { ...(await readOpenings(wired, query, after, atMost)), inputs };
}

describe("a query finds", () => {
  test("what overlaps its span, to the millisecond, in order of start", async () => {
    const { cohort, open } = newCohort();
    await open(-2, 1);
    await open(25, 26);
    const last = await open(25 - 1 / 3_600_000, 26);
    const running = await open(-2, 1 + 1 / 3_600_000);
    const first = await open(1, 2);
    const { openings, inputs, next } = await read(queryOf(cohort));
    expect(openings).toEqual([running, first, last]);
    expect(next).toBeUndefined();
    // A separate range holds what began before the span.
    expect(inputs).toHaveLength(2);
    for (const input of inputs) expect(input).toMatchObject({ ConsistentRead: true });
  });

  test("what began up to one longest availability before the span", async () => {
    const { cohort, open } = newCohort();
    const running = await open(-22.5, 1.5);
    expect((await read(queryOf(cohort))).openings).toEqual([running]);
  });

  test("openings of other owners that have a start left", async () => {
    const { cohort, open } = newCohort();
    await open(2, 4, { lastStart: at(3) });
    const still = await open(2, 4, { lastStart: shift(at(3), 1) });
    const theirs = await open(3, 4, { owner: "me" });
    const query = queryOf(cohort, { bookableAt: shift(at(3), 1) });
    expect((await read(query)).openings).toEqual([still, theirs]);
    expect((await read({ ...query, except: "me" })).openings).toEqual([still]);
    expect((await read({ ...query, cohort: randomUUID() })).openings).toEqual([]);
  });

  test("what offers any of the types, by owners of any of the cohorts; all if none are given", async () => {
    const { cohort, open } = newCohort();
    const kata = await open(2, 3, { types: ["kata", "lesson"], ownerCohort: "White" });
    const sparring = await open(3, 4, { types: ["sparring"], ownerCohort: "Black" });
    const talk = await open(4, 5, { types: ["talk"], ownerCohort: null });
    const found = async (given: Partial<OpeningQuery>) => (await read(queryOf(cohort, given))).openings;
    expect(await found({ types: ["lesson"] })).toEqual([kata]);
    expect(await found({ types: ["sparring", "kata"] })).toEqual([kata, sparring]);
    expect(await found({ ownerCohorts: ["White"] })).toEqual([kata]);
    expect(await found({ ownerCohorts: ["Green", "Black", "White"] })).toEqual([kata, sparring]);
    expect(await found({ types: ["sparring", "talk"], ownerCohorts: ["Black"] })).toEqual([sparring]);
    expect(await found({ types: [], ownerCohorts: [] })).toEqual([kata, sparring, talk]);
  });
});

describe("a page", () => {
  test("ends after the given number of reads, and the next page continues there", async () => {
    const { cohort, open } = newCohort();
    const all = [];
    for (const from of [2, 3, 4, 5]) all.push(await open(from, from + 1));
    const mine = await open(1, 2, { owner: "me" });
    const query = queryOf(cohort, { except: "me" });
    const first = await read(query, undefined, 3);
    expect(first).toMatchObject({ openings: all.slice(0, 2), read: 3, next: all[1]?.opening });
    const second = await read(query, first.next, 2);
    expect(second).toMatchObject({ openings: all.slice(2), read: 2, next: all[3]?.opening });
    expect(second.inputs).toHaveLength(1);
    const third = await read(query, second.next, 2);
    expect(third).toMatchObject({ openings: [], read: 0 });
    expect(third).not.toHaveProperty("next");
    expect((await read(queryOf(cohort), mine.opening)).openings).toEqual(all);
  });

  test("that continues before the span reads what is left there", async () => {
    const { cohort, open } = newCohort();
    const [first, second] = [await open(-2, 3), await open(-1, 3)];
    const ahead = await open(2, 3);
    const page = await read(queryOf(cohort), first.opening);
    expect(page).toMatchObject({ openings: [second, ahead], read: 1 });
    expect(page.inputs).toHaveLength(2);
    // One more, at the very same start.
    const twin = await open(-2, 3, { id: `${first.id}a` });
    expect((await read(queryOf(cohort), first.opening)).openings).toEqual([twin, second, ahead]);
  });

  test("has everything that began before the span, in as many requests as needed", async () => {
    const { cohort, open } = newCohort();
    const [first, second] = [await open(-2, 3), await open(-1, 3)];
    const ahead = [await open(2, 3), await open(3, 4)];
    let requests = 0;
    // As if the first opening filled what one request reads.
    const wired = wiredDatabase(async (_, send, input) => {
      requests += 1;
      const { Limit, ExclusiveStartKey } = JSON.parse(input);
      if (Limit !== undefined || ExclusiveStartKey) return send();
      const LastEvaluatedKey = { cohort: { S: cohort }, opening: { S: first.opening } };
      return answer({ Items: [{ opening: { S: first.opening } }], ScannedCount: 1, LastEvaluatedKey });
    });
    const page = await readOpenings(wired, queryOf(cohort), undefined, 1);
    expect(page.openings.map(({ opening }) => opening)).toEqual(
      [first, second, ahead[0]].map((opening) => opening?.opening),
    );
    expect(page).toMatchObject({ read: 1, next: ahead[0]?.opening });
    expect(requests).toBe(3);
  });

  test("orders availabilities with the same start by id", async () => {
    const { cohort, open } = newCohort();
    const [b, a] = [await open(2, 3, { id: "b" }), await open(2, 3, { id: "a" })];
    const later = await open(2 + minute / hour, 3, { id: "0" });
    expect((await read(queryOf(cohort))).openings).toEqual([a, b, later]);
  });
});
