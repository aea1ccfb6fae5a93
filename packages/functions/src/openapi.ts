import "./fetch-classes.ts";
import { createHash } from "node:crypto";
import { createDocument } from "@kumite/api/openapi";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { errorResult } from "./http.ts";
import { log } from "./log.ts";

/**
 * Seconds for which CloudFront and browsers may cache the document. After a deployment it may be out of date for so
 * long.
 */
const maxAge = 300;

interface Document {
  readonly text: string;
  readonly etag: string;
}

let document: Promise<Document> | undefined;

/**
 * Answers `GET /api/openapi.json` with the description of the API, which is the same for everyone until the next
 * deployment.
 */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  const { method } = event.requestContext.http;
  if (method !== "GET" && method !== "HEAD") {
    return errorResult(
      "METHOD_NOT_SUPPORTED",
      "This address accepts only GET and HEAD.",
      context.awsRequestId,
    );
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
    // CloudFront makes the tag weak (`W/`) when it compresses.
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
