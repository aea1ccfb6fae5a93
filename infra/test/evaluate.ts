/**
 * Executes sst.config.ts for one stage without AWS: SST's own platform code runs under Pulumi's mocks, without SST's
 * CLI. Prints what the config declares, as JSON. Runs as a child process, because SST and Pulumi keep global state.
 */
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { callProvider, createdState } from "./fake-aws.ts";
import type { Declared, FunctionBuild, Scenario } from "./scenario.ts";

const root = path.resolve(import.meta.dirname, "../..");
const platform = path.join(root, ".sst/platform");
const requireOfPlatform = createRequire(path.join(platform, "package.json"));

const scenario = JSON.parse(process.argv[2] ?? "{}") as Scenario;
const declared: Declared = { resources: [], builds: [], outputs: {} };

/** The parts of SST and Pulumi that are used here. */
interface Bundle {
  config: {
    app(input: { stage: string }): Promise<Record<string, unknown>>;
    run(): Promise<Record<string, unknown>>;
  };
  sst: object;
  aws: object;
  random: object;
  runProgram(program: () => Promise<unknown>): Promise<Record<string, unknown>>;
  pulumi: {
    output(value: unknown): { apply(use: (value: Record<string, unknown>) => void): void };
    runtime: {
      setMocks(mocks: object, project: string, stack: string): Promise<void>;
      runInPulumiStack(program: () => Promise<unknown>): Promise<unknown>;
    };
  };
}

/** The registration of a resource, as Pulumi's engine receives it. */
interface Registration {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProtect(): boolean;
  getRetainondelete(): boolean;
}

const work = await mkdtemp(path.join(tmpdir(), "kumite-infra-"));
// Resources are still registered after the program has returned. The list is complete when no work is left.
process.once("beforeExit", finish);
process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);
let ended = false;
execute().then(() => {
  ended = true;
}, fail);

async function execute(): Promise<void> {
  await layOutSite();
  await serveCli();
  answerForCognito();
  const $app: Record<string, unknown> = { stage: scenario.stage, removal: "remove", protect: false };
  const $cli = {
    command: scenario.dev ? "dev" : "deploy",
    paths: { home: work, root: work, work, platform },
    state: { version: {} },
  };
  Object.assign(globalThis, { $app, $cli, $dev: scenario.dev ?? false });
  const { config, sst, aws, random, runProgram, pulumi } = await bundle();
  Object.assign(globalThis, { sst, aws, random });
  declared.app = await config.app({ stage: scenario.stage });
  Object.assign($app, declared.app);

  watchRegistrations();
  await pulumi.runtime.setMocks({ newResource: createdState, call: callProvider }, "kumite", scenario.stage);
  await pulumi.runtime.runInPulumiStack(async () => {
    const outputs = await runProgram(() => config.run());
    pulumi.output(outputs).apply((values) => {
      declared.outputs = values;
    });
    return outputs;
  });
}

function fail(error: unknown): void {
  declared.error ??= error instanceof Error ? error.message : String(error);
}

function finish(): void {
  if (!ended)
    fail("No work is left, but the program has not ended: resources depend on each other in a circle.");
  rmSync(work, { recursive: true, force: true });
  process.stdout.write(JSON.stringify(declared));
}

/** The config with SST's platform around it, as the CLI bundles them. */
async function bundle(): Promise<Bundle> {
  const esbuild = requireOfPlatform("esbuild");
  // In the platform's folder, so that bare imports resolve to its modules.
  const bundleFile = path.join(platform, `test.${process.pid}.mjs`);
  await esbuild.build({
    stdin: {
      contents: `
        export { default as config } from ${JSON.stringify(path.join(root, "sst.config.ts"))};
        export * as sst from "./src/components/index";
        export * as aws from "@pulumi/aws";
        export * as random from "@pulumi/random";
        export * as pulumi from "@pulumi/pulumi";
        export { run as runProgram } from "./src/auto/run";`,
      resolveDir: platform,
    },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    nodePaths: [path.join(platform, "node_modules")],
    inject: [path.join(platform, "src/shim/run.js")],
    outfile: bundleFile,
    logLevel: "error",
  });
  try {
    return await import(pathToFileURL(bundleFile).href);
  } finally {
    await rm(bundleFile);
  }
}

