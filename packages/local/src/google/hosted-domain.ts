import { createHash, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { CognitoError } from "cognito-local/lib/errors.js";
import { createRemoteJWKSet, jwtVerify } from "jose";
import type { Federation, GoogleProfile } from "../cognito/federation.ts";
import { googleProvider } from "../cognito/identities.ts";
import { listen, readBody } from "../http.ts";
import { ExpiringMap } from "./expiring-map.ts";

export interface HostedDomain {
  /** E.g. `https://127.0.0.1:9230`. */
  readonly url: string;
  stop(): Promise<void>;
}

export interface HostedDomainOptions {
  /** The user pool's client. */
  readonly clientId: string;
  readonly federation: Federation;
  /** The addresses to which people may be sent back; they must match exactly. */
  readonly callbackUrls: readonly string[];
  readonly logoutUrls: readonly string[];
  /** The OpenID provider, and this domain's credentials there. */
  readonly provider: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string };
  readonly tls: { readonly key: string; readonly cert: string };
  readonly port?: number | undefined;
}

/** What the app asked for when it sent a person here. */
interface Authorization {
  readonly redirectUri: string;
  readonly state: string;
  readonly scope: string;
  readonly codeChallenge: string;
}

/** A person who is at the provider now. */
interface Visit {
  readonly authorization: Authorization;
  /** A secret that only this browser has. */
  readonly browser: string;
  readonly nonce: string;
}

interface Code {
  readonly authorization: Authorization;
  readonly username: string;
}

const minute = 60_000;
const formLimit = 10_000;
const allowedScopes: ReadonlySet<string> = new Set([
  "openid",
  "email",
  "profile",
  "aws.cognito.signin.user.admin",
]);
const cookieNames = { visit: "cognito-visit", session: "cognito" };

/** A request that gets an error page instead of a redirect, because the address may not be an allowed one. */
class BadRequest extends Error {}

/**
 * Starts a stand-in for Cognito's hosted domain with one OpenID provider: the authorization code flow with PKCE, https
 * only, sessions in a cookie. PKCE is optional in Cognito and required here.
 */
