import { setTimeout as sleep } from "node:timers/promises";
import type { DynamoDBRecord } from "aws-lambda";
import { FunctionsAway } from "../lambda/host.ts";

/** What goes to the dead-letter queue, as from Lambda: the position of the failed record, not its content. */
export interface DeadLetter {
  readonly requestContext: {
    readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
    readonly approximateInvokeCount: number;
  };
  readonly version: "1.0";
  readonly timestamp: string;
  readonly DDBStreamBatchInfo: {
    readonly shardId: string;
    readonly startSequenceNumber: string;
    readonly endSequenceNumber: string;
    readonly batchSize: number;
    readonly streamArn: string;
  };
}

export interface DeliveryOptions {
  /** Calls the function with some records; rejects if it fails. */
  readonly invoke: (event: { Records: readonly DynamoDBRecord[] }) => Promise<unknown>;
  /** How often a failed record is retried. */
  readonly maximumRetryAttempts: number;
  /** Records older than this are not tried. */
  readonly maximumRecordAgeSeconds: number;
  /** A call that takes longer counts as failed. */
  readonly timeoutSeconds: number;
  /** Receives the records that failed in every attempt. */
  readonly discard: (letter: DeadLetter) => Promise<void>;
  /** Milliseconds before the first retry. Each further one waits twice as long, 5 s at most. */
  readonly firstRetryMs?: number | undefined;
  readonly signal: AbortSignal;
}

/** Bytes of an event: Lambda takes 6 MB. */
const largestEvent = 6 * 1024 * 1024 - 1_024;
const longestRetryMs = 5_000;
const awayMs = 200;

/**
 * Delivers a batch until the function has processed it or its attempts are used up, as Lambda does with
 * `ReportBatchItemFailures` and `BisectBatchOnFunctionError`. It continues at the first record that the function names.
 * A batch that fails as a whole, or at its first record, is halved until a single record is left; only attempts with
 * that one count.
 * @throws if `signal` is aborted meanwhile
 */
export async function deliver(
  options: DeliveryOptions,
  shardId: string,
  batch: readonly DynamoDBRecord[],
  attempts = 0,
): Promise<void> {
  options.signal.throwIfAborted();
  const [first] = batch;
  if (!first) return;
  const isTooLong = batch.length > 1 && Buffer.byteLength(JSON.stringify(batch)) > largestEvent;
  if (!isTooLong) {
    if (ageInSeconds(first) > options.maximumRecordAgeSeconds) {
      await options.discard(deadLetter("RecordAgeExceeded", shardId, first, attempts));
      return deliver(options, shardId, batch.slice(1));
    }
    const failedAt = await call(options, batch);
    if (failedAt === undefined) return;
    if (failedAt > 0) return deliver(options, shardId, batch.slice(failedAt));
  }
  if (batch.length > 1) {
    const middle = Math.ceil(batch.length / 2);
    await deliver(options, shardId, batch.slice(0, middle));
    return deliver(options, shardId, batch.slice(middle));
  }
  if (attempts >= options.maximumRetryAttempts) {
    return options.discard(deadLetter("RetryAttemptsExhausted", shardId, first, attempts + 1));
  }
  const wait = Math.min((options.firstRetryMs ?? 100) * 2 ** attempts, longestRetryMs);
  await sleep(wait, undefined, { signal: options.signal });
  return deliver(options, shardId, batch, attempts + 1);
}

/** @returns the index of the first record that failed; undefined if none did */
async function call(options: DeliveryOptions, batch: readonly DynamoDBRecord[]): Promise<number | undefined> {
  const { signal } = options;
  for (;;) {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutSeconds * 1_000)]);
    try {
      return firstFailure(await before(timeout, options.invoke({ Records: batch })), batch);
    } catch (error) {
      signal.throwIfAborted();
      // As with Lambda's throttled calls, this does not count as an attempt.
      if (!(error instanceof FunctionsAway)) return 0;
      await sleep(awayMs, undefined, { signal });
    }
  }
}

function before<Result>(end: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(end.reason);
    end.addEventListener("abort", onEnd, { once: true });
    work.then(resolve, reject).finally(() => end.removeEventListener("abort", onEnd));
  });
}

/**
 * Returns the index of the first failed record, by Lambda's rules: an identifier that is not in the batch fails the
 * whole batch.
 */
export function firstFailure(answer: unknown, batch: readonly DynamoDBRecord[]): number | undefined {
  const { batchItemFailures } = (answer ?? {}) as { batchItemFailures?: unknown };
  if (!batchItemFailures) return undefined;
  if (!Array.isArray(batchItemFailures)) return 0;
  const places = batchItemFailures.map((failure: { itemIdentifier?: unknown } | null) =>
    batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === failure?.itemIdentifier),
  );
  return places.length === 0 ? undefined : Math.max(0, Math.min(...places));
}

function ageInSeconds({ dynamodb }: DynamoDBRecord): number {
  return Date.now() / 1_000 - (dynamodb?.ApproximateCreationDateTime ?? 0);
}

function deadLetter(
  condition: DeadLetter["requestContext"]["condition"],
  shardId: string,
  { dynamodb, eventSourceARN: streamArn = "" }: DynamoDBRecord,
  approximateInvokeCount: number,
): DeadLetter {
  const sequenceNumber = dynamodb?.SequenceNumber ?? "";
  return {
    requestContext: { condition, approximateInvokeCount },
    version: "1.0",
    timestamp: new Date().toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: sequenceNumber,
      endSequenceNumber: sequenceNumber,
      batchSize: 1,
      streamArn,
    },
  };
}
