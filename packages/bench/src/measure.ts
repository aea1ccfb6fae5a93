/** The middle of some figures; of an even number, the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const middle = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return middle.reduce((sum, figure) => sum + figure, 0) / middle.length;
}

/** The figure that a share (0 to 1) of the figures does not exceed. */
export function percentile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
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
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [
    line(head),
    `|${head.map((_, at) => (at === 0 ? "---" : "---:")).join("|")}|`,
    ...rows.map(line),
  ].join("\n");
}

/** The straight line nearest to some points (least squares), and how much of what varies it explains. */
export function linearFit(xs: readonly number[], ys: readonly number[]): { slope: number; r2: number } {
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  const products = (as: readonly number[], meanA: number, bs: readonly number[], meanB: number) =>
    as.reduce((sum, a, at) => sum + (a - meanA) * ((bs[at] ?? Number.NaN) - meanB), 0);
  const xy = products(xs, meanX, ys, meanY);
  const xx = products(xs, meanX, xs, meanX);
  return { slope: xy / xx, r2: xy ** 2 / (xx * products(ys, meanY, ys, meanY)) };
}
