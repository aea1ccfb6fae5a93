import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import buildFunctions, { bundleFile } from "../../../../scripts/build-functions.ts";
import confirmed from "../../../functions/src/events/post-confirmation-google.json" with { type: "json" };
import signUp from "../../../functions/src/events/pre-sign-up-password.json" with { type: "json" };
import type { BenchOptions, Section } from "../section.ts";
import { bare, bareVariants, bundleText, bundleVariant, hello, variants } from "./bundles.ts";
import { buildNext } from "./next.ts";
import { atMost, changesTable, columns, functionsTable, type Row, type Sample } from "./report.ts";
import { startSurroundings } from "./surroundings.ts";

const execute = promisify(execFile);
const probe = path.join(import.meta.dirname, "probe.mjs");

/** A row of the report, and how its samples are made. */
interface Case extends Row {
  file: string;
  event: unknown;
  env: Record<string, string>;
}

/**
 * Measures cold starts. Each sample is a fresh process that imports a function and sends it two requests, with DynamoDB
 * on loopback by https. The functions take turns.
 */
export async function run({ quick, log }: BenchOptions): Promise<Section> {
  const samples = quick ? 3 : 41;
  const work = mkdtempSync(path.join(tmpdir(), "kumite-cold-"));
  const surroundings = await startSurroundings();
  try {
    await buildFunctions();
    const next = buildNext(log);
    const plan = await planCases(work, next, surroundings);
    // First creates the user that the others read; then a round warms the disk and the compile cache.
    for (const each of [...plan.others, ...plan.cases]) await sample(each);
    for (let round = 0; round < samples; round++) {
      for (const each of plan.cases) each.samples.push(await sample(each));
      log(`round ${round + 1} of ${samples}`);
    }
    return report(plan);
  } finally {
    await surroundings.stop();
    rmSync(work, { recursive: true });
  }
}

type Plan = Awaited<ReturnType<typeof planCases>>;

/** Bundles the measured functions into folders of `work`. */
async function planCases(
  work: string,
  nextFile: string,
  { environment, withoutKeys, token }: Awaited<ReturnType<typeof startSurroundings>>,
) {
  const cases: Case[] = [];
  const add = (name: string, file: string, event: unknown = {}, env = environment): Case => {
    const added = { name, file, event, env, samples: [] };
    cases.push(added);
    return added;
  };
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
  const helloWorld = add("hello world", await bundleText(hello, path.join(work, "hello")));
  const bareGet = add("bare GetItem (lib-dynamodb)", await bundleText(bare, path.join(work, "bare")));
  const trpc = add("trpc: user.get", bundleFile("trpc"), query);
  const next = add("trpc: user.get in OpenNext's server function", nextFile, query);
  const others = [
    add("post-confirmation: sign-up", bundleFile("post-confirmation"), { ...confirmed, userName: "anna" }),
    add("pre-sign-up: by password", bundleFile("pre-sign-up"), signUp),
    add("origin-authorizer", bundleFile("origin-authorizer"), { identitySource: ["key"] }),
  ];

  /** Each change, with the case that it changes. */
  const changes: (readonly [Case, Case])[] = [];
  const change = (of: Case, what: string, file = of.file, env = environment): void => {
    changes.push([add(`${of.name}, ${what}`, file, of.event, env), of]);
  };
  for (const [what, options] of Object.entries(variants)) {
    change(trpc, what, await bundleVariant(options, path.join(work, `variant-${changes.length}`)));
  }
  for (const [what, contents] of Object.entries(bareVariants)) {
    change(bareGet, what, await bundleText(contents, path.join(work, `variant-${changes.length}`)));
  }
  change(trpc, "keys fetched", trpc.file, withoutKeys);
  const compileCache = { ...environment, NODE_COMPILE_CACHE: path.join(work, "compile-cache") };
  for (const each of [trpc, bareGet, next]) change(each, "compile cache", each.file, compileCache);
  return { cases, helloWorld, bareGet, trpc, next, others, changes };
}

async function sample({ name, file, event, env }: Case): Promise<Sample> {
  const { stdout, stderr } = await execute(process.execPath, [probe, file, JSON.stringify(event)], {
    env,
    cwd: path.dirname(file),
  });
  const { sample: taken, answer } = JSON.parse(stderr.slice(stderr.lastIndexOf("\n")));
  const isAnswered = !name.startsWith("trpc") || JSON.parse(answer.body).result?.data?.username === "anna";
  if ((answer.statusCode ?? 200) !== 200 || !isAnswered) {
    throw new Error(`${name} did not answer as it should: ${JSON.stringify(answer)}\n${stdout}\n${stderr}`);
  }
  return taken;
}

function report({ cases, helloWorld, bareGet, trpc, next, others, changes }: Plan): Section {
  return {
    name: "cold",
    title: "Cold starts",
    markdown: `Medians of ${trpc.samples.length}:

${functionsTable([helloWorld, bareGet, trpc, next, ...others], bareGet)}

What one change makes of it:

${changesTable(changes)}`,
    bars: [
      atMost(0.25, "cold", trpc, next, "OpenNext's server function"),
      atMost(1.3, "cold", trpc, bareGet, "the bare handler"),
      atMost(1.25, "memory", trpc, bareGet, "the bare handler"),
    ],
    data: Object.fromEntries(cases.map(({ name, samples }) => [name, columns(samples)])),
    plots: {},
  };
}
