import { expect, test } from "vitest";
import { checkPostedOnce } from "../src/faults/once.ts";
import { runWithFaults } from "../src/faults/run.ts";
import type { CallOf, History } from "../src/history.ts";

test("nothing is lost or done twice while the database fails and the API is killed", async () => {
  const run = await runWithFaults({
    seed: 1,
    members: 24,
    operations: 500,
    concurrency: 16,
    percent: 5,
    killEvery: [60, 120],
  });
  expect(Object.values(run.findings).flatMap(({ violations }) => violations)).toEqual([]);

  // A fault that was never injected proves nothing.
  const injected = Object.values(run.faults).filter((times) => times > 0);
  expect(injected.length).toBeGreaterThan(10);
  expect(injected.reduce((sum, times) => sum + times, 0)).toBeGreaterThan(0.03 * run.requests);
  expect(run.kills).toBeGreaterThan(3);
  expect(run.unknown).toHaveProperty("SERVICE_UNAVAILABLE");
});

test("finds a posting that made two availabilities", () => {
  const input = { description: "call 1" } as CallOf<"availability.set">["input"];
  const answered = (id: string) => {
    const data = { id, owner: "anna", description: input.description };
    return { start: 0, end: 1, outcome: { kind: "ok", data } } as CallOf<"availability.set">["attempts"][0];
  };
  const history = (...ids: string[]): History => ({
    seed: 1,
    members: [],
    calls: [{ id: 1, member: "anna", procedure: "availability.set", input, attempts: ids.map(answered) }],
  });
  const tables = { availabilities: [], meetings: [], disagreements: [] };
  expect(checkPostedOnce(history("a", "a"), tables).violations).toEqual([]);
  expect(checkPostedOnce(history("a", "b"), tables).violations).toEqual([
    "call 1 has posted 2 availabilities",
  ]);
});
