import type { IncomingMessage, ServerResponse } from "node:http";
import { Limiter } from "@kumite/api/limits";
import { CognitoError, UnsupportedError } from "cognito-local/lib/errors.js";
import { readBody } from "../http.ts";
import type { CognitoRequest, Perform } from "./operations/index.ts";

const requestLimit = 1024 * 1024;

/** Counts an anonymous request; rejects once the limit is exceeded. */
type CountAnonymous = (request: CognitoRequest, address: string) => Promise<void>;

/** Limits anonymous requests by address, as a web ACL in front of the pool does on AWS. */
export function anonymousCounter(perMinute: number | undefined): CountAnonymous {
  const limiter = new Limiter();
  return async ({ AccessToken, RefreshToken, Token, AuthParameters, UserPoolId }, address) => {
    // Requests that name the pool are signed with AWS credentials.
    if (perMinute === undefined || UserPoolId !== undefined) return;
    if (AccessToken ?? RefreshToken ?? Token ?? AuthParameters?.["REFRESH_TOKEN"]) return;
    const { retryAfterSeconds } = await limiter.count(address, perMinute, new Date());
    if (retryAfterSeconds !== undefined) throw new CognitoError("TooManyRequestsException", "Rate exceeded");
  };
}

/** Speaks AWS's JSON protocol: the operation in a header, the error's name in the body. */
export async function performCall(
  request: IncomingMessage,
  response: ServerResponse,
  perform: Perform,
  count: CountAnonymous,
): Promise<void> {
  try {
    const operation =
      String(request.headers["x-amz-target"] ?? "")
        .split(".")
        .at(-1) ?? "";
    const body = await readBody(request, requestLimit);
    if (body === undefined) throw new CognitoError("SerializationException", "The request is too long.");
    const parsed = parseRequest(body);
    await count(parsed, request.socket.remoteAddress ?? "");
    sendJson(response, 200, await perform(operation, parsed));
  } catch (error) {
    if (error instanceof CognitoError) return sendError(response, 400, error.code, error.message);
    if (error instanceof UnsupportedError) {
      return sendError(response, 400, "UnsupportedOperationException", error.message);
    }
    const words = error instanceof Error ? error.message : String(error);
    sendError(response, 500, "InternalErrorException", words);
  }
}

function parseRequest(body: Buffer): CognitoRequest {
  try {
    return JSON.parse(body.toString()) as CognitoRequest;
  } catch {
    throw new CognitoError("SerializationException", "The request is not JSON.");
  }
}

function sendError(response: ServerResponse, status: number, name: string, message: string): void {
  response.setHeader("x-amzn-errortype", name);
  sendJson(response, status, { __type: name, message });
}

/** Sends a static JSON document, such as a key set. */
export function sendDocument(response: ServerResponse, document: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(document));
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  // AWS counts time in seconds since the epoch.
  const body = JSON.stringify(value, function (this: Record<string, unknown>, key, field: unknown) {
    const original = this[key];
    return original instanceof Date ? original.getTime() / 1000 : field;
  });
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(body);
}

/** Pages of any origin may call Cognito, as on AWS. */
export function corsHeaders(request: IncomingMessage): Record<string, string> {
  return {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, OPTIONS",
    "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
    "access-control-expose-headers": "x-amzn-errortype",
    "access-control-max-age": "600",
  };
}
