// Turns samples into the tables in docs/benchmarks.md.
import { median as middleOf, table } from "../measure.ts";
import type { Bar } from "../section.ts";

/** One fresh process, in milliseconds and MiB. */
export interface Sample {
  import: number;
  first: number;
  /** Import and first request. */
  cold: number;
  /** Processor time for both, on all cores. It hardly depends on what else runs. */
  cpu: number;
  second: number;
  memory: number;
}

export interface Row {
  name: string;
  samples: Sample[];
}

const fields = ["import", "first", "cold", "cpu", "second", "memory"] as const;

/** Returns a list of the samples' values for each field. */
export function columns(samples: readonly Sample[]): Record<keyof Sample, number[]> {
  const column = (field: keyof Sample) => samples.map((sample) => Number(sample[field].toFixed(3)));
  return Object.fromEntries(fields.map((field) => [field, column(field)])) as Record<keyof Sample, number[]>;
}

function median({ samples }: Row, field: keyof Sample): number {
  return middleOf(samples.map((sample) => sample[field]));
}

/** Returns the median difference of two rows in the same round. */
function difference(row: Row, of: Row, field: keyof Sample): number {
  return middleOf(
    row.samples.map((sample, round) => sample[field] - (of.samples[round]?.[field] ?? Number.NaN)),
  );
}

function ratio(measure: "cold" | "memory", row: Row, of: Row): number {
  return median(row, measure) / median(of, measure);
}

/** Returns a bar: one row's median is at most this multiple of another row's. */
export function atMost(most: number, measure: "cold" | "memory", row: Row, of: Row, name: string): Bar {
  return { what: `${measure}, of ${name}`, value: ratio(measure, row, of), most };
}

/** The table of functions, each compared with `base`. */
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
      ...fields.map((field) => median(row, field).toFixed(1)),
      ...(["cold", "memory"] as const).map((measure) => ratio(measure, row, base).toFixed(2)),
    ]),
  );
}

/** The table of single changes. Each pair is the changed row and the original; they are compared round by round. */
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
