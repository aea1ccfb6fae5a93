import { appRouter, type CallRecord, createContext, createServices } from "@kumite/api/server";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { resolveResponse, toRequest, toResult } from "./http.ts";
import { log } from "./log.ts";

const services = createServices();

function record({ error, ...call }: CallRecord): void {
  if (error === undefined) log.info(call, "call");
  else log.error({ ...call, err: error }, "call");
}

export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  const req = toRequest(event);
  const response = await resolveResponse({
    router: appRouter,
    req,
    path: event.pathParameters?.["proxy"] ?? "",
    error: null,
    maxBatchSize: 100,
    createContext: async () =>
      createContext(services, { headers: req.headers, requestId: context.awsRequestId, record }),
  });
  return toResult(response);
}
