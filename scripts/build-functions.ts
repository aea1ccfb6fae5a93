// `pnpm build:functions` bundles each Lambda entry point separately, as SST does (infra/bundle.ts), into
// dist/functions/<name>/bundle.mjs. Prints a table of sizes, and fails if one is over the budget.
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { bundle } from "../infra/bundle.ts";
import functions from "../packages/functions/package.json" with { type: "json" };

const root = path.resolve(import.meta.dirname, "..");

/** In bytes. */
const budget = { entry: 60_000, start: 400_000, zip: 250_000 };

/** What the functions with lazy parts load for the call by which `bench:cold` measures them, here `user.get`. */
const firstCall: Readonly<Record<string, string>> = { trpc: "packages/api/src/routers/user.ts" };

interface Size {
  name: string;
  /** The chunk that Lambda imports. */
  entry: number;
  /** The chunks that a cold start loads: the entry, the first call's part, and what they import. */
  start: number;
  /** All chunks. */
  all: number;
  zip: number;
}

/** The file that Lambda loads, by the name of its entry point. */
export function bundleFile(name: string): string {
  return path.join(root, "dist/functions", name, "bundle.mjs");
}

const packageDirectory = path.join(root, "packages/functions");

/** The source of each entry point of packages/functions, by its name. */
const sources = new Map(
  Object.entries(functions.exports).map(([name, file]) => [
    path.basename(name),
    path.join(packageDirectory, file),
  ]),
);
export const entryPoints = [...sources.keys()];

/** The source of an entry point. */
export function sourceFile(name: string): string {
  const file = sources.get(name);
  if (file === undefined) throw new Error(`There is no function ${name}.`);
  return file;
}

/** Bundles every entry point, and returns their sizes. */
export default async function buildFunctions(): Promise<Size[]> {
  rmSync(path.join(root, "dist/functions"), { recursive: true, force: true });
  return Promise.all(entryPoints.map(bundleOne));
}

/**
 * esbuild's options to bundle one function into a directory: our settings, and those that SST 4.17 adds
 * (pkg/runtime/node/build.go).
 */
export function bundleOptions(outdir: string) {
  const { format, minify, splitting, esbuild } = bundle;
  return {
    outdir,
    format,
    minify,
    splitting,
    ...esbuild,
    // No source maps: SST makes them but does not upload them.
    bundle: true,
    platform: "node",
    target: "es2024",
    mainFields: ["module", "main"],
    entryNames: "bundle",
    outExtension: { ".js": ".mjs" },
    banner: {
      js: [
        `import { createRequire as topLevelCreateRequire } from 'module';`,
        `const require = topLevelCreateRequire(import.meta.url);`,
      ].join("\n"),
    },
    metafile: true,
    logLevel: "warning",
  } as const satisfies BuildOptions;
}

async function bundleOne(name: string): Promise<Size> {
  const { metafile } = await build({
    ...bundleOptions(path.dirname(bundleFile(name))),
    entryPoints: [sourceFile(name)],
  });
  const started = startChunks(metafile, [sourceFile(name), firstCall[name] ?? []].flat());
  const chunks = Object.keys(metafile.outputs).map((file) => ({ file, content: readFileSync(file) }));
  return {
    name,
    entry: readFileSync(bundleFile(name)).length,
    start: [...started].reduce((sum, file) => sum + (metafile.outputs[file]?.bytes ?? 0), 0),
    all: chunks.reduce((sum, { content }) => sum + content.length, 0),
    zip: chunks.reduce((sum, { file, content }) => sum + zippedSize(path.basename(file), content), 22),
  };
}

/** The chunks of some sources and all that they import at once, which is not what they import later, by `import()`. */
function startChunks({ outputs }: Metafile, sources: readonly string[]): Set<string> {
  const paths = sources.map((source) => path.relative(process.cwd(), path.resolve(root, source)));
  const found = new Set(
    Object.keys(outputs).filter((file) => paths.includes(outputs[file]?.entryPoint ?? "")),
  );
  for (const file of found) {
    for (const { path: imported, kind } of outputs[file]?.imports ?? []) {
      if (kind === "import-statement" && imported in outputs) found.add(imported);
    }
  }
  return found;
}

/** Bytes of a file in a zip: its content, and two headers of 30 and 46 bytes with its name. */
function zippedSize(name: string, content: Buffer): number {
  return deflateRawSync(content).length + 2 * name.length + 76;
}

if (import.meta.main) {
  const sizes = await buildFunctions();
  console.table(Object.fromEntries(sizes.map(({ name, ...bytes }) => [name, bytes])));
  const parts = ["entry", "start", "zip"] as const;
  const over = sizes.flatMap((size) =>
    parts
      .filter((part) => size[part] > budget[part])
      .map((part) => `${size.name} is over budget: ${part} ${size[part]} of ${budget[part]} bytes.`),
  );
  for (const problem of over) console.error(problem);
  process.exit(over.length === 0 ? 0 : 1);
}
