import { TRPCError } from "@trpc/server";
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
 * An event as tRPC reads a request. It is no `Request`, because the first one loads Node's whole fetch
 * (docs/benchmarks.md).
 */
export function toRequest(event: APIGatewayProxyEventV2): TRPCRequest {
  const { http } = event.requestContext;
  const { body = "", isBase64Encoded, rawPath, rawQueryString } = event;
  const text = isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
  const request: Pick<TRPCRequest, "method" | "url" | "signal" | "text" | "json" | "formData"> = {
    method: http.method,
    // Not by the name it was called, which may be no host at all.
    url: `https://localhost${rawPath}?${rawQueryString}`,
    signal: new AbortController().signal,
    text: async () => text,
    json: async () => JSON.parse(text),
    formData: async () => {
      throw new TRPCError({ code: "UNSUPPORTED_MEDIA_TYPE", message: "No procedure takes a form." });
    },
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
