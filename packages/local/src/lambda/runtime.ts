/**
 * The process in which the functions run, as in Lambda's own runtime. host.ts starts it with the functions to import as
 * its argument and their links in its environment. It serves Lambda's Invoke API for each function, and their routes as
 * API Gateway does, except that its own errors have the API's shape. It sends its port to its parent, and ends with it.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fallback } from "@kumite/api/routes";
import { readBody, sendError } from "../http.ts";
import { toGatewayEvent, toGatewayResponse } from "./events.ts";
import { matchRoute } from "./route.ts";

type Handler = (event: unknown, context: object) => unknown;

const payloadLimit = 6 * 1024 * 1024;
/** Bytes. */
const longBody = 1024 * 1024;
const timeoutMs = 30_000;
const drainMs = 1_000;

const specifiers = JSON.parse(process.argv[2] ?? "{}") as Record<string, string>;
const handlers = new Map<string, Handler>();
for (const [name, specifier] of Object.entries(specifiers)) {
  const { handler } = (await import(specifier)) as { handler?: Handler };
  if (typeof handler !== "function") throw new Error(`${specifier} exports no handler.`);
  handlers.set(name, handler);
}

// More than the router's limit, because the router adds headers.
const server = createServer({ maxHeaderSize: 32 * 1024 }, (request, response) => {
  serve(request, response).catch((error: unknown) => {
    console.error(error);
    sendError(response, "INTERNAL_SERVER_ERROR", "Something went wrong.");
  });
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request, payloadLimit);
  // On AWS, the gateway reads the body. Here its pieces must not count as the functions' memory.
  if (body === undefined || body.length > longBody) globalThis.gc?.({ type: "minor" });
  if (body === undefined) {
    return sendError(response, "PAYLOAD_TOO_LARGE", "This is more than can be sent at once.");
  }

  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? "") ?? [];
  if (name !== undefined && request.method === "POST") return await serveInvocation(name, body, response);

  const event = toGatewayEvent(request, body);
  const entryPoint = matchRoute(event.rawPath)?.route.entryPoint ?? fallback;
  const handler = handlers.get(entryPoint);
  if (!handler) return sendJson(response, 404, { message: "Not Found" });
  try {
    const result = await invoke(entryPoint, handler, event);
    if (Buffer.byteLength(JSON.stringify(result) ?? "") > payloadLimit) {
      throw new Error("Function.ResponseSizeTooLarge");
    }
    const { statusCode, headers, cookies, body } = toGatewayResponse(result);
    response
      .writeHead(statusCode, { ...headers, ...(cookies.length > 0 && { "set-cookie": [...cookies] }) })
      .end(body);
  } catch (error) {
    console.error(error);
    sendError(response, "INTERNAL_SERVER_ERROR", "Something went wrong.");
  }
}

/** Lambda's Invoke API: a function's error is a successful call with an error header. */
async function serveInvocation(name: string, body: Buffer, response: ServerResponse): Promise<void> {
  const handler = handlers.get(name);
  if (!handler) return sendJson(response, 404, { Type: "User", Message: `Function not found: ${name}` });
  let event: unknown;
  try {
    event = body.length > 0 ? JSON.parse(body.toString()) : {};
  } catch {
    return sendJson(response, 400, { Type: "User", Message: "The payload is not JSON." });
  }
  try {
    const result = await invoke(name, handler, event);
    sendJson(response, 200, result ?? null);
  } catch (error) {
    console.error(error);
    const { name: errorType, message: errorMessage } =
      error instanceof Error ? error : new Error(String(error));
    response.setHeader("x-amz-function-error", "Unhandled");
    sendJson(response, 200, { errorType, errorMessage });
  }
}

async function invoke(functionName: string, handler: Handler, event: unknown): Promise<unknown> {
  const deadline = Date.now() + timeoutMs;
  return await handler(event, {
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:${process.env["AWS_REGION"]}:000000000000:function:${functionName}`,
    memoryLimitInMB: "1024",
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

// A forgotten promise of one function must not end the others.
process.on("unhandledRejection", (reason) => console.error(reason));

// Answers requests under way before the process ends, unless what they wait for has ended too.
const finish = () => {
  server.close(() => process.exit());
  setTimeout(() => process.exit(), drainMs);
};
process.once("SIGTERM", finish);
process.once("disconnect", finish);

server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
