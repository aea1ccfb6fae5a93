/**
 * `pnpm mutate [path…] [--fresh] [--minutes n]`: changes the code in one place at a time and runs its tests. A change
 * that no test notices is a gap in the tests. Results of earlier runs are reused (`.mutation/`), so a stopped run
 * continues where it was. Writes the scores into docs/proof.md, and fails if a mutant survives.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { LogLevel, schema } from "@stryker-mutator/api/core";
import { Stryker } from "@stryker-mutator/core";
import { addMutators } from "./mutators.ts";
import { isKilled, percentOf, publishScores, type Score, scoreOf } from "./report.ts";
import { findTargets, root, type Target } from "./targets.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { fresh: { type: "boolean", default: false }, minutes: { type: "string", default: "600" } },
});
const end = performance.now() + Number(values.minutes) * 60_000;

process.chdir(root);
if (values.fresh) rmSync(".mutation", { recursive: true, force: true });
await addMutators();

const targets = findTargets(positionals);
const scores: Score[] = [];
for (const target of targets) {
  if (performance.now() > end) break;
  const score = await mutate(target);
  scores.push(score);
  publishScores([score]);
  console.log(`${target.file}: ${score.killed} killed, ${score.explained} explained, ${percentOf(score)} %`);
  for (const line of score.survived) console.log(`  survived  ${line}`);
}
const survived = scores.reduce((sum, score) => sum + score.survived.length, 0);
const left = targets.length - scores.length;
console.log(
  `${scores.length} files, ${survived} mutants survived${left > 0 ? `; ${left} files are left` : ""}`,
);
process.exitCode = survived === 0 && left === 0 ? 0 : 1;

/** Makes Stryker retry survivors. By itself it does not, if the change is in a constant of the module. */
function forgetSurvivors(incrementalFile: string): void {
  if (!existsSync(incrementalFile)) return;
  const known = JSON.parse(readFileSync(incrementalFile, "utf8")) as schema.MutationTestResult;
  for (const source of Object.values(known.files)) {
    source.mutants = source.mutants.filter((mutant) => mutant.status === "Ignored" || isKilled(mutant));
  }
  writeFileSync(incrementalFile, JSON.stringify(known));
}

async function mutate({ file, tests }: Target): Promise<Score> {
  const incrementalFile = `.mutation/${file.replaceAll("/", "-")}.json`;
  forgetSurvivors(incrementalFile);
  // Not by Stryker's `testFiles`: with it (10.1), changes in constants of a module never take effect.
  process.env["KUMITE_MUTATION_TESTS"] = tests.join(",");
  const stryker = new Stryker({
    testRunner: "vitest",
    plugins: [
      import.meta.resolve("@stryker-mutator/vitest-runner"),
      path.join(import.meta.dirname, "ignore.ts"),
    ],
    ignorers: ["words"],
    mutate: [file],
    vitest: { configFile: "packages/mutation/src/vitest.ts", related: false },
    ignorePatterns: ["/.*", "/apps/web/.next", "/docs"],
    tempDirName: ".mutation/sandbox",
    incremental: true,
    incrementalFile,
    concurrency: 1,
    reporters: ["progress-append-only"],
    logLevel: "warn" as LogLevel,
    allowConsoleColors: false,
    dryRunTimeoutMinutes: 15,
    timeoutMS: 30_000,
    allowEmpty: true,
  });
  return scoreOf(file, readFileSync(file, "utf8"), await stryker.runMutationTest());
}
