import type { resolveResponse } from "@trpc/server/http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";

type TRPCRequest = Parameters<typeof resolveResponse>[0]["req"];

/** Headers of an event, whose names API Gateway gives in lower case; cookies come apart. */
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
 * An event as tRPC reads a request. It is no `Request`, because the first one loads Node's whole fetch: 40 ms of a
 * cold start.
 */
export function toRequest(event: APIGatewayProxyEventV2): TRPCRequest {
  const { domainName, http } = event.requestContext;
  const { body = "", isBase64Encoded, rawPath, rawQueryString } = event;
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  const request: Pick<TRPCRequest, "method" | "url" | "signal" | "text" | "json"> = {
    method: http.method,
    url: `https://${domainName}${rawPath}?${rawQueryString}`,
    signal: new AbortController().signal,
    text: async () => text,
    json: async () => JSON.parse(text),
  };
  return Object.assign(request, { headers: new EventHeaders(event) }) as unknown as TRPCRequest;
}

/** tRPC's answer as API Gateway takes it. */
export async function toResult(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers.entries()),
    body: await response.text(),
  };
}
