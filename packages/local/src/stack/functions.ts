import { randomBytes } from "node:crypto";
import path from "node:path";
import { wideLimits } from "@kumite/api/limits";
import { routes } from "@kumite/api/routes";
import type { TableNames } from "@kumite/core/database/tables";
import { eventSource } from "@kumite/core/follow-ups/event-source";
import { linkEnvironment, tableLinks } from "@kumite/core/links";
import { credentials, region } from "../aws.ts";
import type { Cognito } from "../cognito/index.ts";
import type { Dynamo } from "../dynamo.ts";
import { openJsonFile } from "../json-file.ts";
import { type LambdaHost, startLambdaHost } from "../lambda/host.ts";
import { PartFailure } from "../processes.ts";
import { repositoryRoot } from "../repository.ts";
import { type EventSource, startEventSource } from "../streams/event-source.ts";
import type { Start } from "./start.ts";

/** The sources that are watched during development. */
const functionSources = ["core", "api", "functions"].map((name) =>
  path.join(repositoryRoot, "packages", name, "src"),
);

const followUpFunction = "follow-up";

export async function startFunctions(
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
          ...tableLinks(names),
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

/** Lambda's event source mapping, as infra/ declares it. */
export async function startStreams(
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

/** Migrates the data of an older version. */
export async function migrateData(host: LambdaHost, signal: AbortSignal): Promise<void> {
  try {
    for (let isDone = false; !isDone; ) {
      signal.throwIfAborted();
      ({ done: isDone } = (await host.invoke("migrate", {})) as { done: boolean });
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new PartFailure(
      `The data of an older version could not be migrated, or only a part of it; the next start continues. ${(error as Error).message}`,
    );
  }
}
