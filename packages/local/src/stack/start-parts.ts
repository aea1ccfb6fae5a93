import { randomBytes } from "node:crypto";
import { trpcPath } from "@kumite/api/routes";
import { region } from "../aws.ts";
import { ensureAdmin, ensureDemo, readDemo } from "../demo/index.ts";
import type { LambdaHost } from "../lambda/host.ts";
import { type Outputs, tableOutputs } from "../outputs.ts";
import { type ManagedProcess, PartFailure } from "../processes.ts";
import { startRouter } from "../router.ts";
import type { Web } from "../web.ts";
import { migrateData, startFunctions, startStreams } from "./functions.ts";
import { startDatabase, startGoogle, startIdentity, startWebApp } from "./parts.ts";
import type { Start } from "./start.ts";

/** Starts all parts. Each waits only for the parts it needs; the result waits for all. */
export async function startParts(start: Start) {
  const { options, part, running } = start;
  let host: LambdaHost | undefined;
  let web: Web | undefined;
  const router = running(
    await startRouter({ api: () => host?.url(), web: () => web?.url }, { port: options.port }),
  );
  const address = `http://localhost:${router.port}`;
  const prefetchKey = randomBytes(32).toString("base64url");

  const database = part("DynamoDB", () => startDatabase(start));
  const trigger = (name: string) => async (event: object) => {
    if (!host) throw new Error("The functions are still starting");
    await host.invoke(name, event);
  };
  const identity = part("Cognito and the mailbox", () => startIdentity(start, trigger));
  const google = options.google
    ? part("Google's stand-in", async () => startGoogle(start, address, await identity))
    : undefined;
  const functions = part("Lambda functions", async () => {
    const started = await startFunctions(start, await database, await identity, prefetchKey);
    await migrateData(started, start.signal);
    // From now on the API answers.
    host = started;
    return started;
  });
  const followUps = part("Streams", async () => startStreams(start, await database, await functions));
  const { web: mode } = options;
  const app =
    mode !== false &&
    part("Web app", async () => {
      const { cognito } = await identity;
      const domain = (await google)?.domain;
      const api = { url: `http://127.0.0.1:${router.port}${trpcPath}`, prefetchKey };
      web = await startWebApp(start, mode, api, cognito, domain);
      return web;
    });
  const outputs = async (): Promise<Omit<Outputs, "admin" | "demo">> => {
    const [{ dynamo, names }, { cognito, mailbox }, hosted] = await Promise.all([
      database,
      identity,
      google,
      functions,
    ]);
    return {
      web: address,
      api: `${address}${trpcPath}`,
      region,
      userPoolId: cognito.userPoolId,
      userPoolClientId: cognito.clientId,
      cognitoEndpoint: cognito.endpoint,
      dynamoEndpoint: dynamo.endpoint,
      ...(hosted && { hostedDomain: hosted.domain }),
      mailbox: mailbox.url,
      tables: tableOutputs(names),
    };
  };
  const demo = options.demo
    ? part("Demo data", async () => await ensureDemo(await outputs(), start.kept("demo.json"), start.signal))
    : readDemo(start.kept("demo.json"));
  const outputsWithDemo = async (): Promise<Outputs> => {
    const [addresses, members] = await Promise.all([outputs(), demo]);
    const admin = members.emails.length > 0 ? await ensureAdmin(addresses) : undefined;
    return { ...addresses, ...(admin && { admin }), demo: members };
  };

  return async () => {
    const [{ dynamo }, lambda, streams, next] = await Promise.all([database, functions, followUps, app]);
    return {
      streams,
      signingKey: (await identity).cognito.signingKey,
      outputs: await outputsWithDemo(),
      functionPids: lambda.pids,
      failures: [
        unexpectedEnd(dynamo.process),
        lambda.failed,
        ...(next ? [unexpectedEnd(next.process)] : []),
      ],
    };
  };
}

async function unexpectedEnd(process: ManagedProcess): Promise<PartFailure> {
  await process.ended;
  return new PartFailure(`${process.name} ended unexpectedly.`, process.lastOutput());
}
