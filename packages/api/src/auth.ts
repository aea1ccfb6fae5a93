import { adminActor, type MemberActor, memberActor } from "@kumite/core/context";
import { Unavailable } from "@kumite/core/errors";
import { JwtVerifier } from "aws-jwt-verify";
import { FetchError, JwksValidationError, JwkValidationError, JwtBaseError } from "aws-jwt-verify/error";
import { SimpleFetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { parseCookie } from "cookie";
import { sessionCookies } from "./session-cookies.ts";

export interface AuthConfig {
  /** The pool's issuer URL, as in its tokens. */
  readonly issuer: string;
  /** The https URL of the pool's keys. */
  readonly jwksUri: string;
  readonly clientId: string;
  /** The pool's keys as JSON, if known in advance. A token with an unknown key triggers a fetch. */
  readonly jwks?: string;
}

/** Returns the actor of a valid access token, and undefined for any other text. */
export type VerifyAccessToken = (token: string) => Promise<MemberActor | undefined>;

/** Members of this group of the pool are admins. */
const adminGroup = "admins";

/**
 * Creates a verifier of Cognito access tokens. It checks signature, issuer, expiry, client and `token_use`. It fetches
 * the pool's keys once and caches them.
 * @throws Unavailable (the returned function) if the keys cannot be fetched
 */
export function createVerifier(config: AuthConfig): VerifyAccessToken {
  // The fetcher retries once if there is no answer, so the wait is 3 s at most.
  const fetcher = new SimpleFetcher({ defaultRequestOptions: { responseTimeout: 1_500 } });
  const keys = new SimpleJwksCache({ fetcher });
  if (config.jwks !== undefined) keys.addJwks(config.jwksUri, JSON.parse(config.jwks));
  const verifier = JwtVerifier.create(
    {
      issuer: config.issuer,
      jwksUri: config.jwksUri,
      // Cognito's access tokens name the client in `client_id`, not in `aud`.
      audience: null,
      customJwtCheck: ({ payload }) => {
        // The library checks the expiry only if there is one.
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

/** The keys could not be read: that says nothing about the token. */
const keyErrors = [FetchError, JwksValidationError, JwkValidationError];

/** The headers of a request, by lower-case name. */
export interface HeaderLookup {
  get(name: string): string | null | undefined;
}

/**
 * Finds the access token of a request: in the Authorization header, or else in Amplify's session cookies. Ignores the
 * cookies if `Sec-Fetch-Site` says that the request does not come from our own pages.
 */
export function findAccessToken(headers: HeaderLookup, clientId: string): string | undefined {
  const authorization = headers.get("authorization");
  if (authorization) return /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];

  const site = headers.get("sec-fetch-site");
  if (site && site !== "same-origin" && site !== "none") return undefined;
  return findSessionToken(headers, clientId);
}

/**
 * Whether a request with session cookies comes from another site: its `Origin` is `null`, or has a different host than
 * the request. A request without an Origin, or with an Authorization header, is never foreign.
 * @param webOrigin a second origin that is ours, if pages have their own (`sst dev`)
 */
export function isForeign(headers: HeaderLookup, clientId: string, webOrigin?: string): boolean {
  const origin = headers.get("origin") ?? undefined;
  if (origin === undefined || headers.get("authorization")) return false;
  if (findSessionToken(headers, clientId) === undefined) return false;
  // The router in front of the API overwrites `x-forwarded-host`, so a client cannot choose it.
  const host = headers.get("x-forwarded-host") ?? headers.get("host") ?? "";
  return origin !== webOrigin && !isOriginOf(origin, host);
}

/** Ignores the scheme: the router serves only one. */
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

/** Amplify writes cookies with js-cookie, which encodes the `@` of a username that is an e-mail address. */
function asJsCookieName(name: string): string {
  return encodeURIComponent(name)
    .replace(/%(2[346B]|5E|60|7C)/g, decodeURIComponent)
    .replaceAll("(", "%28")
    .replaceAll(")", "%29");
}
