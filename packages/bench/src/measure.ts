import { markdownTable } from "markdown-table";
import * as statistics from "simple-statistics";

/** Returns the median; NaN if there are no figures. */
export function median(figures: readonly number[]): number {
  return figures.length === 0 ? Number.NaN : statistics.median([...figures]);
}

/** Returns the percentile for a share from 0 to 1, interpolated as numpy does; NaN if there are no figures. */
export function percentile(figures: readonly number[], share: number): number {
  return figures.length === 0 ? Number.NaN : statistics.quantile([...figures], share);
}

/** Returns the list rotated by the round, so that no item is always first. */
export function rotated<Item>(list: readonly Item[], round: number): Item[] {
  const at = round % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

/** The times of a number of jobs. */
export interface Run {
  /** For each job, in milliseconds, in the order in which they ended. */
  latencies: number[];
  /** For all jobs together, in milliseconds. */
  elapsed: number;
}

/** Runs jobs 0 to `count - 1` with `clients` clients at the same time; each client runs one job after the other. */
export async function inParallel(
  clients: number,
  count: number,
  job: (index: number) => Promise<unknown>,
): Promise<Run> {
  const latencies: number[] = [];
  let next = 0;
  const client = async () => {
    while (next < count) {
      const index = next++;
      const begin = performance.now();
      await job(index);
      latencies.push(performance.now() - begin);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: Math.min(clients, count) }, client));
  return { latencies, elapsed: performance.now() - begin };
}

/** Returns a Markdown table. The first column has names, the others have figures. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return markdownTable([head, ...rows.map((row) => row.map(String))], {
    align: head.map((_, column) => (column === 0 ? "left" : "right")),
    alignDelimiters: false,
  });
}

/** Fits a straight line to points by least squares, and returns its slope and R². */
export function linearFit(xs: readonly number[], ys: readonly number[]): { slope: number; r2: number } {
  const points = xs.map((x, at) => [x, ys[at] ?? Number.NaN]);
  const line = statistics.linearRegression(points);
  return { slope: line.m, r2: statistics.rSquared(points, statistics.linearRegressionLine(line)) };
}
