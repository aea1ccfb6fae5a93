import "./fetch-classes.ts";
import { appRouter, type CallRecord, createContext, createServices } from "@kumite/api/server";
import type { TRPCError } from "@trpc/server";
import { resolveResponse } from "@trpc/server/http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { EventHeaders, isTooLong, tooLong, toRequest, toResult } from "./http.ts";
import { log } from "./log.ts";

const services = createServices();

/** Answers an API Gateway HTTP API request (payload 2.0) under `ANY /api/trpc/{proxy+}`. */
export async function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  const request = { headers: new EventHeaders(event), requestId: context.awsRequestId, record };
  const answer = async (error: TRPCError | null) =>
    toResult(
      await resolveResponse({
        router: appRouter,
        req: toRequest(event),
        path: event.pathParameters?.["proxy"] ?? "",
        createContext: async () => createContext(services, request),
        maxBatchSize: 100,
        error,
      }),
    );
  const result = await answer(null);
  return isTooLong(result) ? answer(tooLong()) : result;
}

function record({ error, ...call }: CallRecord): void {
  if (error === undefined) log("info", "call", call);
  else log("error", "call", { ...call, error });
}
