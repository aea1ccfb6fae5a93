import type { Database } from "../database/database.ts";
import { newTestDatabase } from "./database.ts";

/** DynamoDB's answer as it comes over the wire. */
interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: Uint8Array;
}

/**
 * What stands between a client and DynamoDB, below the SDK's own retries: it may send a request on, answer it by
 * itself, or do something before or after.
 * @param operation e.g. `TransactWriteItems`
 */
type Wire = (operation: string, send: () => Promise<Answer>) => Promise<Answer>;

/** The run's DynamoDB Local behind a wire. */
export function wiredDatabase(wire: Wire): Database {
  const database = newTestDatabase();
  database.client.middlewareStack.add(
    (next) => async (args) => {
      const { headers } = args.request as { headers: Record<string, string> };
      const operation = (headers["x-amz-target"] ?? "").replace(/^.*\./, "");
      let passed: Awaited<ReturnType<typeof next>> | undefined;
      const response = await wire(operation, async () => {
        passed = await next(args);
        return passed.response as Answer;
      });
      // Without an `output` the SDK reads it from the response.
      return { ...passed, response } as Awaited<ReturnType<typeof next>>;
    },
    { name: "wire", step: "deserialize", priority: "low" },
  );
  return database;
}

/** DynamoDB's refusal of a request. */
export function errorAnswer(type: string, details: Record<string, unknown> = {}, statusCode = 400): Answer {
  const body = { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...details };
  return {
    statusCode,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
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
