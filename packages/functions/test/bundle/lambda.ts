import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";

interface Invocation {
  id: string;
  event: unknown;
  answer: (result: unknown) => void;
  fail: (error: Error) => void;
}

/** The client of the Runtime API: `aws-lambda-ric` if the variable names its `index.mjs`, else our own. */
const client = process.env["AWS_LAMBDA_RIC"] || path.join(import.meta.dirname, "runtime-client.ts");

/** A built function in a separate process, behind Lambda's Runtime API. */
export interface Lambda {
  /** @throws Error with the message of the handler's error, or if the process has ended */
  invoke(event: unknown, requestId: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts the bundle in `directory`; the handler is `bundle.handler`. */
export async function startLambda(directory: string): Promise<Lambda> {
  const waiting: Invocation[] = [];
  const running = new Map<string, Invocation>();
  let idle: ServerResponse | undefined;

  const hand = () => {
    const invocation = idle && waiting.shift();
    if (!idle || !invocation) return;
    running.set(invocation.id, invocation);
    // AWS's client crashes without it.
    idle.setHeader("content-type", "application/json");
    idle.setHeader("lambda-runtime-aws-request-id", invocation.id);
    idle.setHeader("lambda-runtime-deadline-ms", Date.now() + 15_000);
    idle.setHeader("lambda-runtime-invoked-function-arn", "arn:aws:lambda:us-east-1:123456789012:function:f");
    idle.end(JSON.stringify(invocation.event));
    idle = undefined;
  };
  const server = createServer(async (request, response) => {
    const [, id = "", outcome] = /invocation\/(?:([^/]+)\/)?(\w+)$/.exec(request.url ?? "") ?? [];
    if (outcome === "next") {
      idle = response;
      return hand();
    }
    const body = await text(request);
    response.writeHead(202).end();
    const invocation = running.get(id);
    if (outcome === "response") invocation?.answer(JSON.parse(body));
    else invocation?.fail(new Error((JSON.parse(body) as { errorMessage: string }).errorMessage));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  const child: ChildProcess = spawn(process.execPath, [client, "bundle.handler"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_LAMBDA_FUNCTION_NAME: "f",
      AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "1024",
      AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/f",
      AWS_LAMBDA_LOG_STREAM_NAME: "f",
      LAMBDA_TASK_ROOT: directory,
      _HANDLER: "bundle.handler",
    },
  });
  let end: Error | undefined;
  const ended = once(child, "exit").then(([code, signal]) => {
    end = new Error(`The process ended with ${code ?? signal}`);
    for (const { fail } of [...waiting, ...running.values()]) fail(end);
  });
  return {
    invoke: (event, id) =>
      new Promise((answer, fail) => {
        if (end) return fail(end);
        waiting.push({ id, event, answer, fail });
        hand();
      }),
    stop: async () => {
      child.kill();
      await ended;
      server.closeAllConnections();
      server.close();
    },
  };
}
