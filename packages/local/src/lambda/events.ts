import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { matchRoute } from "./route.ts";

/** An HTTP response as API Gateway would send it. */
export interface GatewayResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/**
 * Turns a request into the event that an API Gateway HTTP API sends to Lambda (payload format 2.0). A path without a
 * route gets the route `$default`.
 */
export function toGatewayEvent(
  request: Pick<IncomingMessage, "method" | "url" | "headersDistinct" | "httpVersion" | "socket">,
  body: Buffer,
): APIGatewayProxyEventV2 {
  const [rawPath = "/", rawQueryString = ""] = splitOnce(request.url ?? "/", "?");
  const { route, proxy } = matchRoute(rawPath) ?? {};
  const routeKey = route ? `ANY ${route.path}` : "$default";

  const { cookie: cookieHeaders = [], ...distinct } = request.headersDistinct;
  const headers = mapValues(distinct, (values = []) => values.join(","));
  const cookies = cookieHeaders.flatMap((header) => header.split(/;\s*/)).filter((cookie) => cookie !== "");
  const query = queryParameters(rawQueryString);
  const isText = isTextType(headers["content-type"]);
  const method = request.method ?? "GET";
  const host = headers["x-forwarded-host"] ?? headers["host"] ?? "localhost";
  const now = new Date();
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query && { queryStringParameters: query }),
    ...(proxy !== undefined && { pathParameters: { proxy } }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: host,
      domainPrefix: splitOnce(host, ".")[0],
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: headers["x-forwarded-for"] ?? request.socket.remoteAddress ?? "127.0.0.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? "utf8" : "base64") }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/**
 * Turns a function's result into a response, as an HTTP API does: a result with a `statusCode` is the response, any
 * other result becomes its JSON body.
 */
export function toGatewayResponse(result: unknown): GatewayResponse {
  const structured = asStructured(result);
  if (!structured) {
    const body = Buffer.from(typeof result === "string" ? result : (JSON.stringify(result) ?? ""));
    return { statusCode: 200, headers: { "content-type": "application/json" }, cookies: [], body };
  }
  const { statusCode, headers = {}, cookies = [], body = "", isBase64Encoded = false } = structured;
  return {
    statusCode,
    headers: mapValues(headers, String),
    cookies: cookies.map(String),
    body: Buffer.from(String(body), isBase64Encoded ? "base64" : "utf8"),
  };
}

interface StructuredResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: readonly unknown[];
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

function asStructured(result: unknown): StructuredResult | undefined {
  const isStructured = typeof result === "object" && result !== null && "statusCode" in result;
  return isStructured ? (result as StructuredResult) : undefined;
}

/** Joins repeated parameters by commas, as an HTTP API does. */
function queryParameters(queryString: string): Record<string, string> | undefined {
  const names = new URLSearchParams(queryString);
  if (names.size === 0) return undefined;
  return Object.fromEntries([...new Set(names.keys())].map((name) => [name, names.getAll(name).join(",")]));
}

function isTextType(contentType = "application/octet-stream"): boolean {
  return /^(text\/|application\/(json|javascript|xml|x-www-form-urlencoded|.*\+(json|xml)))/i.test(
    contentType,
  );
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

function mapValues<T>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), map(value)]));
}
