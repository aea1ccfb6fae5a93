import type { Readable } from "node:stream";
import type { Database } from "../database/database.ts";
import { newTestDatabase } from "./database.ts";

/** DynamoDB's answer as sent over the network. */
interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array | Readable;
}

/**
 * Intercepts requests between a client and DynamoDB, below the SDK's own retries. It may pass a request on, answer it
 * itself, or do something before or after.
 * @param operation e.g. `TransactWriteItems`
 * @param input the request as JSON
 */
type Wire = (operation: string, send: () => Promise<Answer>, input: string) => Promise<Answer>;

/** The run's DynamoDB Local behind an interceptor. */
export function wiredDatabase(wire: Wire): Database {
  const database = newTestDatabase();
  database.client.middlewareStack.add(
    (next) => async (args) => {
      const { headers, body } = args.request as { headers: Record<string, string>; body: Uint8Array };
      const operation = (headers["x-amz-target"] ?? "").replace(/^.*\./, "");
      let passed: Awaited<ReturnType<typeof next>> | undefined;
      const send = async () => {
        passed = await next(args);
        return passed.response as Answer;
      };
      const response = await wire(operation, send, new TextDecoder().decode(body));
      // Without an `output`, the SDK reads it from the response.
      return { ...passed, response } as Awaited<ReturnType<typeof next>>;
    },
    { name: "wire", step: "deserialize", priority: "low" },
  );
  return database;
}

/** A database, and the operations that it has answered. */
export function watchedDatabase(): { database: Database; operations: string[] } {
  const operations: string[] = [];
  const database = wiredDatabase(async (operation, send) => {
    const answer = await send();
    operations.push(operation);
    return answer;
  });
  return { database, operations };
}

/** Makes an answer in place of DynamoDB. */
export function answer(body: Record<string, unknown>, statusCode = 200): Answer {
  return {
    statusCode,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

/** Makes an error answer of DynamoDB. */
export function errorAnswer(type: string, details: Record<string, unknown> = {}, statusCode = 400): Answer {
  const __type = `com.amazonaws.dynamodb.v20120810#${type}`;
  return answer({ __type, message: type, ...details }, statusCode);
}

/** The error that the SDK gets if the connection breaks before an answer. */
export function dropped(): Error {
  return Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
}

/**
 * Runs a verb once for each of its requests, and lets something else run completely just before that request: all
 * possible interleavings.
 * @param run sets up new data and calls the verb with the given database
 * @returns the number of interleavings
 */
export async function interleave(
  run: (database: Database, meanwhile: (other: () => Promise<void>) => void) => Promise<void>,
): Promise<number> {
  for (let place = 0; ; place++) {
    let other: (() => Promise<void>) | undefined;
    let requests = 0;
    const database = wiredDatabase(async (_, send) => {
      if (requests++ === place) await other?.();
      return send();
    });
    await run(database, (given) => {
      other = given;
    });
    if (requests <= place) return place;
  }
}
