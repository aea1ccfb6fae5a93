// `pnpm bench [name …] [--quick]`: measures, writes docs/benchmarks/* and the text between the markers `<!--
// bench:<name> -->` and `<!-- /bench:<name> -->` of the documents, and fails if a bar is not held.
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { machine, publish, today } from "./publish.ts";
import { type BenchOptions, inWords, isHeld, type Section } from "./section.ts";

const benchmarks: Record<string, () => Promise<{ run: (options: BenchOptions) => Promise<Section> }>> = {
  booking: () => import("./booking.ts"),
  contention: () => import("./contention.ts"),
  calendar: () => import("./calendar.ts"),
  cold: () => import("./cold/cold.ts"),
  search: () => import("./search.ts"),
  types: () => import("./types.ts"),
  units: () => import("./units.ts"),
  web: () => import("./web.ts"),
};

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

// The load before the benchmarks add theirs.
const surroundings = `${machine}, load ${loadavg()[0]?.toFixed(1)}`;
const missed: string[] = [];
for (const [name, load] of Object.entries(benchmarks).filter(([name]) => names.includes(name))) {
  const begin = performance.now();
  console.log(`── ${name}`);
  try {
    const { run } = await load();
    const section = await run({ quick: values.quick, log: (line) => console.log(line) });
    const bars = section.bars.map(inWords).join("\n");
    const report = [section.markdown.trim(), bars].filter(Boolean).join("\n\n");
    console.log(`${section.title}\n\n${report}\n`);
    missed.push(...section.bars.filter((bar) => !isHeld(bar)).map((bar) => `${name}: ${inWords(bar)}`));
    if (!values.quick) write(section, report);
  } catch (error) {
    // The other benchmarks still run.
    console.error(error);
    missed.push(`${name}: failed`);
    process.exitCode = 1;
  }
  console.log(`${name}: ${((performance.now() - begin) / 1_000).toFixed(0)} s\n`);
}
if (missed.length > 0) {
  console.log(`Not held:\n${missed.join("\n")}`);
  // The figures of a quick run mean nothing.
  if (!values.quick) process.exitCode = 1;
}

function write({ name, bars, data, plots }: Section, report: string): void {
  const date = today();
  publish(name, {
    report: `${date}; ${surroundings}.\n\n${report}`,
    figures: { date, machine: surroundings, bars, data },
    plots,
  });
}
