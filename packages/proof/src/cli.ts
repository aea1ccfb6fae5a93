/**
 * `pnpm proof [--quick] [--seed n] [--operations n]`: runs members against the API for long, with each planted fault,
 * and while the database fails and the API is killed; then checks the verbs against a model. Prints tables of what was
 * tried and found, and fails on any violation.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runChecks } from "./check/index.ts";
import { runWithFaults } from "./faults/run.ts";
import { writeHistory } from "./history.ts";
import { newMembers } from "./members.ts";
import { plantedFaults } from "./planted/faults.ts";
import { type PlantedRun, runPlanted } from "./planted/run.ts";
import { startWire } from "./planted/wire.ts";
import { describeFaults, describeFindings, describeHistory, describePlanted } from "./report.ts";
import { startProofStack } from "./stack.ts";
import { readTables } from "./tables.ts";
import { runWorkload } from "./workload/workload.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    seed: { type: "string" },
    operations: { type: "string" },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 0x7fff_ffff));
const operations = Number(values.operations ?? (values.quick ? 1_500 : 20_000));
const histories = fileURLToPath(new URL("../../../.proof", import.meta.url));

console.log(`Seed ${seed}: repeat the same choices with --seed ${seed}.\n`);
const isRight = await proveHistory();
const isCaught = await provePlanted();
const isUnharmed = await proveFaults();
const isAsModelled = proveModel();
process.exitCode = isRight && isCaught && isUnharmed && isAsModelled ? 0 : 1;

/** Runs members, and checks whether some order explains all that they saw. */
async function proveHistory(): Promise<boolean> {
  const stack = await startProofStack();
  try {
    const members = await newMembers(stack.outputs, 40);
    const start = performance.now();
    const history = await runWorkload({
      api: stack.outputs.api,
      members,
      seed,
      operations,
      concurrency: 24,
      settled: stack.settled,
      onProgress: (count) => count % 1_000 === 0 && console.log(`${count} of ${operations} operations`),
    });
    const seconds = Math.round((performance.now() - start) / 1_000);
    const tables = await readTables(stack.outputs, history);
    const file = path.join(histories, `seed-${seed}.jsonl`);
    await writeHistory(file, history);
    console.log(`\n${members.length} members, ${seconds} s; the history is in ${path.relative(".", file)}\n`);
    console.log(`${describeHistory(history)}\n`);
    const findings = runChecks(history, tables);
    console.log(`${describeFindings(findings)}\n`);
    return Object.values(findings).every(({ violations }) => violations.length === 0);
  } finally {
    await stack.stop();
  }
}

/** Runs with planted faults: a checker that finds nothing must be able to find something. */
async function provePlanted(): Promise<boolean> {
  const wire = await startWire();
  const stack = await startProofStack(wire);
  try {
    const members = await newMembers(stack.outputs, 10, 2);
    const runs: PlantedRun[] = [];
    for (const fault of plantedFaults()) {
      runs.push(await runPlanted(fault, wire, stack.outputs, { members, seed, most: 6_000 }));
    }
    console.log(describePlanted(runs));
    return runs.every(({ planted, caughtBy }) => planted > 0 && caughtBy.length > 0);
  } finally {
    await stack.stop();
    await wire.stop();
  }
}

/** Runs half as many operations, while requests to the database fail and the functions' processes are killed. */
async function proveFaults(): Promise<boolean> {
  const run = await runWithFaults({
    seed,
    members: 40,
    operations: Math.ceil(operations / 2),
    concurrency: 24,
    percent: 5,
    killEvery: [60, 300],
    onProgress: (count) => count % 1_000 === 0 && console.log(`${count} operations with faults`),
  });
  await writeHistory(path.join(histories, `faults-${seed}.jsonl`), run.history);
  console.log(`\n${describeFaults(run)}\n\n${describeHistory(run.history)}\n`);
  console.log(`${describeFindings(run.findings)}\n`);
  return Object.values(run.findings).every(({ violations }) => violations.length === 0);
}

/** Runs the test that compares the verbs with a model, for longer. */
function proveModel(): boolean {
  const test = "packages/core/test/model/model.database.test.ts";
  const { status } = spawnSync("vitest", ["run", "--project", "database", test], {
    stdio: "inherit",
    env: {
      ...process.env,
      KUMITE_MODEL_SEED: String(seed),
      KUMITE_MODEL_RUNS: values.quick ? "12" : "150",
    },
  });
  return status === 0;
}
