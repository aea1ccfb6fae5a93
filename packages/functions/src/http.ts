import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError, type resolveResponse } from "@trpc/server/http";
import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from "@trpc/server/rpc";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";

type TRPCRequest = Parameters<typeof resolveResponse>[0]["req"];

/** The most bytes of a body: about ten times the longest input of a procedure. */
const longestBody = 128 * 1024;

/** The most bytes of a function's result, which is JSON and contains the body escaped. */
const longestResult = 6 * 1024 * 1024;

/** The headers of an event. API Gateway's names are in lower case, and cookies are separate. */
export class EventHeaders extends Map<string, string> {
  constructor(event: APIGatewayProxyEventV2) {
    super();
    for (const [name, value] of Object.entries(event.headers)) if (value !== undefined) this.set(name, value);
    if (event.cookies) this.set("cookie", event.cookies.join("; "));
  }

  override get(name: string): string | undefined {
    return super.get(name.toLowerCase());
  }

  override has(name: string): boolean {
    return super.has(name.toLowerCase());
  }
}

/**
 * Converts an event to what tRPC reads of a request. Not a `Request`, because the first one loads all of Node's fetch
 * (docs/benchmarks.md).
 */
export function toRequest(event: APIGatewayProxyEventV2): TRPCRequest {
  const { http } = event.requestContext;
  const { body = "", isBase64Encoded, rawPath, rawQueryString } = event;
  const text = () => {
    if (Buffer.byteLength(body, isBase64Encoded ? "base64" : "utf8") > longestBody) {
      throw new TRPCError({ code: "PAYLOAD_TOO_LARGE", message: "This is more than can be sent at once." });
    }
    return isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  };
  const request: Pick<TRPCRequest, "method" | "url" | "signal" | "text" | "json" | "formData"> = {
    method: http.method,
    // Not the event's host, which may be invalid.
    url: `https://localhost${rawPath}?${rawQueryString}`,
    signal: new AbortController().signal,
    text: async () => text(),
    json: async () => JSON.parse(text()),
    formData: async () => {
      throw new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE", message: "No procedure accepts a form." });
    },
  };
  return Object.assign(request, { headers: new EventHeaders(event) }) as unknown as TRPCRequest;
}

/**
 * Converts tRPC's response to API Gateway's form: JSON that is not cached. If it is too long for Lambda, the whole
 * request becomes an error.
 */
export async function toResult(
  response: Response,
  requestId: string,
): Promise<APIGatewayProxyStructuredResultV2> {
  const body = await response.text();
  if (isTooLong(body)) {
    return errorResult("PAYLOAD_TOO_LARGE", "The answer is too long. Ask for less at once.", requestId);
  }
  // If a request fails as a whole, tRPC sets no content type, and `Response` then sets plain text.
  const { "content-type": type = "", ...headers } = Object.fromEntries(response.headers.entries());
  const json = body !== "" && { "content-type": type.startsWith("application/") ? type : "application/json" };
  return { statusCode: response.status, headers: { ...headers, ...json, ...answerHeaders }, body };
}

/** An error of the whole request, in tRPC's shape. */
export function errorResult(
  code: TRPC_ERROR_CODE_KEY,
  message: string,
  requestId: string,
): APIGatewayProxyStructuredResultV2 {
  const statusCode = getHTTPStatusCodeFromError(new TRPCError({ code }));
  const data = { code, httpStatus: statusCode, requestId };
  const error = { message, code: TRPC_ERROR_CODES_BY_KEY[code], data };
  return {
    statusCode,
    headers: { "content-type": "application/json", ...answerHeaders },
    body: JSON.stringify({ error }),
  };
}

const answerHeaders = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

function isTooLong(body: string): boolean {
  // Most bodies are far shorter, and do not have to be serialized twice.
  return body.length > longestResult / 8 && Buffer.byteLength(JSON.stringify(body)) > longestResult;
}
