// `pnpm bench:cold`: what a cold start costs. Each sample is a fresh process that imports a function and sends it its
// first and its second request, against DynamoDB on loopback; the functions take turns. Writes docs/benchmarks.md's
// table and docs/benchmarks/cold.json.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { bundle } from "../infra/bundle.ts";
import { defaultLimits } from "../packages/core/src/limits/index.ts";
import { createTables, startDynamo } from "../packages/local/src/index.ts";
import buildFunctions, { bundleFile } from "./build-functions.ts";

const root = path.resolve(import.meta.dirname, "..");
const samples = Math.max(15, Number(process.argv[2] ?? 21));
const work = mkdtempSync(path.join(tmpdir(), "kumite-cold-"));

interface Case {
  name: string;
  file: string;
  event: unknown;
  compileCache?: boolean;
  /** Whether the pool's keys are left out of its links, so that they are fetched. */
  withoutKeys?: boolean;
}

/** In milliseconds, and MiB. */
interface Sample {
  import: number;
  first: number;
  cold: number;
  second: number;
  memory: number;
}

// One sample, as a program of its own: nothing that it measures may load anything beforehand.
const probe = path.join(work, "probe.mjs");
writeFileSync(
  probe,
  `const [file, event] = [process.argv[2], JSON.parse(process.argv[3])];
  const start = performance.now();
  const { handler } = await import(file);
  const imported = performance.now();
  const answer = await handler(event, { awsRequestId: "cold" });
  const first = performance.now();
  await handler(event, { awsRequestId: "cold" });
  const second = performance.now();
  if ((answer?.statusCode ?? 200) !== 200) throw new Error(JSON.stringify(answer));
  process.stderr.write("\\n" + JSON.stringify({
    import: imported - start, first: first - imported, cold: first - start, second: second - first,
    memory: process.resourceUsage().maxRSS / 1024,
  }));
  process.exit(0);`,
);

const bare = `
  import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
  import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const TableName = JSON.parse(process.env.SST_RESOURCE_Users).name;
  export async function handler() {
    const { Item } = await client.send(new GetCommand({ TableName, Key: { username: "anna" }, ConsistentRead: true }));
    if (!Item) throw new Error("No item");
    return { statusCode: 200, body: JSON.stringify(Item) };
  }`;
const hello = `export async function handler() { return { statusCode: 200, body: "Hello" }; }`;

/** Bundles a text as the functions are, in a folder of its own. */
async function bundleText(name: string, contents: string, settings: object = {}): Promise<string> {
  const { esbuild, ...rest } = bundle;
  await build({
    stdin: { contents, resolveDir: path.join(root, "packages/core") },
    outdir: path.join(work, name),
    ...rest,
    ...esbuild,
    bundle: true,
    platform: "node",
    target: "es2024",
    mainFields: ["module", "main"],
    outExtension: { ".js": ".mjs" },
    banner: { js: `import { createRequire as r } from "node:module"; const require = r(import.meta.url);` },
    ...settings,
  });
  return path.join(work, name, "stdin.mjs");
}

const dynamo = await startDynamo();
const { publicKey, privateKey } = await generateKeyPair("RS256", { extractable: true });
const jwks = JSON.stringify({
  keys: [{ ...(await exportJWK(publicKey)), kid: "own", alg: "RS256", use: "sig" }],
});
const keyServer = createServer((_, response) => response.end(jwks)).listen(0, "127.0.0.1");
await once(keyServer, "listening");
const auth = {
  userPoolId: "pool",
  clientId: "client",
  issuer: "https://issuer.example/pool",
  jwksUri: `http://127.0.0.1:${(keyServer.address() as AddressInfo).port}/jwks.json`,
};
const token = await new SignJWT({ token_use: "access", client_id: auth.clientId, username: "anna" })
  .setProtectedHeader({ alg: "RS256", kid: "own" })
  .setIssuer(auth.issuer)
  .setExpirationTime("12h")
  .sign(privateKey);

