/** The options of a benchmark. */
export interface BenchOptions {
  /** A short run that shows that everything works. Its figures mean little. */
  quick: boolean;
  log(line: string): void;
}

/** A figure and its bounds. */
export interface Bar {
  what: string;
  value: number;
  most?: number;
  least?: number;
}

/** The results of a benchmark. Each module `<name>.ts` exports `run(options: BenchOptions): Promise<Section>`. */
export interface Section {
  name: string;
  title: string;
  markdown: string;
  bars: Bar[];
  /** The raw numbers, stored as JSON. */
  data: unknown;
  /** SVG by file name. */
  plots: Record<string, string>;
}

/** Whether a bar's value is within its bounds; NaN is not. */
export function isHeld({
  value,
  most = Number.POSITIVE_INFINITY,
  least = Number.NEGATIVE_INFINITY,
}: Bar): boolean {
  return value <= most && value >= least;
}

/** Formats a bar for a report. */
export function inWords(bar: Bar): string {
  const bounds = [
    ...(bar.least === undefined ? [] : [`at least ${bar.least}`]),
    ...(bar.most === undefined ? [] : [`at most ${bar.most}`]),
  ];
  const value = Number(bar.value.toPrecision(4));
  return `- ${bar.what}: ${value}, ${bounds.join(" and ")}: ${isHeld(bar) ? "held" : "**not held**"}`;
}
