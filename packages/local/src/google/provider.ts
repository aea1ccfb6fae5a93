import { createHash, randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";
import { listen, readBody } from "../http.ts";
import { choicePage } from "./choice-page.ts";
import { memoryAdapter } from "./memory-adapter.ts";

export interface OpenIdProvider {
  /** E.g. `http://127.0.0.1:9231`. */
  readonly issuer: string;
  /** Registers the only client. The provider serves nothing before. */
  register(client: Client): Promise<void>;
  stop(): Promise<void>;
}

interface Client {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

/** An identity that a person has chosen. */
interface Account {
  readonly email: string;
  readonly email_verified: boolean;
  readonly name: string;
}

const formLimit = 10_000;

/**
 * Starts an OpenID provider that plays Google. People choose an identity without a password, and their browser
 * remembers it.
 */
export async function startProvider(options: { port?: number | undefined }): Promise<OpenIdProvider> {
  let answer = (_: IncomingMessage, response: ServerResponse): void => void response.writeHead(503).end();
  const listener = await listen((request, response) => answer(request, response), options);
  const issuer = `http://127.0.0.1:${listener.port}`;

  async function register(client: Client): Promise<void> {
    const accounts = new Map<string, Account>();
    const provider = await createProvider(issuer, client, accounts);
    const serve = provider.callback();
    answer = (request, response) => {
      if (!request.url?.startsWith("/interaction/")) return void serve(request, response);
      interact(provider, accounts, request, response).catch((error: unknown) => {
        response.writeHead(400, { "content-type": "text/plain" }).end(String(error));
      });
    };
  }
  return { issuer, register, stop: listener.stop };
}

async function createProvider(
  issuer: string,
  { clientId, clientSecret, redirectUri }: Client,
  accounts: ReadonlyMap<string, Account>,
): Promise<Provider> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const signingKey = { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: "RS256", use: "sig" };
  return new Provider(issuer, {
    adapter: memoryAdapter(),
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    jwks: { keys: [signingKey] },
    cookies: { keys: [randomBytes(32).toString("base64url")] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    // Google puts all claims into the ID token.
    conformIdTokenClaims: false,
    pkce: { required: () => false },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: { Session: 86_400, Interaction: 3_600, Grant: 86_400, AccessToken: 3_600, IdToken: 3_600 },
    async findAccount(_, accountId) {
      const account = accounts.get(accountId);
      return account && { accountId, claims: async () => ({ sub: accountId, ...account }) };
    },
    // Grants consent without asking.
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
}

/** Serves the page on which people choose an identity, and handles its form. */
async function interact(
  provider: Provider,
  accounts: Map<string, Account>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  await provider.interactionDetails(request, response);
  if (request.method !== "POST") {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(choicePage());
    return;
  }
  const form = new URLSearchParams((await readBody(request, formLimit))?.toString());
  if (form.get("answer") === "cancel") {
    const refusal = { error: "access_denied", error_description: "The user denied the request" };
    return await provider.interactionFinished(request, response, refusal);
  }
  const email = form.get("email") ?? "";
  const accountId = subjectOf(email);
  accounts.set(accountId, { email, name: form.get("name") ?? "", email_verified: form.has("verified") });
  await provider.interactionFinished(request, response, { login: { accountId } });
}

/** Derives the id from the address, so that it survives a restart. Google's ids are numbers of 21 digits. */
function subjectOf(email: string): string {
  const digest = createHash("sha256").update(email.toLowerCase()).digest("hex");
  return `1${(BigInt(`0x${digest}`) % 10n ** 20n).toString().padStart(20, "0")}`;
}
