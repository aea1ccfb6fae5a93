import { type Cognito, type CognitoOptions, startCognito } from "../cognito/index.ts";
import { createTables, startDynamo } from "../dynamo.ts";
import type { GoogleSignIn } from "../google/index.ts";
import { startMailbox } from "../mailbox.ts";
import { startWeb, type Web } from "../web.ts";
import type { Start } from "./start.ts";

export async function startDatabase({ options, signal, running, kept, usualPort }: Start) {
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

export async function startIdentity(
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
      // As in infra/: without Google, there are no accounts to link.
      preSignUp: options.google ? trigger("pre-sign-up") : undefined,
    }),
  );
  return { mailbox, cognito };
}

export async function startGoogle(
  { running, kept, usualPort }: Start,
  web: string,
  { cognito }: { cognito: Cognito },
): Promise<GoogleSignIn> {
  // Loaded only on request: it contains a whole OpenID provider.
  const { startGoogleSignIn } = await import("../google/index.ts");
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

export async function startWebApp(
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
        // cognito-local does not support SRP.
        COGNITO_AUTH_FLOW: "USER_PASSWORD_AUTH",
        ...(domain !== undefined && { COGNITO_DOMAIN: domain }),
      },
      onOutput: (text) => options.onOutput?.("web", text),
      signal,
    }),
  );
}
