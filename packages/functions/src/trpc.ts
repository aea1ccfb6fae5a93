import "./fetch-classes.ts";
import {
  appRouter,
  type CallRecord,
  createContext,
  createServices,
  retryAfterHeader,
} from "@kumite/api/server";
import { resolveResponse } from "@trpc/server/http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { EventHeaders, toRequest, toResult } from "./http.ts";
import { log } from "./log.ts";

const services = createServices();

/** Answers an API Gateway HTTP API request (payload 2.0) under `ANY /api/trpc/{proxy+}`. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  const request = {
    headers: new EventHeaders(event),
    sourceAddress: event.requestContext.http.sourceIp,
    requestId: context.awsRequestId,
    record,
  };
  const response = await resolveResponse({
    router: appRouter,
    req: toRequest(event),
    path: event.pathParameters?.["proxy"] ?? "",
    createContext: async () => createContext(services, request),
    maxBatchSize: 100,
    responseMeta: ({ errors }) => ({ headers: retryAfterHeader(errors) }),
    error: null,
  });
  return toResult(response);
}

function record(call: CallRecord): void {
  log(call.error === undefined && call.uncounted === undefined ? "info" : "error", "call", { ...call });
}
