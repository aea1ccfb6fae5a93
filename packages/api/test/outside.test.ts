/** The package in a frontend outside this repository: packed, installed in a separate project, and compiled there. */
import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import root from "../../../package.json" with { type: "json" };

const run = promisify(execFile);
const repository = path.resolve(import.meta.dirname, "../../..");
const fixtures = path.join(import.meta.dirname, "outside");
const files = ["right.ts", "wrong.ts"];

/** The first version whose client compiles without Node's types; the declarations of 11.22 refer to `http` and `ws`. */
const trpcVersion = "11.25.2";

let project: string;

const pnpm = (cwd: string, ...args: string[]) => run("npx", ["-y", root.packageManager, ...args], { cwd });

beforeAll(async () => {
  project = await realpath(await mkdtemp(path.join(tmpdir(), "kumite-outside-")));
  await pnpm(repository, "--filter", "@kumite/api", "pack", "--out", path.join(project, "api.tgz"));
  await Promise.all(files.map((file) => cp(path.join(fixtures, file), path.join(project, file))));
  await writeManifest("module");
  await pnpm(project, "install", "--ignore-workspace", "--prefer-offline");
});
afterAll(() => rm(project, { recursive: true, force: true }));

async function writeManifest(type: "module" | "commonjs"): Promise<void> {
  const dependencies = {
    "@kumite/api": "file:api.tgz",
    "@trpc/client": trpcVersion,
    "@trpc/server": trpcVersion,
  };
  await writeFile(path.join(project, "package.json"), JSON.stringify({ private: true, type, dependencies }));
}

/**
 * Compiles the files with no other settings, including the declarations of dependencies.
 * @returns every error, as `file:line code`
 */
async function compile(compiler: string, moduleSettings: object): Promise<string[]> {
  const compilerOptions = { strict: true, target: "esnext", ...moduleSettings };
  await writeFile(path.join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const tsc = createRequire(import.meta.url)
    .resolve(`${compiler}/package.json`)
    .replace("package.json", "bin/tsc");
  const args = [tsc, "--noEmit", "--pretty", "false"];
  const { stdout } = await run(process.execPath, args, { cwd: project }).catch(
    (error: { stdout: string }) => error,
  );
  return [...stdout.matchAll(/^(\S+?)(?:\((\d+),\d+\))?: error (TS\d+)/gm)].map(
    ([, file, line, code]) => `${file}:${line} ${code}`,
  );
}

describe("the installed package", () => {
  test("has only types, and is small", async () => {
    const installed = await realpath(path.join(project, "node_modules/@kumite/api"));
    const held = await readdir(installed, { recursive: true });
    expect(held.sort()).toEqual(["LICENSE", "README.md", "index.d.ts", "package.json"]);
    const sizes = await Promise.all(held.map(async (file) => (await stat(path.join(installed, file))).size));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(300_000);
  });

  test("installs no other packages", async () => {
    const store = await readdir(path.join(project, "node_modules/.pnpm"));
    const names = store.filter((name) => name.includes("@")).map((name) => name.replace(/(?<=.)@.*$/, ""));
    // tRPC has TypeScript as a peer dependency.
    const others = names.filter((name) => !/^@?typescript\b/.test(name));
    expect(others.sort()).toEqual(["@kumite+api", "@trpc+client", "@trpc+server"]);
  });

  test("refers to nothing of the server, Node or AWS", async () => {
    const text = await readFile(path.join(project, "node_modules/@kumite/api/index.d.ts"), "utf8");
    const imported = [...text.matchAll(/(?:from |import\()"([^"]+)"/g)].map(([, name]) => name);
    expect([...new Set(imported)]).toEqual(["@trpc/server"]);
    expect(text).not.toMatch(/declare global|aws|dynamo|cognito|budget/i);
  });
});

const moduleKinds = [
  ["a bundler", "module", { module: "esnext", moduleResolution: "bundler" }],
  ["nodenext, as an ES module", "module", { module: "nodenext", moduleResolution: "nodenext" }],
  ["nodenext, as CommonJS", "commonjs", { module: "nodenext", moduleResolution: "nodenext" }],
] as const;

describe.each([
  ["typescript-5.9", /^5\.9\./],
  ["typescript", /^7\./],
])("%s", (compiler, version) => {
  test("is the expected version", () => {
    const { version: installed } = createRequire(import.meta.url)(`${compiler}/package.json`);
    expect(installed).toMatch(version);
  });

  describe.each(moduleKinds)("for %s", (_, type, moduleSettings) => {
    beforeAll(() => writeManifest(type));

    test("compiles right.ts, and reports each wrong line of wrong.ts", async () => {
      expect(await compile(compiler, moduleSettings)).toEqual(await expectedErrors());
    });
  });
});

async function expectedErrors(): Promise<string[]> {
  const lines = (await readFile(path.join(fixtures, "wrong.ts"), "utf8")).split("\n");
  return lines.flatMap((line, at) => {
    const [, code] = /\/\/ (TS\d+)$/.exec(line) ?? [];
    return code === undefined ? [] : [`wrong.ts:${at + 1} ${code}`];
  });
}
