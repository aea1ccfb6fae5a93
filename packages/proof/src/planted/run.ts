import type { Outputs } from "@kumite/local";
import { checkHistory } from "../check/index.ts";
import type { Member } from "../members.ts";
import { emptyTables, readTables } from "../tables.ts";
import { Workload } from "../workload/workload.ts";
import type { PlantedFault, Wire } from "./wire.ts";

/** What became of a planted fault. */
export interface PlantedRun {
  readonly fault: string;
  /** How often it did something. */
  readonly planted: number;
  /** The checks that have told of it; none where it went unseen. */
  readonly caughtBy: readonly string[];
  /** What the first of them says. */
  readonly words: string | undefined;
  /** After how many operations. */
  readonly operations: number;
}

const operationsAtOnce = 100;

/**
 * Lets members work on an empty database with a fault planted, looking after every hundred operations whether the
 * checker tells of it.
 * @param options.most after how many operations it counts as unseen
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
    // Members stay as they are from fault to fault, and nothing follows commits in tables that were made anew.
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
