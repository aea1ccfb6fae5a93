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

/** The largest number of items in one DynamoDB transaction. */
export const largestTransaction = 100;

/**
 * A transaction that changed nothing because the data was not as expected or because another transaction was in
 * progress; or one with an unknown outcome. The caller reads again before it decides what to do.
 */
export class ConflictError extends Error {
  override readonly name = "ConflictError";
  /** The items whose condition failed, as they were then; undefined for an item that did not exist. */
  readonly failed: ReadonlyMap<string, Record<string, unknown> | undefined>;
  /** Whether the changes may have been made anyway, because an answer was lost. */
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
 * Writes all `items` or none. If an answer may have been lost, it sends the same transaction again. Its token lets
 * DynamoDB recognize a transaction that is already done, and report success.
 * @param items by label; undefined ones are left out
 * @throws ConflictError if a condition failed, another transaction had locked an item, or no answer came
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
    // A malformed or oversized item is a defect that no retry repairs.
    if (reason.Code === "ValidationError" || reason.Code === "ItemCollectionSizeLimitExceeded") return error;
    if (reason.Code !== "ConditionalCheckFailed") continue;
    failed.set(items[index]?.[0] ?? "", reason.Item && unmarshall(reason.Item));
  }
  // A failed condition proves that an earlier attempt was not committed: DynamoDB skips the conditions of a done
  // transaction.
  return new ConflictError(failed, { outcomeUnknown: isRepeated && failed.size === 0 });
}

/**
 * Makes one conditional write and returns its result; undefined if its condition fails. Waits for a transaction that
 * has locked the item, which the SDK alone does not.
 * @throws Unavailable if the conflict lasts longer than all attempts
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

/**
 * Milliseconds from its beginning after which a call without an answer is not repeated. The API's functions stop after
 * 15 s. A mutation that begins late in a batch (up to 7 s, budget.ts) may be stopped while it is repeated: then its
 * outcome stays unknown to the caller, for whom retrying is safe.
 */
const settlingMs = 8_000;

/**
 * Runs `attempt`, and repeats it after a short random wait while it fails with a conflict. Each run must read again
 * what its transaction depends on. After a transaction without an answer it runs once more, to find out whether the
 * changes were made.
 * @param attempt gets `outcomeUnknown`: whether an earlier run may have made its changes, which it must then not
 *   mistake for those of another caller
 * @throws Unavailable if the conflict lasts longer than all attempts
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
