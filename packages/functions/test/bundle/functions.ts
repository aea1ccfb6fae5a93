/** The built functions and their source: both must give the same answers. */
import { randomUUID } from "node:crypto";
import path from "node:path";
import { linkTestDatabase } from "@kumite/core/testing";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { expect } from "vitest";
import { bundleFile, sourceFile } from "../../../../scripts/build-functions.ts";
import { toGatewayEvent } from "../../../local/src/lambda/events.ts";
import { type Lambda, startLambda } from "./lambda.ts";

export const auth = { userPoolId: "pool", clientId: "the-client", issuer: "https://issuer.example/pool" };

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** A built function and its source. */
export interface Pair {
  bundle: Lambda;
  source: Handler;
}

/** Starts a function by the name of its entry point, with the current environment of this process. */
export async function startPair(name: string): Promise<Pair> {
  return {
    bundle: await startLambda(path.dirname(bundleFile(name))),
    source: (await import(sourceFile(name))).handler,
  };
}

/**
 * Links this process to the tests' database and to a user pool.
 * @returns a function that signs an access token for a username
 */
export async function linkFunctions(): Promise<(username: string) => Promise<string>> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "own", use: "sig" }] });
  linkTestDatabase();
  // The keys are in the link; fetching them would fail, because the port is closed.
  process.env["SST_RESOURCE_Auth"] = JSON.stringify({ ...auth, jwksUri: "http://127.0.0.1:9/", jwks });
  process.env["SST_RESOURCE_CursorKey"] = JSON.stringify({ value: "a secret" });
  process.env["SST_RESOURCE_OriginKey"] = JSON.stringify({ value: "the key" });
  return (username) =>
    new SignJWT({ username, client_id: auth.clientId, token_use: "access" })
      .setProtectedHeader({ alg: "RS256", kid: "own" })
      .setIssuer(auth.issuer)
      .setExpirationTime("1h")
      .sign(privateKey);
}

export interface Call {
  url: string;
  token?: string;
  headers?: Record<string, string[]>;
  method?: string;
  body?: string;
}

export function eventOf({ url, token, headers = {}, method = "GET", body = "" }: Call) {
  const request = {
    method,
    url: `/api/trpc/${url}`,
    httpVersion: "1.1",
    socket: { remoteAddress: "127.0.0.1" },
    headersDistinct: {
      host: ["abc.execute-api.us-east-1.amazonaws.com"],
      ...(token && { authorization: [`Bearer ${token}`] }),
      ...(body && { "content-type": ["application/json"] }),
      ...headers,
    },
  } as unknown as Parameters<typeof toGatewayEvent>[0];
  return toGatewayEvent(request, Buffer.from(body));
}

/** Calls the API's bundle and then its source, and expects the same answer. */
export async function ask(trpc: Pair, call: Call) {
  const event = eventOf(call);
  const requestId = randomUUID();
  const answer = await trpc.bundle.invoke(event, requestId);
  expect(answer).toEqual(JSON.parse(JSON.stringify(await trpc.source(event, { awsRequestId: requestId }))));
  return answer as { statusCode: number; headers: Record<string, string>; body: string };
}
