// From samples to the table in docs/benchmarks.md.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";

const docs = path.resolve(import.meta.dirname, "../../docs");

/** One fresh process, in milliseconds and MiB. */
export interface Sample {
  import: number;
  first: number;
  /** Both of them. */
  cold: number;
  /** The processor's time for both, on all its cores: it hardly depends on what else runs. */
  cpu: number;
  second: number;
  memory: number;
}

export interface Row {
  name: string;
  samples: Sample[];
}

/** What must hold: a ratio of the medians of two rows. */
export interface Bar {
  what: string;
  measure: "cold" | "memory";
  row: Row;
  of: Row;
  most: number;
}

function median({ samples }: Row, field: keyof Sample): number {
  return middleOf(samples.map((sample) => sample[field]));
}

/** How much more one row took than another in the same round, by the median. */
function difference(row: Row, of: Row, field: keyof Sample): number {
  return middleOf(
    row.samples.map((sample, round) => sample[field] - (of.samples[round]?.[field] ?? Number.NaN)),
  );
}

function middleOf(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [below = Number.NaN, above = Number.NaN] = [sorted[middle - 1], sorted[middle]];
  return sorted.length % 2 === 1 ? above : (below + above) / 2;
}

function ratio({ measure, row, of }: Pick<Bar, "measure" | "row" | "of">): number {
  return median(row, measure) / median(of, measure);
}

export function holds(bar: Bar): boolean {
  return ratio(bar) <= bar.most;
}

function table(heads: string[], rows: (string | number)[][]): string {
  const lines = [heads, heads.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** The rows that stand for themselves, each compared with `base`. */
export function functionsTable(rows: Row[], base: Row): string {
  return table(
    [
      "function",
      "import (ms)",
      "first request (ms)",
      "cold: both (ms)",
      "CPU for both (ms)",
      "second request (ms)",
      "peak memory (MiB)",
      "cold, of bare",
      "memory, of bare",
    ],
    rows.map((row) => [
      row.name,
      ...(["import", "first", "cold", "cpu", "second", "memory"] as const).map((field) =>
        median(row, field).toFixed(1),
      ),
      ...(["cold", "memory"] as const).map((measure) => ratio({ measure, row, of: base }).toFixed(2)),
    ]),
  );
}

/** What one change makes of a row: each pair is the change, and what it was made to; compared round by round. */
export function changesTable(pairs: (readonly [Row, Row])[]): string {
  const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
  return table(
    [
      "changed",
      "cold: both (ms)",
      "difference (ms)",
      "CPU for both (ms)",
      "difference (ms)",
      "peak memory (MiB)",
      "difference (MiB)",
    ],
    pairs.map(([row, of]) => [
      row.name,
      ...(["cold", "cpu", "memory"] as const).flatMap((field) => [
        median(row, field).toFixed(1),
        signed(difference(row, of, field)),
      ]),
    ]),
  );
}

export function barLine(bar: Bar): string {
  return `- ${bar.what}: ${ratio(bar).toFixed(2)}, at most ${bar.most}: ${holds(bar) ? "held" : "**missed**"}`;
}

/** Puts the report into docs/benchmarks.md and every sample beside it. */
export function publish(rows: Row[], load: number, parts: string[]): void {
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;
  const date = new Date().toISOString().slice(0, 10);
  const loads = `load ${load.toFixed(1)} before and ${loadavg()[0]?.toFixed(1)} after`;
  const head = `${date}; ${machine}; ${loads}; medians of ${rows[0]?.samples.length}.`;
  const report = [head, ...parts].join("\n\n");
  console.log(report);

  mkdirSync(path.join(docs, "benchmarks"), { recursive: true });
  const samples = Object.fromEntries(rows.map((row) => [row.name, row.samples]));
  writeFileSync(
    path.join(docs, "benchmarks/cold.json"),
    `${JSON.stringify({ date, machine, load, samples }, null, 2)}\n`,
  );
  const page = path.join(docs, "benchmarks.md");
  const text = readFileSync(page, "utf8");
  const [before, after] = ["<!-- bench:cold -->", "<!-- /bench:cold -->"];
  const start = text.indexOf(before) + before.length;
  writeFileSync(page, `${text.slice(0, start)}\n${report}\n${text.slice(text.indexOf(after))}`);
}
