import "./fetch-classes.ts";
import "./plain-http.ts";
import { appRouter, type CallRecord, createContext, createServices } from "@kumite/api/server";
import { resolveResponse } from "@trpc/server/http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { EventHeaders, toRequest, toResult } from "./http.ts";
import { log } from "./log.ts";

const services = createServices();

/** Answers an API Gateway HTTP API request (payload 2.0) under `ANY /api/trpc/{proxy+}`. */
export async function handler(
  event: APIGatewayProxyEventV2,
  { awsRequestId: requestId }: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  // Procedures record their calls themselves: what failed and is not among them failed before it reached one.
  const reached = new Set<string>();
  const record = (call: CallRecord) => {
    reached.add(call.procedure);
    logCall(call);
  };
  const headers = new EventHeaders(event);
  const proxy = event.pathParameters?.["proxy"] ?? "";
  const response = await resolveResponse({
    router: appRouter,
    req: toRequest(event),
    path: proxy,
    createContext: async () => createContext(services, { headers, requestId, record }),
    onError: ({ path, type, error }) => {
      if (path !== undefined && reached.has(path)) return;
      // Without a path, the request failed as a whole.
      const call = { procedure: path ?? proxy, type, outcome: error.code, requestId };
      const isDefect = error.code === "INTERNAL_SERVER_ERROR";
      logCall(isDefect ? { ...call, error: error.cause ?? error } : call);
    },
    maxBatchSize: 100,
    error: null,
  });
  return toResult(response);
}

/** One line a call; `error` is that of a defect. */
function logCall({ error, ...call }: Partial<CallRecord>): void {
  if (error === undefined) log("info", "call", call);
  else log("error", "call", { ...call, error });
}
