import { once } from "node:events";
import { createServer, globalAgent } from "node:https";
import type { AddressInfo } from "node:net";
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { generate } from "selfsigned";

export const clientId = "the-client";
export const issuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool";

/** A user pool that signs tokens, and serves its keys over https on loopback. */
export interface TokenPool {
  /** The pool's key, the key after rotation, and a foreign key. */
  readonly keys: { own: CryptoKey; rotated: CryptoKey; foreign: CryptoKey; publicPem: string };
  /** The pool's keys as JSON, before and after rotation. */
  readonly jwks: { own: string; both: string };
  readonly jwksUri: string;
  /** How often the keys were fetched. */
  fetches: number;
  /** What the server answers. If the body is shorter than `length`, the connection breaks. */
  serve: { status: number; body: string; length?: number } | "nothing";
  /** Signs an access token for Anna; claims and key can be changed. */
  sign(given?: JWTPayload, by?: { key?: CryptoKey; kid?: string }): Promise<string>;
  close(): void;
}

/** Starts a pool, and makes this process trust its certificate until it is closed. */
export async function startTokenPool(): Promise<TokenPool> {
  const [own, rotated, foreign] = await Promise.all(
    [1, 2, 3].map(() => generateKeyPair("RS256", { extractable: true })),
  );
  if (!own || !rotated || !foreign) throw new Error("No keys");
  const keys = {
    own: own.privateKey,
    rotated: rotated.privateKey,
    foreign: foreign.privateKey,
    publicPem: await exportSPKI(own.publicKey),
  };
  const jwk = async (key: CryptoKey, kid: string) => ({
    ...(await exportJWK(key)),
    kid,
    use: "sig",
    alg: "RS256",
  });
  const [first, second] = [await jwk(own.publicKey, "own"), await jwk(rotated.publicKey, "rotated")];
  const jwks = { own: JSON.stringify({ keys: [first] }), both: JSON.stringify({ keys: [first, second] }) };
  const { private: key, cert } = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  globalAgent.options.ca = cert;
  const server = createServer({ key, cert }, (_, response) => {
    pool.fetches++;
    if (pool.serve === "nothing") return;
    const { status, body, length } = pool.serve;
    response.writeHead(status, {
      "content-type": "application/json",
      "content-length": length ?? body.length,
    });
    // `length` announces more than is sent; then the connection breaks.
    if (length === undefined) response.end(body);
    else response.write(body, () => response.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const pool: TokenPool = {
    keys,
    jwks,
    jwksUri: `https://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    fetches: 0,
    serve: { status: 200, body: jwks.own },
    sign: (given = {}, { key = keys.own, kid = "own" } = {}) =>
      new SignJWT(claims(given)).setProtectedHeader({ alg: "RS256", kid }).sign(key),
    close: () => {
      delete globalAgent.options.ca;
      server.close();
      server.closeAllConnections();
    },
  };
  return pool;
}

/** The claims of an access token of Cognito, by default Anna's. */
export function claims(given: JWTPayload = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1_000);
  return {
    iss: issuer,
    sub: "the-subject",
    username: "anna",
    client_id: clientId,
    token_use: "access",
    scope: "aws.cognito.signin.user.admin",
    auth_time: now - 60,
    iat: now - 60,
    exp: now + 3_600,
    ...given,
  };
}
