/** What a benchmark is told. */
export interface BenchOptions {
  /** A short run, which shows that everything works; its figures mean little. */
  quick: boolean;
  log(line: string): void;
}

/** A figure and the bound that it is held to. */
export interface Bar {
  what: string;
  value: number;
  most?: number;
  least?: number;
}

/** What a benchmark found: each module `<name>.ts` exports `run(options: BenchOptions): Promise<Section>`. */
export interface Section {
  name: string;
  title: string;
  markdown: string;
  bars: Bar[];
  /** The raw numbers, kept as JSON. */
  data: unknown;
  /** SVG by file name. */
  plots: Record<string, string>;
}

/** Whether a bar's value keeps within its bounds; one that is no number does not. */
export function isHeld({
  value,
  most = Number.POSITIVE_INFINITY,
  least = Number.NEGATIVE_INFINITY,
}: Bar): boolean {
  return value <= most && value >= least;
}

/** A bar as it stands in a report. */
export function inWords(bar: Bar): string {
  const bounds = [
    ...(bar.least === undefined ? [] : [`at least ${bar.least}`]),
    ...(bar.most === undefined ? [] : [`at most ${bar.most}`]),
  ];
  const value = Number(bar.value.toPrecision(4));
  return `- ${bar.what}: ${value}, ${bounds.join(" and ")}: ${isHeld(bar) ? "held" : "**not held**"}`;
}
