// Runs before `pnpm pack` and makes dist/, the tarball's content: a manifest, a README, and one declaration file with
// the API's types that depends only on tRPC's.
import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import trpc from "@trpc/server/package.json" with { type: "json" };
import { type Plugin, rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import manifest from "../package.json" with { type: "json" };

const directory = path.resolve(import.meta.dirname, "..");
const output = path.join(directory, "dist");
const name = "index.d.ts";

/** Replaces the context by an empty type: clients do not see it, and it refers to the AWS SDK's types. */
const withoutContext: Plugin = {
  name: "without-context",
  load: {
    order: "pre",
    handler: (id) =>
      id === path.join(directory, "src/context.d.ts")
        ? "export interface ApiContext {} export interface ProcedureMeta {}"
        : null,
  },
};

const bundle = await rolldown({
  input: path.join(directory, "src/index.ts"),
  external: /^@trpc\//,
  plugins: [
    withoutContext,
    dts({ dtsOnly: true, tsconfig: path.join(import.meta.dirname, "tsconfig.json") }),
  ],
});
const { output: chunks } = await bundle.generate();
const [declarations, ...others] = chunks;
if (declarations.fileName !== name || others.length > 0) {
  throw new Error(`Expected one file, got: ${chunks.map(({ fileName }) => fileName).join(", ")}`);
}

await rm(output, { recursive: true, force: true });
await mkdir(output);
await writeFile(path.join(output, name), declarations.code);
await copyFile(path.resolve(directory, "../../docs/api.md"), path.join(output, "README.md"));
await writeFile(
  path.join(output, "package.json"),
  JSON.stringify(
    {
      name: manifest.name,
      version: manifest.version,
      description: "The types of Kumite's API, for tRPC clients",
      license: "MIT",
      // Without a `type`, so that both ES modules and CommonJS modules can import the types.
      exports: { ".": { types: `./${name}` } },
      peerDependencies: { "@trpc/server": `^${trpc.version}` },
    },
    undefined,
    2,
  ),
);
