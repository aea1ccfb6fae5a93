import { markdownTable } from "markdown-table";
import type { Finding } from "./check/finding.ts";
import type { FaultRun } from "./faults/run.ts";
import type { History, Outcome } from "./history.ts";
import type { PlantedRun } from "./planted/run.ts";

/** Returns a table of what was tried: how often each procedure had each outcome. */
export function describeHistory({ calls }: History): string {
  const byProcedure = Map.groupBy(calls, ({ procedure }) => procedure);
  const rows = [...byProcedure].sort().map(([procedure, of]) => {
    const outcomes = of.flatMap(({ attempts }) => attempts.map(({ outcome }) => nameOf(outcome)));
    const counts = [...Map.groupBy(outcomes, (name) => name)].map(([name, all]) => ({
      name,
      count: all.length,
    }));
    const words = counts.sort((a, b) => b.count - a.count).map(({ name, count }) => `${name} ${count}`);
    return [procedure, String(of.length), words.join(", ")];
  });
  return table(["tried", "calls", "outcomes"], rows);
}

function nameOf(outcome: Outcome): string {
  if (outcome.kind === "ok") return "done";
  return outcome.kind === "refused" ? (outcome.reason ?? outcome.code) : outcome.why;
}

/** More would not be read; the first is usually the cause of the others. */
const shownViolations = 20;

/** Returns a table of the checks' results, with the first violations below it. */
export function describeFindings(findings: Readonly<Record<string, Finding>>): string {
  const rows = Object.entries(findings).map(([check, { looked, violations }]) => [
    check,
    looked,
    String(violations.length),
  ]);
  const violations = Object.values(findings).flatMap((finding) => finding.violations);
  const shown = violations.slice(0, shownViolations);
  return [table(["held", "looked at", "violations"], rows), ...shown].join("\n");
}

export function describePlanted(runs: readonly PlantedRun[]): string {
  const rows = runs.map(({ fault, planted, caughtBy, operations }) => [
    fault,
    String(planted),
    caughtBy.join("; ") || "nobody: NOT CAUGHT",
    String(operations),
  ]);
  return table(["planted fault", "times", "caught by", "after n operations"], rows);
}

/** Returns a table of the injected faults. */
export function describeFaults({ faults, kills, requests, unsettled }: FaultRun): string {
  const rows = Object.entries({ ...faults, "a process of the API killed": kills });
  return [
    table(
      ["fault", "times"],
      rows.map(([name, times]) => [name, String(times)]),
    ),
    `${requests} requests to the database; ${unsettled} calls were given up without an outcome`,
  ].join("\n");
}

/** Returns a Markdown table, aligned for reading in a terminal. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([head, ...rows]);
}
