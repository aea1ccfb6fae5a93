import { resolveResponse } from "@trpc/server/http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";

type ResolveOptions = Parameters<typeof resolveResponse>[0];

/** Headers of a Lambda event, whose names are lower-case already. */
class EventHeaders extends Map<string, string> {
  override get(name: string): string | undefined {
    return super.get(name.toLowerCase());
  }
  override has(name: string): boolean {
    return super.has(name.toLowerCase());
  }
}

/**
 * An API Gateway event as tRPC reads a request. Not a `Request`: making Node's first one loads its whole fetch, which
 * takes longer than everything else that a cold start does with the event.
 */
function toRequest(event: APIGatewayProxyEventV2): ResolveOptions["req"] {
  const headers = new EventHeaders();
  for (const [name, value] of Object.entries(event.headers))
    if (value !== undefined) headers.set(name, value);
  if (event.cookies) headers.set("cookie", event.cookies.join("; "));
  const text = () => {
    const { body = "", isBase64Encoded } = event;
    return isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  };
  const { domainName, http } = event.requestContext;
  return {
    method: http.method,
    url: `https://${domainName}${event.rawPath}?${event.rawQueryString}`,
    headers,
    signal: new AbortController().signal,
    text: async () => text(),
    json: async () => JSON.parse(text()),
  } as unknown as ResolveOptions["req"];
}

export { resolveResponse, toRequest };
export async function toResult(response: Response): Promise<APIGatewayProxyStructuredResultV2> {
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers.entries()),
    body: await response.text(),
  };
}
