import { randomBytes } from "node:crypto";
import path from "node:path";
import { credentials, region } from "./aws.ts";
import { startCognito } from "./cognito/index.ts";
import { createTables, startDynamo, type TableNames } from "./dynamo.ts";
import { openJsonFile } from "./json-file.ts";
import { type LambdaHost, startLambdaHost } from "./lambda/host.ts";
import { apiPrefix } from "./lambda/route.ts";
import { startMailbox } from "./mailbox.ts";
import { type ManagedProcess, PartFailure } from "./processes.ts";
import { repositoryRoot } from "./repository.ts";
import { startRouter } from "./router.ts";
import { startWeb, type Web } from "./web.ts";

/** What a client needs to know: the content of `.local/outputs.json`. */
export interface Outputs {
  readonly web: string;
  readonly api: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly cognitoEndpoint: string;
  readonly dynamoEndpoint: string;
  readonly mailbox: string;
  readonly tables: { readonly users: string; readonly availabilities: string; readonly meetings: string };
  /** Members to sign in as; none where no demo data was loaded. */
  readonly demo: { readonly password: string; readonly emails: readonly string[] };
}

export interface StackOptions {
  /** Where everything is kept; without it, in memory. */
  readonly dataDir?: string | undefined;
  /** Whether and how to run the web app. Without it the web address serves the API alone. */
  readonly web: "dev" | "start" | false;
  /** The web port to prefer, the other parts then prefer their usual ones. Without it, any free ports. */
  readonly port?: number | undefined;
  /** Load the demo data, unless the data directory has them. */
  readonly demo: boolean;
  /** How long access tokens live; an hour if left out. */
  readonly accessTokenSeconds?: number | undefined;
  /** Ends the start when aborted: it rejects once nothing is left running. */
  readonly signal?: AbortSignal | undefined;
  /** Told of each part as it begins to start. */
  readonly onPart?: ((title: string, ready: Promise<unknown>) => void) | undefined;
  /** Told what the processes write. */
  readonly onOutput?: ((process: "dynamo" | "functions" | "web", text: string) => void) | undefined;
}

export interface Stack {
  readonly outputs: Outputs;
  /** Settles when one of the stack's processes ended by itself; the others run on until `stop`. */
  readonly failed: Promise<PartFailure>;
  /** Ends every process and frees every port. */
  stop(): Promise<void>;
}

const usualPorts = { cognito: 9229, dynamo: 8000, mailbox: 8025 };

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

  const parts: Promise<unknown>[] = [];
  const stops: (() => Promise<void>)[] = [];
  const part = <T>(title: string, start: () => Promise<T>): Promise<T> => {
    const ready = start();
    parts.push(ready);
    // The first failure ends the start of all others.
    ready.catch((error: unknown) => aborting.abort(error));
    options.onPart?.(title, ready);
    return ready;
  };
  const running = <T extends { stop(): Promise<void> }>(started: T): T => {
    stops.unshift(started.stop);
    return started;
  };
  const stop = async () => {
    for (const stopPart of stops.splice(0)) await stopPart();
  };

  try {
    return { ...(await startParts(options, signal, part, running)), stop };
  } catch (error) {
    await Promise.allSettled(parts);
    await stop();
    throw signal.aborted ? signal.reason : error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}

