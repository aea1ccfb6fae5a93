import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { MutantResult } from "@stryker-mutator/api/core";
import { explained } from "./explained.ts";
import { root } from "./targets.ts";

const page = path.join(root, "docs/proof.md");
const [start, end] = ["<!-- mutation -->", "<!-- /mutation -->"];

/** The results of a file's mutants. */
export interface Score {
  readonly file: string;
  /** Tests failed or did not end. */
  readonly killed: number;
  /** No test can distinguish them from the original: explained.ts says why. */
  readonly explained: number;
  /** Each as `line:column  original → replacement`. */
  readonly survived: readonly string[];
}

type Outcome = Pick<MutantResult, "status"> & { readonly statusReason?: string | undefined };

/** Whether tests failed, did not end, or could not be loaded. */
export function isKilled({ status, statusReason = "" }: Outcome): boolean {
  // If Stryker's own process crashed or was stopped, the result is unknown.
  const couldNotBeRead = status === "RuntimeError" && !statusReason.startsWith("Test runner crashed");
  return status === "Killed" || status === "Timeout" || couldNotBeRead;
}

/** @param source the file's text */
export function scoreOf(file: string, source: string, mutants: readonly MutantResult[]): Score {
  const lines = source.split("\n");
  const tried = mutants.filter(({ status }) => status !== "Ignored");
  const survivors = tried.filter((mutant) => !isKilled(mutant));
  const unexplained = survivors.filter((mutant) => !isExplained(file, lines, mutant));
  return {
    file,
    killed: tried.length - survivors.length,
    explained: survivors.length - unexplained.length,
    survived: unexplained.map(({ location: { start }, replacement = "" }) => {
      const line = lines[start.line - 1]?.trim() ?? "";
      return `${start.line}:${start.column}  ${line}  →  ${replacement.replace(/\s+/g, " ")}`;
    }),
  };
}

function isExplained(
  file: string,
  lines: readonly string[],
  { location, replacement }: MutantResult,
): boolean {
  const line = lines[location.start.line - 1] ?? "";
  return explained.some(
    (one) =>
      one.file === file &&
      line.includes(one.line) &&
      (one.to === undefined || one.to === replacement?.trim()),
  );
}

/** Returns the percentage of killed mutants, without the explained ones. */
export function percentOf({ killed, survived }: Pick<Score, "killed" | "survived">): number {
  const all = killed + survived.length;
  return all === 0 ? 100 : Math.floor((1_000 * killed) / all) / 10;
}

/** Writes scores into docs/proof.md, and replaces former ones of the same files. */
export function publishScores(scores: readonly Score[]): void {
  const text = readFileSync(page, "utf8");
  const [before, after] = [text.indexOf(start) + start.length, text.indexOf(end)];
  const table = tableOf(text.slice(before, after), scores);
  writeFileSync(page, `${text.slice(0, before)}\n${table}\n${text.slice(after)}`);
}

/** @param former the table so far */
export function tableOf(former: string, scores: readonly Score[]): string {
  const kept = former.split("\n").filter((line) => line.startsWith("| `"));
  const rows = new Map(kept.map((line) => [line.split("`")[1] ?? "", line]));
  for (const score of scores) {
    const { file, killed, explained, survived } = score;
    const cells = [`\`${file}\``, killed, explained, survived.length, `${percentOf(score)} %`];
    rows.set(file, `| ${cells.join(" | ")} |`);
  }
  const head = "| file | killed | explained | survived | score |\n|---|---|---|---|---|";
  return [head, ...[...rows].sort().map(([, line]) => line)].join("\n");
}
