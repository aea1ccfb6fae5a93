// `pnpm bench:cold [samples]`: what a cold start costs. Each sample is a fresh process that imports a function and sends
// it its first and its second request, against DynamoDB on loopback; the functions take turns. Writes docs/benchmarks.md's
// tables and docs/benchmarks/cold.json, and fails where a bar is missed.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { inWords, isHeld } from "../packages/bench/src/section.ts";
import confirmed from "../packages/functions/src/events/post-confirmation-google.json" with { type: "json" };
import signUp from "../packages/functions/src/events/pre-sign-up-password.json" with { type: "json" };
import { bare, bareVariants, bundleText, bundleVariant, hello, variants } from "./bench-cold/bundles.ts";
import { buildNext } from "./bench-cold/next.ts";
import {
  atMost,
  changesTable,
  functionsTable,
  publishCold,
  type Row,
  type Sample,
} from "./bench-cold/report.ts";
import { startSurroundings } from "./bench-cold/surroundings.ts";
import buildFunctions, { bundleFile } from "./build-functions.ts";

const run = promisify(execFile);
const probe = path.join(import.meta.dirname, "bench-cold/probe.mjs");
const samples = Math.max(15, Number(process.argv[2] ?? 21));
const load = loadavg()[0] ?? Number.NaN;
const work = mkdtempSync(path.join(tmpdir(), "kumite-cold-"));
const { environment, withoutKeys, overTls, token, stop } = await startSurroundings();
const compileCache = { ...environment, NODE_COMPILE_CACHE: path.join(work, "compile-cache") };

/** A row of the report, and how its samples are made. */
interface Case extends Row {
  file: string;
  event: unknown;
  env: Record<string, string>;
}

const query = {
  version: "2.0",
  routeKey: "ANY /api/trpc/{proxy+}",
  rawPath: "/api/trpc/user.get",
  rawQueryString: "",
  headers: { authorization: `Bearer ${token}`, host: "abc.execute-api.us-east-1.amazonaws.com" },
  requestContext: { http: { method: "GET", path: "/api/trpc/user.get", sourceIp: "192.0.2.1" } },
  pathParameters: { proxy: "user.get" },
  isBase64Encoded: false,
};
const confirmation = { ...confirmed, userName: "anna" };

await buildFunctions();
const cases: Case[] = [];

function add(name: string, file: string, event: unknown = {}, env = environment): Case {
  const added = { name, file, event, env, samples: [] };
  cases.push(added);
  return added;
}

const trpcName = "trpc: user.get";
const helloCase = add("hello world", await bundleText(hello, path.join(work, "hello")));
const bareCase = add("bare GetItem (lib-dynamodb)", await bundleText(bare, path.join(work, "bare")));
const trpc = add(trpcName, bundleFile("trpc"), query);
const next = add(`${trpcName} in OpenNext's server function`, buildNext(), query);
const others = [
  add("post-confirmation: sign-up", bundleFile("post-confirmation"), confirmation),
  add("pre-sign-up: by password", bundleFile("pre-sign-up"), signUp),
  add("origin-authorizer", bundleFile("origin-authorizer"), { identitySource: ["key"] }),
];

/** Each with the case that it is a change of. */
const changes: (readonly [Case, Case])[] = [];

function change(of: Case, what: string, file = of.file, env = environment): void {
  changes.push([add(`${of.name}, ${what}`, file, of.event, env), of]);
}

for (const [what, options] of Object.entries(variants)) {
  change(trpc, what, await bundleVariant(options, path.join(work, `variant-${changes.length}`)));
}
for (const [what, contents] of Object.entries(bareVariants)) {
  change(bareCase, what, await bundleText(contents, path.join(work, `variant-${changes.length}`)));
}
change(trpc, "keys fetched", trpc.file, withoutKeys);
for (const each of [trpc, bareCase, next]) change(each, "DynamoDB by https", each.file, overTls);
for (const each of [trpc, bareCase, next]) change(each, "compile cache", each.file, compileCache);

async function sample({ name, file, event, env }: Case): Promise<Sample> {
  const { stdout, stderr } = await run(process.execPath, [probe, file, JSON.stringify(event)], {
    env,
    cwd: path.dirname(file),
  });
  const { sample: taken, answer } = JSON.parse(stderr.slice(stderr.lastIndexOf("\n")));
  const isAnswered = event !== query || JSON.parse(answer.body).result?.data?.username === "anna";
  if ((answer.statusCode ?? 200) !== 200 || !isAnswered) {
    throw new Error(`${name} did not answer as it should: ${JSON.stringify(answer)}\n${stdout}\n${stderr}`);
  }
  return taken;
}

// The user that the others read; then a round that warms the disk and the compile cache.
for (const each of [...others, ...cases]) await sample(each);
for (let round = 0; round < samples; round++) {
  for (const each of cases) each.samples.push(await sample(each));
  process.stdout.write(`\r${round + 1} of ${samples}`);
}
process.stdout.write("\n");
await stop();
rmSync(work, { recursive: true });

const bars = [
  atMost(0.25, "cold", trpc, next, "OpenNext's server function"),
  atMost(1.3, "cold", trpc, bareCase, "the bare handler"),
  atMost(1.25, "memory", trpc, bareCase, "the bare handler"),
];
publishCold(cases, load, [
  functionsTable([helloCase, bareCase, trpc, next, ...others], bareCase),
  bars.map(inWords).join("\n"),
  "What one change makes of it:",
  changesTable(changes),
]);
process.exit(bars.every(isHeld) ? 0 : 1);
