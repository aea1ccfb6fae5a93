// The bundles that are compared with those of `build:functions`: bare handlers, and our function with one change.
import path from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { bundleOptions } from "../../../../scripts/build-functions.ts";

const root = path.resolve(import.meta.dirname, "../../../..");
const functions = path.join(root, "packages/functions/src");

/** The smallest handler. */
export const hello = `export async function handler() { return { statusCode: 200, body: "Hello" }; }`;

/** Only the GetItem of `user.get`. */
export const bare = `
  import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
  import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const TableName = JSON.parse(process.env.SST_RESOURCE_Users).name;
  export async function handler() {
    const { Item } = await client.send(new GetCommand({ TableName, Key: { username: "anna" }, ConsistentRead: true }));
    if (!Item) throw new Error("No item");
    return { statusCode: 200, body: JSON.stringify(Item) };
  }`;

/** The bare handler with other ways to read the same item, by what differs. */
export const bareVariants: Readonly<Record<string, string>> = {
  "its region, credentials and modes told": bare.replace(
    "new DynamoDBClient({})",
    `new DynamoDBClient({
      region: process.env.AWS_REGION,
      endpoint: process.env.AWS_ENDPOINT_URL_DYNAMODB,
      credentials: { accessKeyId: process.env.AWS_ACCESS_KEY_ID, secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY },
      defaultsMode: "standard", retryMode: "standard", maxAttempts: 3,
      useDualstackEndpoint: false, useFipsEndpoint: false, accountIdEndpointMode: "disabled", userAgentAppId: "",
    })`,
  ),
  "without lib-dynamodb": `
    import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
    const client = new DynamoDBClient({});
    const TableName = JSON.parse(process.env.SST_RESOURCE_Users).name;
    export async function handler() {
      const Key = { username: { S: "anna" } };
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      if (!Item) throw new Error("No item");
      return { statusCode: 200, body: JSON.stringify(Item) };
    }`,
  // The fastest possible client.
  "without the SDK, signed by hand": `
  import { createHash, createHmac } from "node:crypto";
  import { request } from "node:https";
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = process.env;
  const TableName = JSON.parse(process.env.SST_RESOURCE_Users).name;
  const url = new URL(process.env.AWS_ENDPOINT_URL_DYNAMODB);
  const sha256 = (text) => createHash("sha256").update(text).digest("hex");
  const hmac = (key, text) => createHmac("sha256", key).update(text).digest();
  export async function handler() {
    const body = JSON.stringify({ TableName, Key: { username: { S: "anna" } }, ConsistentRead: true });
    const at = new Date().toISOString().replace(/[-:]|\\.\\d+/g, "");
    const scope = [at.slice(0, 8), region, "dynamodb", "aws4_request"];
    const headers = { "content-type": "application/x-amz-json-1.0", host: url.host, "x-amz-date": at, "x-amz-target": "DynamoDB_20120810.GetItem" };
    const names = Object.keys(headers).join(";");
    const canonical = ["POST", "/", "", ...Object.entries(headers).map((header) => header.join(":")), "", names, sha256(body)].join("\\n");
    const key = scope.reduce(hmac, "AWS4" + secret);
    const signature = hmac(key, ["AWS4-HMAC-SHA256", at, scope.join("/"), sha256(canonical)].join("\\n")).toString("hex");
    headers.authorization = "AWS4-HMAC-SHA256 Credential=" + id + "/" + scope.join("/") + ", SignedHeaders=" + names + ", Signature=" + signature;
    const { Item } = await new Promise((resolve, reject) => {
      request(url, { method: "POST", headers }, (response) => {
        let text = "";
        response.on("data", (chunk) => { text += chunk; }).on("end", () => resolve(JSON.parse(text)));
      }).on("error", reject).end(body);
    });
    if (!Item) throw new Error("No item");
    return { statusCode: 200, body: JSON.stringify(Item) };
  }`,
};

/** The API with tRPC's own adapter for Lambda, which uses Node's fetch classes. */
const byAdapter = `
  import { appRouter, createContext, createServices } from "@kumite/api/server";
  import { awsLambdaRequestHandler } from "@trpc/server/adapters/aws-lambda";
  import { log } from "./log.ts";
  const services = createServices();
  export const handler = awsLambdaRequestHandler({
    router: appRouter,
    createContext: ({ event, context }) => createContext(services, {
      headers: new Headers(event.headers),
      sourceAddress: event.requestContext.http.sourceIp,
      requestId: context.awsRequestId,
      record: (call) => log("info", "call", call),
    }),
  });`;

/** The functions of zod/mini that core's schemas use, from zod. */
const zodAsMini = `
  export * from "zod";
  export { gte as minimum, lte as maximum } from "zod";
  export const extend = (schema, shape) => schema.extend(shape);`;

/** The API with one change, by what is changed. */
export const variants: Readonly<Record<string, BuildOptions>> = {
  "Node's fetch classes, by tRPC's Lambda adapter": {
    stdin: { contents: byAdapter, resolveDir: functions },
    define: {},
  },
  "zod instead of zod/mini": {
    plugins: [replace(/^zod\/mini$/, zodAsMini, path.join(root, "packages/core"))],
  },
  "a date in words, which loads ICU": {
    plugins: [
      replace(/^\.\/log\.ts$/, `export { log } from "./log"; new Date().toLocaleString("en");`, functions),
    ],
  },
  "in one chunk": { splitting: false },
  "not minified": { minify: false },
  "log by pino": { plugins: [log("pino")] },
  "log by Powertools": { plugins: [log("powertools")] },
  "log and metrics by Powertools": { plugins: [log("powertools-metrics")] },
};

function log(library: string): Plugin {
  return replace(/^\.\/log\.ts$/, `export * from "./log-${library}.ts";`, import.meta.dirname);
}

/** Replaces a module with a text. */
function replace(filter: RegExp, contents: string, resolveDir: string): Plugin {
  return {
    name: "replace",
    setup({ onResolve, onLoad }) {
      onResolve({ filter }, ({ path: replaced }) => ({ path: replaced, namespace: "replaced" }));
      onLoad({ filter: /.*/, namespace: "replaced" }, () => ({ contents, resolveDir }));
    },
  };
}

/** Bundles the API into a directory as deployed, with the variant's options. */
export function bundleVariant(variant: BuildOptions, outdir: string): Promise<string> {
  return bundle(
    { ...(!variant.stdin && { entryPoints: [path.join(functions, "trpc.ts")] }), ...variant },
    outdir,
  );
}

/** Bundles a text into a directory like a function. */
export function bundleText(contents: string, outdir: string): Promise<string> {
  return bundle({ stdin: { contents, resolveDir: path.join(root, "packages/core") } }, outdir);
}

/** @returns the file to import */
async function bundle(options: BuildOptions, outdir: string): Promise<string> {
  await build({ ...bundleOptions(outdir), ...options });
  return path.join(outdir, "bundle.mjs");
}
