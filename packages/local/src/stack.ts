import { randomBytes } from "node:crypto";
import path from "node:path";
import { type Limits, wideLimits } from "@kumite/api/limits";
import { routes, trpcPath } from "@kumite/api/routes";
import { eventSource } from "@kumite/core/follow-ups/event-source";
import type { JWK } from "jose";
import { credentials, region } from "./aws.ts";
import { type Cognito, type CognitoOptions, startCognito } from "./cognito/index.ts";
import { ensureAdmin, ensureDemo, readDemo } from "./demo/index.ts";
import { createTables, type Dynamo, startDynamo, type TableNames } from "./dynamo.ts";
import type { GoogleSignIn } from "./google/index.ts";
import { openJsonFile } from "./json-file.ts";
import { type LambdaHost, startLambdaHost } from "./lambda/host.ts";
import { linkEnvironment } from "./links.ts";
import { startMailbox } from "./mailbox.ts";
import { type Outputs, tableOutputs } from "./outputs.ts";
import { type ManagedProcess, PartFailure } from "./processes.ts";
import { repositoryRoot } from "./repository.ts";
import { startRouter } from "./router.ts";
import type { DeadLetter } from "./streams/delivery.ts";
import { type EventSource, startEventSource } from "./streams/event-source.ts";
import { startWeb, type Web } from "./web.ts";

export interface StackOptions {
  /** Where everything is kept; without it, in memory. */
  readonly dataDir?: string | undefined;
  /** Whether and how to run the web app. Without it the web address serves the API alone. */
  readonly web: "dev" | "start" | false;
  /** The web port to prefer, the other parts then prefer their usual ones. Without it, any free ports. */
  readonly port?: number | undefined;
  /** Offer sign-in by Google, played by a stand-in behind a stand-in of Cognito's hosted domain. */
  readonly google?: boolean | undefined;
  /** Load the demo data, unless the data directory has them. */
  readonly demo: boolean;
  /** How long access tokens live; an hour if left out. */
  readonly accessTokenSeconds?: number | undefined;
  readonly functions?: {
    /** How many processes run the functions; one if left out. */
    readonly instances?: number;
    /** What their environment has beside, or instead of, the stack's own. */
    readonly env?: Readonly<Record<string, string>>;
  };
  /** What the API lets through in a minute; far more than scripted clients ask for where left out. */
  readonly limits?: Limits | undefined;
  /** How many sign-ins, sign-ups and codes Cognito takes from one address in a minute; any number where left out. */
  readonly signInsPerMinute?: number | undefined;
  /** Ends the start when aborted: it rejects once nothing is left running. */
  readonly signal?: AbortSignal | undefined;
  /** Told where DynamoDB is before the functions start: they may ask it as soon as they do. */
  readonly onDatabase?: ((endpoint: string) => void) | undefined;
  /** Told of the parts as they begin to start. */
  readonly onParts?: ((parts: readonly Part[]) => void) | undefined;
  /** Told what the processes write. */
  readonly onOutput?: ((process: "dynamo" | "functions" | "web", text: string) => void) | undefined;
}

/** A part of the stack for those who watch it start. */
export interface Part {
  readonly title: string;
  readonly ready: Promise<unknown>;
}

export interface Stack {
  readonly outputs: Outputs;
  /** The processes that run the functions right now: one that ends is replaced. */
  functionPids(): number[];
  /** Resolves once what follows all commits so far is done: every stream is read to its end, and no batch is under way. */
  settled(): Promise<void>;
  /** What follow-ups failed in every attempt. */
  deadLetters(): readonly DeadLetter[];
  /** The private key that the user pool signs tokens with, for tests that need a token of their own: one that has expired, say. */
  readonly signingKey: JWK;
  /** Settles when one of the stack's processes ended by itself; the others run on until `stop`. */
  readonly failed: Promise<PartFailure>;
  /** Ends every process and frees every port. */
  stop(): Promise<void>;
}

const usualPorts = { cognito: 9229, hostedDomain: 9230, provider: 9231, dynamo: 8000, mailbox: 8025 };

/** What the packages' sources are watched for while developing. */
const functionSources = ["core", "api", "functions"].map((name) =>
  path.join(repositoryRoot, "packages", name, "src"),
);

