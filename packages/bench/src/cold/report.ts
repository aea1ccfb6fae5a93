// From samples to the table in docs/benchmarks.md.
import { loadavg } from "node:os";
import { median as middleOf, table } from "../../packages/bench/src/measure.ts";
import { machine, publish, today } from "../../packages/bench/src/publish.ts";
import type { Bar } from "../../packages/bench/src/section.ts";

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

function median({ samples }: Row, field: keyof Sample): number {
  return middleOf(samples.map((sample) => sample[field]));
}

/** How much more one row took than another in the same round, by the median. */
function difference(row: Row, of: Row, field: keyof Sample): number {
  return middleOf(
    row.samples.map((sample, round) => sample[field] - (of.samples[round]?.[field] ?? Number.NaN)),
  );
}

function ratio(measure: "cold" | "memory", row: Row, of: Row): number {
  return median(row, measure) / median(of, measure);
}

/** What must hold: at most so much of what another row took, by the medians. */
export function atMost(most: number, measure: "cold" | "memory", row: Row, of: Row, name: string): Bar {
  return { what: `${measure}, of ${name}`, value: ratio(measure, row, of), most };
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
      ...(["cold", "memory"] as const).map((measure) => ratio(measure, row, base).toFixed(2)),
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

/** Puts the report into docs/benchmarks.md and every sample beside it. */
export function publishCold(rows: Row[], load: number, parts: string[]): void {
  const date = today();
  const loads = `load ${load.toFixed(1)} before and ${loadavg()[0]?.toFixed(1)} after`;
  const head = `${date}; ${machine}; ${loads}; medians of ${rows[0]?.samples.length}.`;
  const report = [head, ...parts].join("\n\n");
  console.log(report);
  const samples = Object.fromEntries(rows.map((row) => [row.name, row.samples]));
  publish("cold", { report, figures: { date, machine, load, samples } });
}
