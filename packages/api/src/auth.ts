import { adminActor, type MemberActor, memberActor } from "@kumite/core/context";
import { Unavailable } from "@kumite/core/errors";
import { JwtVerifier } from "aws-jwt-verify";
import { FetchError, JwksValidationError, JwkValidationError, JwtBaseError } from "aws-jwt-verify/error";
import { SimpleFetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { parseCookie } from "cookie";
import { sessionCookies } from "./session-cookies.ts";

export interface AuthConfig {
  /** The pool's issuer URL, as it stands in its tokens. */
  readonly issuer: string;
  /** Where the pool's keys are, by https. */
  readonly jwksUri: string;
  readonly clientId: string;
  /** The pool's keys as JSON, where known beforehand; a token signed with another key has them fetched anew. */
  readonly jwks?: string;
}

/** Answers whose a valid access token is, undefined for any other text. */
export type VerifyAccessToken = (token: string) => Promise<MemberActor | undefined>;

/** The pool's group whose members are admins. */
const adminGroup = "admins";

/**
 * A verifier of Cognito access tokens: signature, issuer, expiry, client and `token_use`. The pool's keys are fetched
 * once and kept.
 * @throws Unavailable (the returned function) where the keys cannot be fetched
 */
export function createVerifier(config: AuthConfig): VerifyAccessToken {
  // It tries twice where it gets no answer.
  const fetcher = new SimpleFetcher({ defaultRequestOptions: { responseTimeout: 1_500 } });
  const keys = new SimpleJwksCache({ fetcher });
  if (config.jwks !== undefined) keys.addJwks(config.jwksUri, JSON.parse(config.jwks));
  const verifier = JwtVerifier.create(
    {
      issuer: config.issuer,
      jwksUri: config.jwksUri,
      // Cognito's access tokens name the client in a claim of their own, not in `aud`.
      audience: null,
      customJwtCheck: ({ payload }) => {
        // The library checks the expiry of those that have one.
        if (payload.exp === undefined) throw new NotAnAccessToken("Never expires");
        if (payload["token_use"] !== "access") throw new NotAnAccessToken("Not an access token");
        if (payload["client_id"] !== config.clientId) throw new NotAnAccessToken("Not of this client");
      },
    },
    { jwksCache: keys },
  );
  return async (token) => {
    try {
      const { username, "cognito:groups": groups } = await verifier.verify(token);
      if (typeof username !== "string" || username === "") return undefined;
      const isAdmin = Array.isArray(groups) && groups.includes(adminGroup);
      return isAdmin ? adminActor(username) : memberActor(username);
    } catch (error) {
      if (keyErrors.some((kind) => error instanceof kind))
        throw new Unavailable("The sign-in keys are out of reach", { cause: error });
      if (error instanceof JwtBaseError || error instanceof NotAnAccessToken) return undefined;
      throw error;
    }
  };
}

class NotAnAccessToken extends Error {}

/** No keys, or something else in their place: that says nothing about the token. */
const keyErrors = [FetchError, JwksValidationError, JwkValidationError];

/** The headers of a request, by names in lower case. */
export interface HeaderLookup {
  get(name: string): string | null | undefined;
}

/**
 * The access token of a request: from its Authorization header, else from the session cookies that Amplify sets.
 * Cookies count only where the browser says that the request comes from our own pages, or does not say.
 */
export function findAccessToken(headers: HeaderLookup, clientId: string): string | undefined {
  const authorization = headers.get("authorization");
  if (authorization) return /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];

  const site = headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return undefined;
  return findSessionToken(headers, clientId);
}

/**
 * Whether a request brings the session's cookies from another site: its `Origin` is `null`, or names another host than the
 * one that the browser asked. A request without an Origin, or with an Authorization header, is not judged by it.
 * @param webOrigin an origin that is ours beside that host's, where pages are served from elsewhere (`sst dev`)
 */
export function isForeign(headers: HeaderLookup, clientId: string, webOrigin?: string): boolean {
  const origin = headers.get("origin") ?? undefined;
  if (origin === undefined || headers.get("authorization")) return false;
  if (findSessionToken(headers, clientId) === undefined) return false;
  // The router in front of the API sets the first, instead of what a client claims.
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? "";
  return origin !== webOrigin && !isOriginOf(origin, host);
}

/** Schemes are not compared: the router serves one of them alone. */
function isOriginOf(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: from } = new URL(origin);
  const own = `${protocol}//${host}`;
  return from !== "" && URL.canParse(own) && new URL(own).host === from;
}

function findSessionToken(headers: HeaderLookup, clientId: string): string | undefined {
  const cookies = parseCookie(headers.get("cookie") ?? "");
  const { lastUser, accessToken } = sessionCookies(clientId);
  const username = cookies[lastUser];
  if (!username) return undefined;
  const name = accessToken(username);
  return cookies[asJsCookieName(name)] ?? cookies[name];
}

/** js-cookie, with which Amplify writes its cookies, encodes the `@` of a username that is an e-mail address. */
function asJsCookieName(name: string): string {
  return encodeURIComponent(name)
    .replace(/%(2[346B]|5E|60|7C)/g, decodeURIComponent)
    .replaceAll("(", "%28")
    .replaceAll(")", "%29");
}
