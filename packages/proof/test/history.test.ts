import type { Stack } from "@kumite/local";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkHistory } from "../src/check/index.ts";
import { newMembers } from "../src/members.ts";
import { plantedFaults } from "../src/planted/faults.ts";
import { runPlanted } from "../src/planted/run.ts";
import { startWire, type Wire } from "../src/planted/wire.ts";
import { startProofStack } from "../src/stack.ts";
import { readTables } from "../src/tables.ts";
import { runWorkload } from "../src/workload/workload.ts";

let wire: Wire;
let stack: Stack;

beforeAll(async () => {
  wire = await startWire();
  stack = await startProofStack(wire);
});
afterAll(async () => {
  await stack?.stop();
  await wire?.stop();
});

test("some order explains everything that forty members have seen", async () => {
  const { api } = stack.outputs;
  const members = await newMembers(stack.outputs, 40);
  const history = await runWorkload({
    api,
    members,
    seed: 1,
    operations: 1_500,
    concurrency: 24,
    settled: stack.settled,
  });
  expect(checkHistory(history, await readTables(stack.outputs, history))).toEqual([]);

  // Members who never conflict prove nothing.
  const outcomes = new Set(
    history.calls.flatMap(({ procedure, attempts }) =>
      attempts.map(
        ({ outcome }) => `${procedure} ${outcome.kind === "refused" ? outcome.reason : outcome.kind}`,
      ),
    ),
  );
  for (const reason of ["ok", "ALREADY_BOOKED", "OVERLAPS_MEETING", "OWNER_BUSY", "COHORT_NOT_ALLOWED"]) {
    expect(outcomes).toContain(`availability.book ${reason}`);
  }
  expect(outcomes).toContain("availability.set HAS_BOOKINGS");
  expect(outcomes).toContain("availability.set OWNER_BUSY");
  for (const procedure of [
    "availability.withdraw",
    "user.block",
    "user.unblock",
    "user.set",
    "user.delete",
  ]) {
    expect(outcomes).toContain(`${procedure} ok`);
  }
  expect(outcomes).toContain("meeting.cancel ALREADY_CANCELED");
});

test("each planted fault is caught", async () => {
  const members = await newMembers(stack.outputs, 10, 2);
  for (const fault of plantedFaults()) {
    const run = await runPlanted(fault, wire, stack.outputs, { members, seed: 1, most: 6_000 });
    expect(run.planted, `${fault.name} changed something`).toBeGreaterThan(0);
    expect(run.caughtBy, `${fault.name} is caught`).not.toEqual([]);
  }
});