export async function startHostedDomain(options: HostedDomainOptions): Promise<HostedDomain> {
  const { provider, federation } = options;
  const visits = new ExpiringMap<Visit>(5 * minute);
  const codes = new ExpiringMap<Code>(5 * minute);
  const sessions = new ExpiringMap<string>(60 * minute);
  const keys = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`));
  let url = "";

  function authorize({ searchParams }: URL, request: IncomingMessage, response: ServerResponse): void {
    const authorization = parseAuthorization(searchParams, options);
    const username = sessions.get(cookie(request, cookieNames.session));
    if (username !== undefined) {
      redirect(response, authorization.redirectUri, {
        code: codes.add({ authorization, username }),
        state: authorization.state,
      });
      return;
    }
    const [browser, nonce] = [randomToken(), randomToken()];
    setCookie(response, cookieNames.visit, browser);
    redirect(response, `${provider.issuer}/auth`, {
      client_id: provider.clientId,
      redirect_uri: `${url}/oauth2/idpresponse`,
      response_type: "code",
      scope: "openid email profile",
      state: visits.add({ authorization, browser, nonce }),
      nonce,
    });
  }

  /** Handles the redirect back from the provider. */
  async function receive(
    { searchParams }: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const visit = visits.take(searchParams.get("state") ?? "");
    if (!visit || visit.browser !== cookie(request, cookieNames.visit)) {
      throw new BadRequest("Invalid state parameter");
    }
    const { redirectUri, state } = visit.authorization;
    const fail = (error: string, error_description: string) =>
      redirect(response, redirectUri, { error_description, state, error });
    const refusal = searchParams.get("error");
    if (refusal !== null) {
      return fail(refusal, `${searchParams.get("error_description") ?? "Refused"}; error=${refusal}`);
    }
    try {
      const profile = await askProvider(searchParams.get("code") ?? "", visit.nonce);
      const username = await federation.signIn(profile);
      setCookie(response, cookieNames.session, sessions.add(username));
      const code = codes.add({ authorization: visit.authorization, username });
      redirect(response, redirectUri, { code, state });
    } catch (error) {
      if (!(error instanceof CognitoError)) throw error;
      fail("invalid_request", `${error.message} `);
    }
  }

  /** Exchanges the provider's code for an ID token, and returns the profile in it. */
  async function askProvider(code: string, nonce: string): Promise<GoogleProfile> {
    const answer = await fetch(`${provider.issuer}/token`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${provider.clientId}:${provider.clientSecret}`).toString("base64")}`,
      },
      body: new URLSearchParams({
        grant_type: "authorization_code",
        code,
        redirect_uri: `${url}/oauth2/idpresponse`,
      }),
    });
    const { id_token = "" } = (await answer.json()) as { id_token?: string };
    const { payload } = await jwtVerify(id_token, keys, {
      issuer: provider.issuer,
      audience: provider.clientId,
      algorithms: ["RS256"],
    });
    if (payload["nonce"] !== nonce || !payload.sub) throw new BadRequest("Invalid ID token");
    return {
      subject: payload.sub,
      email: String(payload["email"] ?? ""),
      emailVerified: payload["email_verified"] === true,
      name: String(payload["name"] ?? ""),
    };
  }

  /** Exchanges a code for tokens, once. The caller must know the verifier of the code challenge. */
  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams((await readBody(request, formLimit))?.toString());
    const code = codes.take(form.get("code") ?? "");
    if (form.get("client_id") !== options.clientId)
      return sendJson(response, 400, { error: "invalid_client" });
    if (form.get("grant_type") !== "authorization_code") {
      return sendJson(response, 400, { error: "unsupported_grant_type" });
    }
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    const { redirectUri, codeChallenge, scope } = code?.authorization ?? {};
    if (
      !code ||
      form.get("redirect_uri") !== redirectUri ||
      challenge !== codeChallenge ||
      scope === undefined
    ) {
      return sendJson(response, 400, { error: "invalid_grant" });
    }
    const tokens = await federation.startSession(code.username, scope);
    sendJson(response, 200, {
      id_token: tokens.IdToken,
      access_token: tokens.AccessToken,
      refresh_token: tokens.RefreshToken,
      expires_in: tokens.ExpiresIn,
      token_type: tokens.TokenType,
    });
  }

  function logOut({ searchParams }: URL, request: IncomingMessage, response: ServerResponse): void {
    const target = searchParams.get("logout_uri") ?? "";
    if (searchParams.get("client_id") !== options.clientId || !options.logoutUrls.includes(target)) {
      throw new BadRequest("Invalid logout_uri");
    }
    sessions.take(cookie(request, cookieNames.session));
    setCookie(response, cookieNames.session, "");
    redirect(response, target, {});
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? "/", url);
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader(
      "access-control-allow-headers",
      request.headers["access-control-request-headers"] ?? "*",
    );
    response.setHeader("cache-control", "no-store");
    switch (`${request.method} ${target.pathname}`) {
      case "GET /oauth2/authorize":
        return authorize(target, request, response);
      case "GET /oauth2/idpresponse":
        return await receive(target, request, response);
      case "POST /oauth2/token":
        return await exchange(request, response);
      case "GET /logout":
        return logOut(target, request, response);
      case "OPTIONS /oauth2/token":
        return void response.writeHead(204).end();
      default:
        return void response.writeHead(404).end();
    }
  }

  const listener = await listen(
    (request, response) => {
      answer(request, response).catch((error: unknown) => {
        const isExpected = error instanceof BadRequest;
        response.writeHead(isExpected ? 400 : 500, { "content-type": "text/plain" });
        response.end(error instanceof Error ? error.message : String(error));
      });
    },
    { port: options.port, tls: options.tls },
  );
  url = `https://127.0.0.1:${listener.port}`;
  return { url, stop: listener.stop };
}

function parseAuthorization(
  parameters: URLSearchParams,
  { clientId, callbackUrls }: HostedDomainOptions,
): Authorization {
  const value = (name: string) => parameters.get(name) ?? "";
  const require = (isGood: boolean, name: string) => {
    if (!isGood) throw new BadRequest(`Invalid ${name}`);
  };
  require(value("client_id") === clientId, "client_id");
  require(callbackUrls.includes(value("redirect_uri")), "redirect_uri");
  require(value("response_type") === "code", "response_type");
  require(value("identity_provider") === googleProvider, "identity_provider");
  require(value("scope")
    .split(" ")
    .every((scope) => allowedScopes.has(scope)), "scope");
  require(value("state") !== "", "state");
  require(value("code_challenge_method") === "S256" && value("code_challenge") !== "", "code_challenge");
  return {
    redirectUri: value("redirect_uri"),
    state: value("state"),
    scope: value("scope"),
    codeChallenge: value("code_challenge"),
  };
}

function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

function redirect(response: ServerResponse, to: string, parameters: Readonly<Record<string, string>>): void {
  const target = new URL(to);
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  response.writeHead(302, { location: target.href }).end();
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function setCookie(response: ServerResponse, name: string, value: string): void {
  const lifetime = value === "" ? "; Max-Age=0" : "";
  response.appendHeader("set-cookie", `${name}=${value}; Path=/; HttpOnly; Secure; SameSite=Lax${lifetime}`);
}

function cookie(request: IncomingMessage, name: string): string {
  const pairs = (request.headers.cookie ?? "").split(/;\s*/).map((pair) => pair.split("="));
  return pairs.find(([other]) => other === name)?.[1] ?? "";
}
