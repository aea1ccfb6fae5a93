/** Checks that the benchmarks run, and that the bars that do not depend on speed hold. */
import { expect, test } from "vitest";
import * as contention from "../src/contention.ts";
import { isHeld, type Section } from "../src/section.ts";
import * as units from "../src/units.ts";

const options = { quick: true, log: () => {} };

/** Returns the missed bars, except those that depend on the machine's speed. */
function missed({ bars }: Section): string[] {
  return bars
    .filter((bar) => !bar.what.includes("time") && !isHeld(bar))
    .map(({ what, value }) => `${what}: ${value}`);
}

test("contention has exactly as many winners as seats", async () => {
  const section = await contention.run(options);
  expect(missed(section)).toEqual([]);
  expect(section.bars.map(({ what }) => what)).toContainEqual(expect.stringContaining("exactly 1 of 60"));
  expect(Object.keys(section.plots)).toEqual(["contention.svg"]);
});

test("counts the units of every operation, and no transaction exceeds DynamoDB's limits", async () => {
  const section = await units.run(options);
  expect(missed(section)).toEqual([]);
  expect(section.data).toMatchObject({
    "user.get": { requests: 1, reads: { Users: 1 }, writes: {} },
    "availability.book": { requests: 2, reads: { Users: 2, Availabilities: 1, Calendar: 3 } },
    "… refused as taken": { requests: 1, writes: {} },
  });
});
