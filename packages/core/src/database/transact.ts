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

export type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** How many items DynamoDB writes in one transaction. */
export const largestTransaction = 100;

/**
 * A transaction that changed nothing because the data was not what it expected, or because another one was under
 * way. What to make of it is decided on a fresh read.
 */
export class Contention extends Error {
  override readonly name = "Contention";
  /** The items whose condition failed, as they stood then: an item that was not there is undefined. */
  readonly failed: ReadonlyMap<string, Record<string, unknown> | undefined>;

  constructor(failed: ReadonlyMap<string, Record<string, unknown> | undefined>) {
    super(`Contention on ${[...failed.keys()].join(", ") || "another transaction"}`);
    this.failed = failed;
  }
}

/**
 * Writes all `items` or none.
 * @param items by label; an undefined one is left out
 * @throws Contention where a condition failed or another transaction held an item
 */
export async function transact(
  database: Database,
  items: Record<string, TransactItem | undefined>,
): Promise<void> {
  const present = Object.entries(items).filter((entry) => entry[1] !== undefined) as [string, TransactItem][];
  try {
    await database.client.send(new TransactWriteCommand({ TransactItems: present.map(([, item]) => item) }));
  } catch (error) {
    if (error instanceof TransactionCanceledException) throw contentionOf(error, present);
    throw error;
  }
}

function contentionOf(
  error: TransactionCanceledException,
  items: [string, TransactItem][],
): Contention | TransactionCanceledException {
  const failed = new Map<string, Record<string, unknown> | undefined>();
  for (const [index, reason] of (error.CancellationReasons ?? []).entries()) {
    // A malformed or oversized item is a defect: no retry mends it.
    if (reason.Code === "ValidationError" || reason.Code === "ItemCollectionSizeLimitExceeded") return error;
    if (reason.Code !== "ConditionalCheckFailed") continue;
    failed.set(items[index]?.[0] ?? "", reason.Item && unmarshall(reason.Item));
  }
  return new Contention(failed);
}

/**
 * Makes a single conditional write; undefined where its condition does not hold. It waits for a transaction that holds
 * the item, which the SDK by itself does not.
 * @throws Unavailable when that outlasts every attempt
 */
export function ifStill<Result>(write: () => Promise<Result>): Promise<Result | undefined> {
  return withFreshReads(async () => {
    try {
      return await write();
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      if (error instanceof TransactionConflictException) throw new Contention(new Map());
      throw error;
    }
  });
}

/**
 * Runs `attempt`, and runs it again after a short random wait as long as it meets contention. Each run must read
 * afresh what its transaction rests on.
 * @throws Unavailable when contention outlasts every attempt
 */
export async function withFreshReads<Result>(attempt: () => Promise<Result>): Promise<Result> {
  try {
    return await pRetry(attempt, {
      retries: 20,
      minTimeout: 5,
      maxTimeout: 250,
      factor: 1.6,
      randomize: true,
      shouldRetry: ({ error }) => error instanceof Contention,
    });
  } catch (error) {
    if (error instanceof Contention) throw new Unavailable("Too many changes at once", { cause: error });
    throw error;
  }
}
