import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";

const docs = path.resolve(import.meta.dirname, "../../../docs");
const pages = ["benchmarks.md", "scaling.md"].map((page) => path.join(docs, page));

/** The machine that runs the benchmark. */
export const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;

/**
 * Writes a benchmark's results: figures to docs/benchmarks/<name>.json, plots to the same folder, and the report to the
 * document that has `<!-- bench:<name> -->` and `<!-- /bench:<name> -->`.
 * @param found.figures stored as JSON
 * @param found.plots SVG by file name
 */
export function publish(
  name: string,
  found: { report: string; figures: object; plots?: Readonly<Record<string, string>> },
): void {
  const directory = path.join(docs, "benchmarks");
  mkdirSync(directory, { recursive: true });
  // Each list of figures on one line.
  const json = JSON.stringify(found.figures, null, 2).replace(/\[[\s\d.,e+-]+\]/g, (list) =>
    list.replace(/\s+/g, " "),
  );
  writeFileSync(path.join(directory, `${name}.json`), `${json}\n`);
  for (const [file, svg] of Object.entries(found.plots ?? {})) writeFileSync(path.join(directory, file), svg);

  const [start, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const page = pages.find((candidate) => readFileSync(candidate, "utf8").includes(start));
  if (page === undefined) throw new Error(`No document has ${start}`);
  const text = readFileSync(page, "utf8");
  const before = text.slice(0, text.indexOf(start) + start.length);
  writeFileSync(page, `${before}\n${found.report}\n${text.slice(text.indexOf(end))}`);
}

/** Returns today's date for reports, in UTC. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