/**
 * Starts the embedded AWS, and the web app in front of it where asked for; resolves when everything answers. Several
 * stacks run side by side.
 *
 * @throws PartFailure when a part does not start; nothing is left running then.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const aborting = new AbortController();
  const { signal } = aborting;
  const abort = () => aborting.abort(options.signal?.reason);
  if (options.signal?.aborted) abort();
  options.signal?.addEventListener("abort", abort, { once: true });

  const parts: Part[] = [];
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const stopPart of stops.splice(0)) await stopPart();
  };
  const start: Start = {
    options,
    signal,
    part(title, begin) {
      const ready = begin();
      parts.push({ title, ready });
      // The first failure ends the start of all others.
      ready.catch((error: unknown) => aborting.abort(error));
      return ready;
    },
    running(started) {
      stops.unshift(started.stop);
      return started;
    },
    kept: (name) => (options.dataDir === undefined ? undefined : path.join(options.dataDir, name)),
    usualPort: (name) => (options.port === undefined ? undefined : usualPorts[name]),
  };

  try {
    const starting = await startParts(start);
    options.onParts?.(parts);
    const { outputs, failures, functionPids, streams, signingKey } = await starting();
    signal.throwIfAborted();
    const { settled, deadLetters } = streams;
    const failed = Promise.race(failures);
    return { outputs, functionPids, settled, deadLetters, signingKey, failed, stop };
  } catch (error) {
    await Promise.allSettled(parts.map(({ ready }) => ready));
    await stop();
    throw signal.aborted ? signal.reason : error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

/** What the parts need to start. */
interface Start {
  readonly options: StackOptions;
  readonly signal: AbortSignal;
  /** Begins a part; others may wait for it. */
  part<T>(title: string, begin: () => Promise<T>): Promise<T>;
  /** Hands over what has started, to be stopped with the stack. */
  running<T extends { stop(): Promise<void> }>(started: T): T;
  /** Where a file is kept; undefined in memory. */
  kept(name: string): string | undefined;
  usualPort(name: keyof typeof usualPorts): number | undefined;
}

