import {
  type ApiContext,
  appRouter,
  type CallRecord,
  createContext,
  createServices,
} from "@kumite/api/server";
import {
  awsLambdaRequestHandler,
  type CreateAWSLambdaContextOptions,
} from "@trpc/server/adapters/aws-lambda";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { log } from "./log.ts";

const services = createServices();

const handle = awsLambdaRequestHandler({
  router: appRouter,
  createContext: ({ event, context }: CreateAWSLambdaContextOptions<APIGatewayProxyEventV2>): ApiContext => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(event.headers))
      if (value !== undefined) headers.set(name, value);
    if (event.cookies) headers.set("cookie", event.cookies.join("; "));
    return createContext(services, { headers, requestId: context.awsRequestId, record });
  },
  maxBatchSize: 100,
});

function record({ error, ...call }: CallRecord): void {
  if (error === undefined) log.info(call, "call");
  else log.error({ ...call, err: error }, "call");
}

/** Answers an API Gateway HTTP API request (payload 2.0) under `ANY /api/trpc/{proxy+}`. */
export function handler(
  event: APIGatewayProxyEventV2,
  context: Context,
): Promise<APIGatewayProxyStructuredResultV2> {
  return handle(event, context);
}
