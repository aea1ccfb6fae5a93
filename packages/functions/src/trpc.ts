import "./fetch-classes.ts";
import {
  appRouter,
  type CallRecord,
  createContext,
  createServices,
  retryAfterHeader,
  setRequestId,
} from "@kumite/api/server";
import { resolveResponse } from "@trpc/server/http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { EventHeaders, errorResult, toRequest, toResult } from "./http.ts";
import { log } from "./log.ts";

const services = createServices();

/**
 * Answers requests of an API Gateway HTTP API (payload 2.0): procedures under `ANY /api/trpc/{proxy+}`, and all other
 * paths below `/api/` with an error.
 */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  const path = event.pathParameters?.["proxy"];
  if (path === undefined) return errorResult("NOT_FOUND", "There is nothing here.", context.awsRequestId);
  // Procedures record their own calls. Failures of other paths happened before a procedure.
  const reached = new Set<string>();
  const request = {
    headers: new EventHeaders(event),
    sourceAddress: event.requestContext.http.sourceIp,
    requestId: context.awsRequestId,
    record: (call: CallRecord) => {
      reached.add(call.procedure);
      logCall(call);
    },
  };
  try {
    const response = await resolveResponse({
      router: appRouter,
      req: toRequest(event),
      path,
      createContext: async () => createContext(services, request),
      onError: ({ path: procedure, type, error }) => {
        setRequestId(error, request.requestId);
        if (procedure !== undefined && reached.has(procedure)) return;
        // Without a path, the request failed as a whole.
        const call = {
          procedure: procedure ?? path,
          type,
          outcome: error.code,
          requestId: request.requestId,
        };
        const isDefect = error.code === "INTERNAL_SERVER_ERROR";
        logCall(isDefect ? { ...call, error: error.cause ?? error } : call);
      },
      maxBatchSize: 100,
      responseMeta: ({ errors }) => ({ headers: retryAfterHeader(errors) }),
      error: null,
    });
    return await toResult(response, request.requestId);
  } catch (error) {
    logCall({ procedure: path, outcome: "INTERNAL_SERVER_ERROR", requestId: request.requestId, error });
    return errorResult("INTERNAL_SERVER_ERROR", "Something went wrong.", request.requestId);
  }
}

function logCall(call: Partial<CallRecord>): void {
  log(call.error === undefined && call.uncounted === undefined ? "info" : "error", "call", { ...call });
}
