import type { Readable } from "node:stream";
import type { Database } from "../database/database.ts";
import { newTestDatabase } from "./database.ts";

/** DynamoDB's answer as it comes over the wire. */
interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array | Readable;
}

/**
 * What stands between a client and DynamoDB, below the SDK's own retries: it may send a request on, answer it by
 * itself, or do something before or after.
 * @param operation e.g. `TransactWriteItems`
 * @param input what is asked, as JSON
 */
type Wire = (operation: string, send: () => Promise<Answer>, input: string) => Promise<Answer>;

/** The run's DynamoDB Local behind a wire. */
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
      // Without an `output` the SDK reads it from the response.
      return { ...passed, response } as Awaited<ReturnType<typeof next>>;
    },
    { name: "wire", step: "deserialize", priority: "low" },
  );
  return database;
}

/** The database, and the operations that it has answered. */
export function watchedDatabase(): { database: Database; operations: string[] } {
  const operations: string[] = [];
  const database = wiredDatabase(async (operation, send) => {
    const answer = await send();
    operations.push(operation);
    return answer;
  });
  return { database, operations };
}

/** An answer made up in DynamoDB's place. */
export function answer(body: Record<string, unknown>, statusCode = 200): Answer {
  return {
    statusCode,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

/** DynamoDB's refusal of a request. */
export function errorAnswer(type: string, details: Record<string, unknown> = {}, statusCode = 400): Answer {
  const __type = `com.amazonaws.dynamodb.v20120810#${type}`;
  return answer({ __type, message: type, ...details }, statusCode);
}

/** What the SDK sees when the connection breaks before an answer has come. */
export function dropped(): Error {
  return Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
}

/**
 * Runs a verb as many times as it makes requests, and each time lets something else happen, whole, just before
 * another one of them: every way in which the other may come in between.
 * @param run makes everything anew and calls the verb with the given database
 * @returns in how many places the other came in
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
