/** Helpers to call the function `trpc`: a user pool, API Gateway's events, and the log. */
import { linkTestDatabase } from "@kumite/core/testing";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { vi } from "vitest";
import type { handler } from "../trpc.ts";

export const clientId = "the-client";
const issuer = "https://issuer.example/pool";

/** The function `trpc`, as API Gateway calls it. */
export interface TrpcFunction {
  readonly handler: typeof handler;
  /** Signs an access token for the username. */
  sign(username: string): Promise<string>;
  /** The Authorization header with such a token. */
  bearer(username: string): Promise<{ authorization: string }>;
  /** Sends a request to `/api/trpc/<proxy>`; `json` is the body as parsed, `data` and `error` those of a single call. */
  send(proxy: string, request?: Request): ReturnType<typeof send>;
}

/** Loads the function, linked to the test run's DynamoDB Local and to a user pool with its keys. */
export async function loadTrpc(): Promise<TrpcFunction> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "own", use: "sig" }] });
  const sign = (username: string) =>
    new SignJWT({ username, client_id: clientId, token_use: "access" })
      .setProtectedHeader({ alg: "RS256", kid: "own" })
      .setIssuer(issuer)
      .setExpirationTime("1h")
      .sign(privateKey);

  linkTestDatabase();
  const auth = { userPoolId: "pool", clientId, issuer, jwksUri: "https://127.0.0.1:9/", jwks };
  process.env["SST_RESOURCE_Auth"] = JSON.stringify(auth);
  process.env["SST_RESOURCE_CursorKey"] = JSON.stringify({ value: "a secret" });
  // Imported here, because it reads its links at import, as on Lambda.
  const { handler } = await import("../trpc.ts");
  return {
    handler,
    sign,
    bearer: async (username) => ({ authorization: `Bearer ${await sign(username)}` }),
    send: (proxy, request) => send(handler, proxy, request),
  };
}

export interface Request {
  method?: string;
  query?: string;
  body?: string;
  base64?: boolean;
  headers?: Record<string, string>;
  cookies?: string[];
  domainName?: string;
}

/** An event of an API Gateway HTTP API (payload 2.0) under `ANY /api/trpc/{proxy+}`. */
export function eventOf(proxy: string, request: Request = {}): APIGatewayProxyEventV2 {
  const { method = "GET", query = "", body, base64 = false, headers = {}, cookies } = request;
  const domainName = request.domainName ?? "abc.execute-api.us-east-1.amazonaws.com";
  const routeKey = "ANY /api/trpc/{proxy+}";
  const rawPath = `/api/trpc/${proxy}`;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: query,
    headers: {
      host: "abc.execute-api.us-east-1.amazonaws.com",
      "x-forwarded-for": "192.0.2.1",
      "user-agent": "test",
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(cookies && { cookies }),
    pathParameters: { proxy },
    requestContext: {
      accountId: "123456789012",
      apiId: "abc",
      domainName,
      domainPrefix: "abc",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "test" },
      requestId: "gateway-request",
      routeKey,
      stage: "$default",
      time: "22/Nov/2026:18:00:00 +0000",
      timeEpoch: Date.parse("2026-11-22T18:00:00Z"),
    },
    ...(body !== undefined && { body }),
    isBase64Encoded: base64,
  };
}

async function send(call: typeof handler, proxy: string, request?: Request) {
  const context = { awsRequestId: "lambda-request" } as Context;
  const { statusCode, body = "", headers = {} } = await call(eventOf(proxy, request), context);
  const json = body ? JSON.parse(body) : undefined;
  return { statusCode, headers, body, json, data: json?.result?.data, error: json?.error };
}

/**
 * Captures the log of a test.
 * @returns a function that returns the lines logged so far
 */
export function captureLog(): () => Record<string, unknown>[] {
  const output = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  return () => output.mock.calls.map(([line]) => JSON.parse(String(line)));
}

/** The query string of an input. */
export const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`;