/** Records every resource that is registered with Pulumi. */
function watchRegistrations(): void {
  const { MockMonitor } = requireOfPlatform("@pulumi/pulumi/runtime/mocks.js");
  const { deserializeProperties } = requireOfPlatform("@pulumi/pulumi/runtime/rpc.js");
  const { registerResource } = MockMonitor.prototype;
  MockMonitor.prototype.registerResource = function (
    request: Registration & { getObject(): unknown },
    callback: unknown,
  ) {
    declared.resources.push({
      type: request.getType(),
      name: request.getName(),
      parent: request.getParent().split("::").at(-1) ?? "",
      inputs: unwrapSecrets(deserializeProperties(request.getObject(), true)) as Record<string, unknown>,
      protect: request.getProtect(),
      retainOnDelete: request.getRetainondelete(),
    });
    return registerResource.call(this, request, callback);
  };
}

/** Values that Pulumi would encrypt, in plain text. */
function unwrapSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrapSecrets);
  if (typeof value !== "object" || value === null) return value;
  if ("4dabf18193072939515e22adb298388d" in value && "value" in value) return unwrapSecrets(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrapSecrets(inner)]));
}

/** Writes OpenNext's output for a web app, so that tests need no build. */
async function layOutSite(): Promise<void> {
  const site = path.join(work, "apps/web");
  const bundles = ["server-functions/default", "image-optimization-function"];
  const origin = (name: string) => ({ handler: "index.handler", bundle: `.open-next/${name}` });
  const files: Record<string, string> = {
    "package.json": JSON.stringify({ dependencies: { next: "16.4.6" } }),
    ".next/BUILD_ID": "test",
    ".next/routes-manifest.json": JSON.stringify({ basePath: "" }),
    ".next/prerender-manifest.json": JSON.stringify({ routes: {} }),
    ".open-next/assets/_next/static/chunk.js": "",
    ".open-next/cache/none": "",
    ...Object.fromEntries(bundles.map((name) => [`.open-next/${name}/index.mjs`, ""])),
    ".open-next/open-next.output.json": JSON.stringify({
      edgeFunctions: {},
      origins: {
        s3: { type: "s3", originPath: "_assets", copy: [] },
        default: { type: "function", streaming: false, ...origin("server-functions/default") },
        imageOptimizer: { type: "function", ...origin("image-optimization-function") },
      },
      behaviors: [],
      additionalProps: { disableIncrementalCache: true, disableTagCache: true },
    }),
  };
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(site, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** Answers the config's only network request: the pool's keys. */
function answerForCognito(): void {
  const inReach = globalThis.fetch;
  globalThis.fetch = async (url, init) =>
    /^https:\/\/cognito-idp\..*\/\.well-known\/jwks\.json$/.test(String(url))
      ? Response.json({ keys: [{ kid: "of the pool" }] })
      : inReach(url, init);
}

/** Answers the program's requests to SST's CLI. */
async function serveCli(): Promise<void> {
  const built = path.join(work, "built");
  await mkdir(built, { recursive: true });
  await writeFile(path.join(built, "index.mjs"), "");
  const answers: Record<string, (input: unknown) => unknown> = {
    "Provider.Aws.Bootstrap": () => ({
      asset: "assets",
      state: "state",
      assetEcrUrl: "",
      assetEcrRegistryId: "",
    }),
    "Provider.Aws.Appsync": () => ({ http: "http.appsync", realtime: "realtime.appsync" }),
    "Runtime.Build": (input) => {
      declared.builds.push(input as FunctionBuild);
      return { handler: "index.handler", out: built, errors: [], sourcemaps: [] };
    },
    "Runtime.AddTarget": (input) => {
      declared.builds.push(input as FunctionBuild);
      return {};
    },
  };
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method, params } = JSON.parse(body) as { method: string; params: unknown[] };
    const answer = answers[method];
    // A kept-alive connection would keep this process alive.
    response.setHeader("connection", "close");
    response.end(
      JSON.stringify(answer ? { result: answer(params[0]) } : { error: `rpc: can't find method ${method}` }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  process.env["SST_SERVER"] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
