/** A user pool: valid tokens, invalid tokens, and its answer to requests for a user. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";

/** The verified e-mail address of every user in the pool. */
export const newEmail = "verified@example.com";

const clientId = "the-client";
const issuer = "https://issuer.example/pool";

type MakeToken = (username: string) => Promise<string> | string | undefined;

interface Pool {
  /** The URL of Cognito's API. */
  readonly url: string;
  /** The functions' `Auth` link. */
  readonly auth: Readonly<Record<string, string>>;
  /** Signs an access token with these claims. */
  sign(given: JWTPayload): Promise<string>;
  /** Makers of invalid tokens that claim to be a member's, by kind. */
  readonly badTokens: Readonly<Record<string, MakeToken>>;
  close(): void;
}

export async function startPool(): Promise<Pool> {
  const [own, foreign] = await Promise.all([
    generateKeyPair("RS256", { extractable: true }),
    generateKeyPair("RS256"),
  ]);
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(own.publicKey)), kid: "own", use: "sig" }] });
  const UserAttributes = [
    { Name: "email", Value: newEmail },
    { Name: "email_verified", Value: "true" },
  ];
  const server = createServer((_, response) =>
    response.end(JSON.stringify({ Username: "someone", UserAttributes })),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");

  const claims = (given: JWTPayload): JWTPayload => {
    const now = Math.floor(Date.now() / 1_000);
    const token = { iss: issuer, client_id: clientId, token_use: "access", iat: now, exp: now + 3_600 };
    return { ...token, ...given };
  };
  const sign = (given: JWTPayload, privateKey = own.privateKey) =>
    new SignJWT(claims(given)).setProtectedHeader({ alg: "RS256", kid: "own" }).sign(privateKey);
  const parts = async (username: string) => (await sign({ username })).split(".");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    auth: { userPoolId: "pool", clientId, issuer, jwksUri: "https://127.0.0.1:9/", jwks },
    sign: (given) => sign(given),
    close: () => server.close(),
    badTokens: {
      "no token": () => undefined,
      expired: (username) => sign({ username, exp: Math.floor(Date.now() / 1_000) - 1 }),
      "other pool": (username) => sign({ username, iss: `${issuer}2` }),
      "other client": (username) => sign({ username, client_id: "another" }),
      "ID token": (username) =>
        sign({ username, "cognito:username": username, token_use: "id", aud: clientId }),
      "alg none": (username) => new UnsecuredJWT(claims({ username })).encode(),
      "other key": (username) => sign({ username }, foreign.privateKey),
      "other claims": async (username) => {
        const [header, , signature] = await parts("somebody-else");
        const [, payload] = await parts(username);
        return `${header}.${payload}.${signature}`;
      },
      "bit flipped": async (username) => {
        const [header, payload, signature = ""] = await parts(username);
        return `${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
      },
    },
  };
}