/** The parts, each waiting for those it needs and no others. */
async function startParts(
  options: StackOptions,
  signal: AbortSignal,
  part: <T>(title: string, start: () => Promise<T>) => Promise<T>,
  running: <T extends { stop(): Promise<void> }>(started: T) => T,
): Promise<Omit<Stack, "stop">> {
  const { dataDir, onOutput } = options;
  const kept = (name: string) => (dataDir === undefined ? undefined : path.join(dataDir, name));
  const port = (usual: number) => (options.port === undefined ? undefined : usual);

  let host: LambdaHost | undefined;
  let next: Web | undefined;
  const upstreams = { api: () => host?.url(), web: () => next?.url };
  const router = running(await startRouter(upstreams, { port: options.port }));
  const address = `http://localhost:${router.port}`;

  const database = part("DynamoDB", async () => {
    const dynamo = running(
      await startDynamo({
        dataDir: kept("dynamo"),
        port: port(usualPorts.dynamo),
        onOutput: (text) => onOutput?.("dynamo", text),
        signal,
      }),
    );
    return { ...dynamo, names: await createTables(dynamo.endpoint) };
  });

  const identity = part("Cognito and the mailbox", async () => {
    const mailbox = running(
      await startMailbox({ file: kept("mailbox.json"), port: port(usualPorts.mailbox) }),
    );
    const cognito = running(
      await startCognito({
        file: kept("cognito.json"),
        port: port(usualPorts.cognito),
        accessTokenSeconds: options.accessTokenSeconds,
        deliver: mailbox.deliver,
        async postConfirmation(event) {
          if (!host) throw new Error("The functions are still starting");
          await host.invoke("post-confirmation", event);
        },
      }),
    );
    return { mailbox, cognito };
  });

  const functions = part("Lambda functions", async () => {
    const [{ endpoint, names }, { cognito }, secrets] = await Promise.all([
      database,
      identity,
      openJsonFile(kept("secrets.json"), () => ({ cursorKey: randomBytes(32).toString("base64url") })),
    ]);
    await secrets.save();
    host = running(
      await startLambdaHost({
        functions: {
          trpc: "@kumite/functions/trpc",
          "post-confirmation": "@kumite/functions/post-confirmation",
        },
        env: {
          ...awsEnvironment(endpoint),
          ...links({
            ...nameLinks(names),
            Auth: {
              userPoolId: cognito.userPoolId,
              clientId: cognito.clientId,
              issuer: cognito.issuer,
              jwksUri: cognito.jwksUri,
            },
            CursorKey: { value: secrets.value.cursorKey },
          }),
        },
        watch: options.web === "dev" ? functionSources : [],
        onOutput: (text) => onOutput?.("functions", text),
        signal,
      }),
    );
    return host;
  });

  const { web: mode } = options;
  const web =
    mode !== false &&
    part("Web app", async () => {
      const { cognito } = await identity;
      next = running(
        await startWeb({
          mode,
          env: {
            API_URL: `http://127.0.0.1:${router.port}${apiPrefix}`,
            COGNITO_USER_POOL_ID: cognito.userPoolId,
            COGNITO_CLIENT_ID: cognito.clientId,
            COGNITO_ENDPOINT: cognito.endpoint,
            // cognito-local speaks no SRP.
            COGNITO_AUTH_FLOW: "USER_PASSWORD_AUTH",
          },
          onOutput: (text) => onOutput?.("web", text),
          signal,
        }),
      );
      return next;
    });

  const [dynamo, { cognito, mailbox }, lambda, app] = await Promise.all([database, identity, functions, web]);
  signal.throwIfAborted();

  return {
    outputs: {
      web: address,
      api: `${address}${apiPrefix}`,
      region,
      userPoolId: cognito.userPoolId,
      userPoolClientId: cognito.clientId,
      cognitoEndpoint: cognito.endpoint,
      dynamoEndpoint: dynamo.endpoint,
      mailbox: mailbox.url,
      tables: {
        users: dynamo.names.Users,
        availabilities: dynamo.names.Availabilities,
        meetings: dynamo.names.Meetings,
      },
      demo: { password: "", emails: [] },
    },
    failed: Promise.race([
      unexpectedEnd(dynamo.process),
      lambda.failed,
      ...(app ? [unexpectedEnd(app.process)] : []),
    ]),
  };
}

async function unexpectedEnd(process: ManagedProcess): Promise<PartFailure> {
  await process.ended;
  return new PartFailure(`${process.name} ended unexpectedly.`, process.lastOutput());
}

function awsEnvironment(dynamoEndpoint: string): Record<string, string> {
  return {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: dynamoEndpoint,
  };
}

function nameLinks(names: TableNames): Record<string, object> {
  return Object.fromEntries(Object.entries(names).map(([link, name]) => [link, { name }]));
}

/** The environment in which SST's `Resource` finds these links. */
function links(resources: Readonly<Record<string, object>>): Record<string, string> {
  const all = { App: { name: "kumite", stage: "local" }, ...resources };
  return Object.fromEntries(
    Object.entries(all).map(([name, link]) => [`SST_RESOURCE_${name}`, JSON.stringify(link)]),
  );
}
