/** `pnpm docs:check` checks that the paths, links and commands in documents exist. */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkDocument, type Repository, readDocument } from "./docs.ts";
import { listFiles } from "./files.ts";

const files = listFiles();
const scripts = new Map<string, Set<string>>();
for (const file of files.filter((name) => path.basename(name) === "package.json")) {
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  const own = new Set(Object.keys(manifest.scripts ?? {}));
  scripts.set(manifest.name, own);
  if (file === "package.json") scripts.set("", own);
}
const repository: Repository = {
  files,
  scripts,
  binaries: new Set(readdirSync("node_modules/.bin")),
  projects: new Set(
    [...readFileSync("vitest.config.ts", "utf8").matchAll(/name: "([\w-]+)"/g)].map(([, name = ""]) => name),
  ),
  isIgnored: (name) => spawnSync("git", ["check-ignore", "--quiet", name]).status === 0,
};

// The changelog may name what no longer exists.
const documents = files.filter((file) => file.endsWith(".md") && path.basename(file) !== "CHANGELOG.md");
let count = 0;
for (const file of documents) {
  const read = (name: string) => readFileSync(name, "utf8");
  for (const { line, message } of checkDocument(file, read(file), repository, read)) {
    count++;
    console.error(`${file}:${line}: ${message}`);
  }
}

// The tree in the architecture page must name every package.
const architecture = "docs/architecture.md";
const trees = readDocument(readFileSync(architecture, "utf8")).blocks.filter(
  ({ language }) => language === "",
);
for (const file of files) {
  const [, folder] = /^((?:apps|packages)\/[^/]+\/)package\.json$/.exec(file) ?? [];
  if (folder === undefined || trees.some(({ text }) => text.includes(folder))) continue;
  count++;
  console.error(`${architecture}: the tree does not name ${folder}`);
}
console.log(`${documents.length} documents, ${count} problems`);
process.exitCode = count === 0 ? 0 : 1;