/** Begins all parts, each of which waits for those it needs and no others; the result waits for all. */
async function startParts(start: Start) {
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
    // From here on the API answers.
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

async function startDatabase({ options, signal, running, kept, usualPort }: Start) {
  const dynamo = running(
    await startDynamo({
      dataDir: kept("dynamo"),
      port: usualPort("dynamo"),
      onOutput: (text) => options.onOutput?.("dynamo", text),
      signal,
    }),
  );
  options.onDatabase?.(dynamo.endpoint);
  return { dynamo, names: await createTables(dynamo.endpoint) };
}

async function startIdentity(
  { options, running, kept, usualPort }: Start,
  trigger: (name: string) => CognitoOptions["postConfirmation"],
) {
  const mailbox = running(await startMailbox({ file: kept("mailbox.json"), port: usualPort("mailbox") }));
  const cognito = running(
    await startCognito({
      file: kept("cognito.json"),
      port: usualPort("cognito"),
      accessTokenSeconds: options.accessTokenSeconds,
      signInsPerMinute: options.signInsPerMinute,
      deliver: mailbox.deliver,
      postConfirmation: trigger("post-confirmation"),
      accountChanged: trigger("account-changed"),
      // As infra/ has it: where nobody comes from Google, there is nobody to join.
      preSignUp: options.google ? trigger("pre-sign-up") : undefined,
    }),
  );
  return { mailbox, cognito };
}

async function startGoogle(
  { running, kept, usualPort }: Start,
  web: string,
  { cognito }: { cognito: Cognito },
): Promise<GoogleSignIn> {
  // Loaded where it is asked for: it brings a whole OpenID provider.
  const { startGoogleSignIn } = await import("./google/index.ts");
  const [domain, provider] = [usualPort("hostedDomain"), usualPort("provider")];
  return running(
    await startGoogleSignIn({
      clientId: cognito.clientId,
      federation: cognito.federation,
      web,
      certificateFile: kept("certificate.json"),
      ports: domain === undefined || provider === undefined ? undefined : { domain, provider },
    }),
  );
}

async function startFunctions(
  { options, signal, running, kept }: Start,
  { dynamo, names }: { dynamo: Dynamo; names: TableNames },
  { cognito }: { cognito: Cognito },
  prefetchKey: string,
): Promise<LambdaHost> {
  const newSecrets = () => ({ cursorKey: randomBytes(32).toString("base64url") });
  const secrets = await openJsonFile(kept("secrets.json"), newSecrets);
  await secrets.save();
  const { userPoolId, clientId, issuer, jwksUri } = cognito;
  return running(
    await startLambdaHost({
      functions: {
        ...Object.fromEntries(
          routes.map(({ entryPoint }) => [entryPoint, `@kumite/functions/${entryPoint}`]),
        ),
        "post-confirmation": "@kumite/functions/post-confirmation",
        [followUpFunction]: `@kumite/functions/${followUpFunction}`,
        migrate: "@kumite/functions/migrate",
        "account-changed": "@kumite/functions/account-changed",
        ...(options.google && { "pre-sign-up": "@kumite/functions/pre-sign-up" }),
      },
      env: {
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
        AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.endpoint,
        ...linkEnvironment({
          App: { name: "kumite", stage: "local" },
          ...Object.fromEntries(Object.entries(names).map(([link, name]) => [link, { name }])),
          Auth: { userPoolId, clientId, issuer, jwksUri },
          CursorKey: { value: secrets.value.cursorKey },
          Limits: { json: JSON.stringify(options.limits ?? wideLimits) },
          PrefetchKey: { value: prefetchKey },
        }),
        ...cognito.clientEnvironment,
        ...options.functions?.env,
      },
      instances: options.functions?.instances,
      watch: options.web === "dev" ? functionSources : [],
      onOutput: (text) => options.onOutput?.("functions", text),
      signal,
    }),
  );
}

const followUpFunction = "follow-up";

/** Lambda's event source mapping, as infra/ declares it. */
async function startStreams(
  { options, running, kept }: Start,
  { dynamo, names }: { dynamo: Dynamo; names: TableNames },
  host: LambdaHost,
): Promise<EventSource> {
  const { tables, ...settings } = eventSource;
  return running(
    await startEventSource({
      ...settings,
      endpoint: dynamo.endpoint,
      tables: tables.map((table) => names[table]),
      invoke: (event) => host.invoke(followUpFunction, event),
      positionsFile: kept("streams.json"),
      deadLettersFile: kept("dead-letters.json"),
      onOutput: (text) => options.onOutput?.("functions", text),
    }),
  );
}

/** Brings the data of a former version into the shape of this one. */
async function migrateData(host: LambdaHost, signal: AbortSignal): Promise<void> {
  try {
    for (let isDone = false; !isDone; ) {
      signal.throwIfAborted();
      ({ done: isDone } = (await host.invoke("migrate", {})) as { done: boolean });
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new PartFailure(
      `The data of a former version could not be brought into today's shape; they are as they were, or partly in it, and the next start goes on. ${(error as Error).message}`,
    );
  }
}

async function startWebApp(
  { options, signal, running }: Start,
  mode: "dev" | "start",
  api: { readonly url: string; readonly prefetchKey: string },
  { userPoolId, clientId, endpoint, clientEnvironment }: Cognito,
  domain: string | undefined,
): Promise<Web> {
  return running(
    await startWeb({
      mode,
      env: {
        ...clientEnvironment,
        API_URL: api.url,
        PREFETCH_KEY: api.prefetchKey,
        COGNITO_USER_POOL_ID: userPoolId,
        COGNITO_CLIENT_ID: clientId,
        COGNITO_ENDPOINT: endpoint,
        // cognito-local speaks no SRP.
        COGNITO_AUTH_FLOW: "USER_PASSWORD_AUTH",
        ...(domain !== undefined && { COGNITO_DOMAIN: domain }),
      },
      onOutput: (text) => options.onOutput?.("web", text),
      signal,
    }),
  );
}

async function unexpectedEnd(process: ManagedProcess): Promise<PartFailure> {
  await process.ended;
  return new PartFailure(`${process.name} ended unexpectedly.`, process.lastOutput());
}
