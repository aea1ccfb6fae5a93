// `pnpm bench [name …] [--quick]`: measures, writes docs/benchmarks/* and what stands between the markers
// `<!-- bench:<name> -->` and `<!-- /bench:<name> -->` of the documents, and fails where a bar is not held.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Bar, type BenchOptions, isHeld, type Section } from "./section.ts";

const benchmarks: Record<string, () => Promise<{ run: (options: BenchOptions) => Promise<Section> }>> = {
  booking: () => import("./booking.ts"),
  contention: () => import("./contention.ts"),
  calendar: () => import("./calendar.ts"),
  search: () => import("./search.ts"),
  types: () => import("./types.ts"),
  units: () => import("./units.ts"),
  web: () => import("./web.ts"),
};

const docs = path.resolve(import.meta.dirname, "../../../docs");
const pages = ["benchmarks.md", "scaling.md"].map((page) => path.join(docs, page));

const { values, positionals } = parseArgs({
  options: { quick: { type: "boolean", default: false } },
  allowPositionals: true,
});
const names = positionals.length > 0 ? positionals : Object.keys(benchmarks);
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(`No benchmark named ${unknown.join(", ")}; there are ${Object.keys(benchmarks).join(", ")}.`);
  process.exit(2);
}

// The load as it is found, before the benchmarks add theirs.
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`;
const missed: string[] = [];
for (const [name, load] of Object.entries(benchmarks).filter(([name]) => names.includes(name))) {
  const begin = performance.now();
  console.log(`── ${name}`);
  try {
    const { run } = await load();
    const section = await run({ quick: values.quick, log: (line) => console.log(line) });
    const bars = section.bars.map(sentence).join("\n");
    const report = [section.markdown.trim(), bars].filter(Boolean).join("\n\n");
    console.log(`${section.title}\n\n${report}\n`);
    missed.push(...section.bars.filter((bar) => !isHeld(bar)).map((bar) => `${name}: ${sentence(bar)}`));
    if (!values.quick) write(section, report);
  } catch (error) {
    // The others are measured all the same.
    console.error(error);
    missed.push(`${name}: failed`);
    process.exitCode = 1;
  }
  console.log(`${name}: ${((performance.now() - begin) / 1_000).toFixed(0)} s\n`);
}
if (missed.length > 0) {
  console.log(`Not held:\n${missed.join("\n")}`);
  // The figures of a quick run say nothing.
  if (!values.quick) process.exitCode = 1;
}

function sentence(bar: Bar): string {
  const bounds = [
    ...(bar.least === undefined ? [] : [`at least ${bar.least}`]),
    ...(bar.most === undefined ? [] : [`at most ${bar.most}`]),
  ];
  const value = Number(bar.value.toPrecision(4));
  return `- ${bar.what}: ${value}, ${bounds.join(" and ")}: ${isHeld(bar) ? "held" : "**not held**"}`;
}

function write(section: Section, report: string): void {
  const date = new Date().toISOString().slice(0, 10);
  const directory = path.join(docs, "benchmarks");
  mkdirSync(directory, { recursive: true });
  const { name, bars, data } = section;
  const json = JSON.stringify({ date, machine, bars, data }, null, 2);
  // Each list of figures on a line of its own.
  const shortened = json.replace(/\[[\s\d.,e+-]+\]/g, (figures) => figures.replace(/\s+/g, " "));
  writeFileSync(path.join(directory, `${name}.json`), `${shortened}\n`);
  for (const [file, svg] of Object.entries(section.plots)) writeFileSync(path.join(directory, file), svg);

  const [start, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const page = pages.find((candidate) => readFileSync(candidate, "utf8").includes(start));
  if (page === undefined) throw new Error(`No document has ${start}`);
  const text = readFileSync(page, "utf8");
  const before = text.slice(0, text.indexOf(start) + start.length);
  writeFileSync(page, `${before}\n${date}; ${machine}.\n\n${report}\n${text.slice(text.indexOf(end))}`);
}