const link = (name: string, value: object) => [`SST_RESOURCE_${name}`, JSON.stringify(value)] as const;
const environment = {
  PATH: process.env["PATH"],
  AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "bench",
  ...Object.fromEntries([
    link("App", { name: "kumite", stage: "bench" }),
    link("Auth", { ...auth, jwks }),
    link("CursorKey", { value: "key" }),
    link("Limits", { json: JSON.stringify(defaultLimits) }),
    link("PrefetchKey", { value: "key" }),
    link("OriginKey", { value: "key" }),
    ...Object.entries(await createTables(dynamo.endpoint)).map(([name, table]) =>
      link(name, { name: table }),
    ),
  ]),
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
const confirmation = {
  triggerSource: "PostConfirmation_ConfirmSignUp",
  userName: "anna",
  request: { userAttributes: { email: "anna@example.com", name: "Anna" } },
};

await buildFunctions();
const bareFile = await bundleText("bare", bare);
const trpc = bundleFile("trpc");
const post = bundleFile("post-confirmation");
const helloName = "hello world";
const bareName = "bare GetItem (lib-dynamodb)";
const trpcName = "trpc: user.get";
const cases: Case[] = [
  { name: helloName, file: await bundleText("hello", hello), event: {} },
  { name: bareName, file: bareFile, event: {} },
  { name: "post-confirmation: sign-up", file: post, event: confirmation },
  { name: trpcName, file: trpc, event: query },
  { name: "origin-authorizer", file: bundleFile("origin-authorizer"), event: { identitySource: ["key"] } },
  { name: `${bareName}, compile cache`, file: bareFile, event: {}, compileCache: true },
  { name: `${trpcName}, compile cache`, file: trpc, event: query, compileCache: true },
  { name: `${trpcName}, keys fetched`, file: trpc, event: query, withoutKeys: true },
];

const run = promisify(execFile);

async function sample({ file, event, compileCache, withoutKeys }: Case): Promise<Sample> {
  const { stderr } = await run(process.execPath, [probe, file, JSON.stringify(event)], {
    env: {
      ...environment,
      ...(withoutKeys && { SST_RESOURCE_Auth: JSON.stringify(auth) }),
      ...(compileCache && { NODE_COMPILE_CACHE: path.join(work, "compile-cache") }),
    },
  });
  return JSON.parse(stderr.slice(stderr.lastIndexOf("\n"))) as Sample;
}

// The user that the others read; then a round that warms the disk and the compile cache.
await sample({ name: "", file: post, event: confirmation });
for (const each of cases) await sample(each);
const results = new Map<string, Sample[]>(cases.map(({ name }) => [name, []]));
for (let round = 0; round < samples; round++) {
  for (const each of cases) results.get(each.name)?.push(await sample(each));
  process.stdout.write(`\r${round + 1} of ${samples}`);
}
process.stdout.write("\n");

function median(name: string, field: keyof Sample): number {
  const sorted = (results.get(name) ?? []).map((one) => one[field]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const fields = ["import", "first", "cold", "second", "memory"] as const;
const ratio = (name: string, field: keyof Sample) =>
  (median(name, field) / median(bareName, field)).toFixed(2);
const rows = cases.map(
  ({ name }) =>
    `| ${name} | ${fields.map((field) => median(name, field).toFixed(1)).join(" | ")} | ${ratio(name, "cold")} | ${ratio(name, "memory")} |`,
);
const bars = [
  { bar: "cold, of the bare handler", most: 1.3, measured: ratio(trpcName, "cold") },
  { bar: "memory, of the bare handler", most: 1.25, measured: ratio(trpcName, "memory") },
];
const machine = `${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)}`;
const date = new Date().toISOString().slice(0, 10);
const report = [
  `${date}; ${machine}; medians of ${samples}.`,
  "",
  "| function | import (ms) | first request (ms) | cold: both (ms) | second request (ms) | peak memory (MiB) | cold, of bare | memory, of bare |",
  "|---|---|---|---|---|---|---|---|",
  ...rows,
  "",
  ...bars.map(
    ({ bar, most, measured }) =>
      `- ${bar}: ${measured}, at most ${most}: ${Number(measured) <= most ? "held" : "**missed**"}`,
  ),
].join("\n");
console.log(report);

mkdirSync(path.join(root, "docs/benchmarks"), { recursive: true });
writeFileSync(
  path.join(root, "docs/benchmarks/cold.json"),
  `${JSON.stringify({ date, machine, samples: Object.fromEntries(results) }, null, 2)}\n`,
);
const page = path.join(root, "docs/benchmarks.md");
const [before, after] = ["<!-- bench:cold -->", "<!-- /bench:cold -->"];
const text = readFileSync(page, "utf8");
writeFileSync(
  page,
  `${text.slice(0, text.indexOf(before) + before.length)}\n${report}\n${text.slice(text.indexOf(after))}`,
);

keyServer.close();
await dynamo.stop();
rmSync(work, { recursive: true });
