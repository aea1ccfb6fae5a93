import { randomUUID } from "node:crypto";
import type { AppClient } from "cognito-local/lib/services/appClient.js";
import { attributeValue, type User } from "cognito-local/lib/services/userPoolService.js";
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from "jose";

const algorithm = "RS256";
const apiScope = "aws.cognito.signin.user.admin";
const refreshTokenSeconds = 30 * 24 * 60 * 60;

/** What all tokens of one sign-in share until the sign-out. */
interface Session {
  /** The id that access tokens carry as `origin_jti` and the refresh token as `jti`. */
  readonly id: string;
  /** When the member signed in, in seconds since the epoch. */
  readonly authTime: number;
  /** The access tokens' `scope`; if left out, the scope of a sign-in through the API. */
  readonly scope?: string | undefined;
}

/** Tokens in the shape of Cognito's `AuthenticationResult`. */
export interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  /** Seconds until the access token expires. */
  readonly ExpiresIn: number;
  readonly TokenType: "Bearer";
}

/** Makes a signing key, as a private JWK. */
export async function createSigningKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomUUID(), alg: algorithm, use: "sig" };
}

/** Returns the public part of a signing key. */
export function publicKey({ kty, n, e, kid, alg, use }: JWK): JWK {
  return { kty, n, e, kid, alg, use } as JWK;
}

/** The claim of ID tokens that lists the user's identity providers, if any. */
function identitiesClaim(user: User): { identities?: unknown } {
  const identities = attributeValue("identities", user.Attributes);
  return identities === undefined ? {} : { identities: JSON.parse(identities) };
}

/** Issues and verifies tokens with the same claims as Cognito's. */
export class TokenIssuer {
  readonly #key: JWK;
  readonly #issuer: string;
  readonly #accessTokenSeconds: number;
  readonly #groupsOf: (user: User) => Promise<readonly string[]>;

  constructor(options: {
    key: JWK;
    issuer: string;
    accessTokenSeconds: number;
    groupsOf: (user: User) => Promise<readonly string[]>;
  }) {
    this.#key = options.key;
    this.#issuer = options.issuer;
    this.#accessTokenSeconds = options.accessTokenSeconds;
    this.#groupsOf = options.groupsOf;
  }

  /** Returns the tokens of a new sign-in. */
  async startSession(
    user: User,
    client: AppClient,
    scope?: string,
  ): Promise<Tokens & { readonly RefreshToken: string }> {
    const session = { id: randomUUID(), authTime: Math.floor(Date.now() / 1000), scope };
    const claims = {
      jti: session.id,
      auth_time: session.authTime,
      token_use: "refresh",
      sub: user.Username,
      scope,
    };
    const [tokens, RefreshToken] = await Promise.all([
      this.continueSession(session, user, client),
      this.#sign({ ...claims, client_id: client.ClientId }, refreshTokenSeconds),
    ]);
    return { ...tokens, RefreshToken };
  }

  /** Returns new access and ID tokens for an existing session. */
  async continueSession(session: Session, user: User, client: AppClient): Promise<Tokens> {
    const groups = await this.#groupsOf(user);
    const shared = {
      sub: user.Username,
      ...(groups.length > 0 && { "cognito:groups": groups }),
      origin_jti: session.id,
      event_id: randomUUID(),
      auth_time: session.authTime,
    };
    const access = {
      ...shared,
      jti: randomUUID(),
      token_use: "access",
      client_id: client.ClientId,
      username: user.Username,
      scope: session.scope ?? apiScope,
    };
    const id = {
      ...shared,
      jti: randomUUID(),
      token_use: "id",
      aud: client.ClientId,
      "cognito:username": user.Username,
      email: attributeValue("email", user.Attributes),
      email_verified: attributeValue("email_verified", user.Attributes) === "true",
      ...identitiesClaim(user),
    };
    const [AccessToken, IdToken] = await Promise.all([
      this.#sign(access, this.#accessTokenSeconds),
      this.#sign(id, this.#accessTokenSeconds),
    ]);
    return { AccessToken, IdToken, ExpiresIn: this.#accessTokenSeconds, TokenType: "Bearer" };
  }

  /** Returns the claims of a token of this pool. Rejects with jose's errors if it is invalid or expired. */
  async verify(token: string, use: "access" | "refresh"): Promise<JWTPayload> {
    const key = await importJWK(publicKey(this.#key), algorithm);
    const { payload } = await jwtVerify(token, key, { algorithms: [algorithm], issuer: this.#issuer });
    if (payload["token_use"] !== use) throw new Error(`Not ${use === "access" ? "an" : "a"} ${use} token.`);
    return payload;
  }

  async #sign(claims: JWTPayload, seconds: number): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return await new SignJWT(claims)
      .setProtectedHeader({ alg: algorithm, kid: this.#key.kid ?? "" })
      .setIssuer(this.#issuer)
      .setIssuedAt(now)
      .setExpirationTime(now + seconds)
      .sign(await importJWK(this.#key, algorithm));
  }
}
