import type { Outputs } from "@kumite/local";
import { checkHistory } from "../check/index.ts";
import type { Member } from "../members.ts";
import { emptyTables, readTables } from "../tables.ts";
import { Workload } from "../workload/workload.ts";
import type { PlantedFault, Wire } from "./wire.ts";

/** The result of a planted fault. */
export interface PlantedRun {
  readonly fault: string;
  /** How often it changed something. */
  readonly planted: number;
  /** The checks that found it; empty if none did. */
  readonly caughtBy: readonly string[];
  /** The first violation. */
  readonly words: string | undefined;
  /** After how many operations it was found. */
  readonly operations: number;
}

const operationsAtOnce = 100;

/**
 * Runs members on an empty database with a planted fault, and checks after every hundred operations whether the checker
 * finds it.
 * @param options.most after how many operations it counts as not found
 */
export async function runPlanted(
  fault: PlantedFault,
  wire: Wire,
  outputs: Outputs,
  options: { readonly members: readonly Member[]; readonly seed: number; readonly most: number },
): Promise<PlantedRun> {
  const { members, seed, most } = options;
  await emptyTables(outputs);
  const workload = new Workload({
    api: outputs.api,
    members,
    seed,
    concurrency: 16,
    // Members must not change between faults, and no follow-ups run on recreated tables.
    without: ["rename", "leave"],
  });
  wire.planted = 0;
  wire.fault = fault;
  try {
    for (let operations = operationsAtOnce; ; operations += operationsAtOnce) {
      await workload.run(operationsAtOnce);
      await workload.searchAll();
      const violations = checkHistory(workload.history, await readTables(outputs, workload.history));
      if (violations.length === 0 && operations < most) continue;
      const caughtBy = [...new Set(violations.map(({ check }) => check))];
      return { fault: fault.name, planted: wire.planted, caughtBy, words: violations[0]?.what, operations };
    }
  } finally {
    wire.fault = undefined;
  }
}
