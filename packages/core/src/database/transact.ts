import { randomUUID } from "node:crypto";
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import pRetry from "p-retry";
import { Unavailable } from "../errors.ts";
import type { Database } from "./database.ts";
import { isUnavailable } from "./unavailable.ts";

export type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** How many items DynamoDB writes in one transaction. */
export const largestTransaction = 100;

/**
 * A transaction that changed nothing because the data was not what it expected, or because another one was under
 * way; or one whose outcome is not known. What to make of it is decided on a fresh read.
 */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
  /** The items whose condition failed, as they stood then: an item that was not there is undefined. */
  readonly failed: ReadonlyMap<string, Record<string, unknown> | undefined>;
  /** Whether the changes may have been made all the same, because an answer was lost. */
  readonly outcomeUnknown: boolean;

  constructor(
    failed: ReadonlyMap<string, Record<string, unknown> | undefined> = new Map(),
    options: ErrorOptions & { outcomeUnknown?: boolean } = {},
  ) {
    super(`Conflict on ${[...failed.keys()].join(", ") || "another transaction"}`, options);
    this.failed = failed;
    this.outcomeUnknown = options.outcomeUnknown ?? false;
  }
}

/**
 * Writes all `items` or none. Where an answer may have been lost, the same transaction is sent again: by its token
 * DynamoDB knows it, and says of one that is made that it is made.
 * @param items by label; an undefined one is left out
 * @throws ConflictError where a condition failed, another transaction held an item, or no answer came
 */
export async function transact(
  database: Database,
  items: Record<string, TransactItem | undefined>,
): Promise<void> {
  const present = Object.entries(items).filter((entry) => entry[1] !== undefined) as [string, TransactItem][];
  const input = { TransactItems: present.map(([, item]) => item), ClientRequestToken: randomUUID() };
  let sent = 0;
  const send = async () => {
    try {
      await database.client.send(new TransactWriteCommand(input));
    } catch (error) {
      if (error instanceof TransactionCanceledException) {
        sent += error.$metadata.attempts ?? 1;
        throw conflictOf(error, present, sent > 1);
      }
      if (isUnavailable(error)) throw new ConflictError(new Map(), { outcomeUnknown: true, cause: error });
      throw error;
    }
  };
  await pRetry(send, {
    retries: 5,
    minTimeout: 10,
    randomize: true,
    shouldRetry: ({ error }) =>
      error instanceof ConflictError && error.outcomeUnknown && error.cause === undefined,
  });
}

function conflictOf(
  error: TransactionCanceledException,
  items: [string, TransactItem][],
  isRepeated: boolean,
): ConflictError | TransactionCanceledException {
  const failed = new Map<string, Record<string, unknown> | undefined>();
  for (const [index, reason] of (error.CancellationReasons ?? []).entries()) {
    // A malformed or oversized item is a defect: no retry mends it.
    if (reason.Code === "ValidationError" || reason.Code === "ItemCollectionSizeLimitExceeded") return error;
    if (reason.Code !== "ConditionalCheckFailed") continue;
    failed.set(items[index]?.[0] ?? "", reason.Item && unmarshall(reason.Item));
  }
  // A condition is looked at only where the transaction was not made before.
  return new ConflictError(failed, { outcomeUnknown: isRepeated && failed.size === 0 });
}

/**
 * Makes a single conditional write; undefined where its condition does not hold. It waits for a transaction that holds
 * the item, which the SDK by itself does not.
 * @throws Unavailable when that outlasts every attempt
 */
export function conditionalWrite<Result>(write: () => Promise<Result>): Promise<Result | undefined> {
  return retryOnConflict(async () => {
    try {
      return await write();
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      if (error instanceof TransactionConflictException) throw new ConflictError();
      throw error;
    }
  });
}

/** Milliseconds after which a call that got no answer is not tried once more: the function's own time is limited. */
const settlingMs = 4_000;

/**
 * Runs `attempt`, and runs it again after a short random wait as long as it meets a conflict. Each run must read
 * afresh what its transaction rests on. A transaction that got no answer is followed by one more run, which finds out
 * what became of it.
 * @param attempt is told whether an earlier run may have made its changes: then it must not take them for another's
 * @throws Unavailable when the conflict outlasts every attempt
 */
export async function retryOnConflict<Result>(
  attempt: (outcomeUnknown: boolean) => Promise<Result>,
): Promise<Result> {
  const began = performance.now();
  let unsettled = 0;
  try {
    return await pRetry(() => attempt(unsettled > 0), {
      retries: 20,
      minTimeout: 5,
      maxTimeout: 250,
      factor: 1.6,
      randomize: true,
      onFailedAttempt: ({ error }) => {
        if (error instanceof ConflictError && error.outcomeUnknown) unsettled += 1;
      },
      shouldRetry: ({ error }) =>
        error instanceof ConflictError &&
        (unsettled === 0 || (unsettled === 1 && performance.now() - began < settlingMs)),
    });
  } catch (error) {
    if (error instanceof ConflictError) {
      const message = error.cause === undefined ? "Too many changes at once" : "No answer came";
      throw new Unavailable(message, { cause: error });
    }
    throw error;
  }
}
