import { markdownTable } from "markdown-table";
import * as statistics from "simple-statistics";

/** The middle of some figures, of an even number the mean of the two in the middle; NaN where there are none. */
export function median(figures: readonly number[]): number {
  return figures.length === 0 ? Number.NaN : statistics.median([...figures]);
}

/** The figure that a share (0 to 1) of the figures does not exceed, interpolated as numpy does; NaN where there are none. */
export function percentile(figures: readonly number[], share: number): number {
  return figures.length === 0 ? Number.NaN : statistics.quantile([...figures], share);
}

/** The same list beginning at another place for each round, so that nothing always comes first. */
export function rotated<Item>(list: readonly Item[], round: number): Item[] {
  const at = round % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

/** How a number of jobs went. */
export interface Run {
  /** Of each job, in milliseconds, in the order in which they ended. */
  latencies: number[];
  /** Of all, in milliseconds. */
  elapsed: number;
}

/** Does jobs 0 to `count - 1`, `clients` of them at a time: each client does one after the other. */
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

/** A Markdown table; the first column holds names, the others figures. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return markdownTable([head, ...rows.map((row) => row.map(String))], {
    align: head.map((_, column) => (column === 0 ? "left" : "right")),
    alignDelimiters: false,
  });
}

/** The straight line nearest to some points (least squares), and how much of what varies it explains. */
export function linearFit(xs: readonly number[], ys: readonly number[]): { slope: number; r2: number } {
  const points = xs.map((x, at) => [x, ys[at] ?? Number.NaN]);
  const line = statistics.linearRegression(points);
  return { slope: line.m, r2: statistics.rSquared(points, statistics.linearRegressionLine(line)) };
}
