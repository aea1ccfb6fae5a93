import "./fetch-classes.ts";
import { createHash } from "node:crypto";
import { createDocument } from "@kumite/api/openapi";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { errorResult } from "./http.ts";
import { log } from "./log.ts";

/** Seconds for which CloudFront and browsers may keep the document: so long may it be behind a deployment. */
const maxAge = 300;

interface Document {
  readonly text: string;
  readonly etag: string;
}

let document: Promise<Document> | undefined;

/** Answers `GET /api/openapi.json` with the description of the API: the same for everybody until the next deployment. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { method } = event.requestContext.http;
  if (method !== "GET" && method !== "HEAD") {
    return errorResult("METHOD_NOT_SUPPORTED", "This can only be read.", context.awsRequestId);
  }
  try {
    document ??= makeDocument();
    const { text, etag } = await document;
    const headers = {
      "cache-control": `public, max-age=${maxAge}`,
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      etag,
    };
    // CloudFront marks the tag of what it compresses as weak.
    if (event.headers["if-none-match"]?.includes(etag)) return { statusCode: 304, headers };
    return { statusCode: 200, headers, body: method === "HEAD" ? "" : text };
  } catch (error) {
    log("error", "openapi", { requestId: context.awsRequestId, error });
    return errorResult("INTERNAL_SERVER_ERROR", "Something went wrong.", context.awsRequestId);
  }
}

async function makeDocument(): Promise<Document> {
  const text = JSON.stringify(await createDocument());
  return { text, etag: `"${createHash("sha256").update(text).digest("base64url")}"` };
}
