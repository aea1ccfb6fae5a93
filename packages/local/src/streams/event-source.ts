/**
 * Behaves like Lambda's event source mapping for DynamoDB streams. It reads shards from the oldest record on, parents
 * before children. It delivers each shard's records to the function in batches, and continues when they are processed
 * or given up. It stores each shard's position, so a restart continues there and delivers batches that were under way
 * again.
 *
 * Unlike on AWS, a call that takes too long is left running, and dead letters go to a list instead of an SQS queue.
 */
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBRecord } from "aws-lambda";
import { credentials, region } from "../aws.ts";
import { openJsonFile } from "../json-file.ts";
import { type DeadLetter, type DeliveryOptions, deliver } from "./delivery.ts";
import { findStream, listShards, toEventRecord } from "./records.ts";

export interface EventSourceOptions
  extends Pick<
    DeliveryOptions,
    "invoke" | "maximumRetryAttempts" | "maximumRecordAgeSeconds" | "timeoutSeconds" | "firstRetryMs"
  > {
  /** Of DynamoDB Local. */
  readonly endpoint: string;
  /** The names of the tables whose streams are read. */
  readonly tables: readonly string[];
  readonly batchSize: number;
  /** How many batches of a shard are under way at once; records of one item stay in order. */
  readonly parallelizationFactor: number;
  /** The file that stores how far each shard has been read; in memory if left out. */
  readonly positionsFile?: string | undefined;
  /** The file that stores dead letters; in memory if left out. */
  readonly deadLettersFile?: string | undefined;
  readonly onOutput?: ((text: string) => void) | undefined;
}

export interface EventSource {
  /**
   * Resolves once every stream is read to its end and no batch is under way: everything that follows the commits is
   * done.
   */
  settled(): Promise<void>;
  /** The latest 1,000 records that failed in every attempt. */
  deadLetters(): readonly DeadLetter[];
  stop(): Promise<void>;
}

/** How far a shard has been read. */
interface Position {
  /** The last sequence number that is processed. */
  after?: string;
  /** Whether it is closed and read to its end. */
  isDone?: boolean;
}

/** A shard that is being read. */
interface Reader {
  /** The tick at which the latest empty read began. */
  emptySince: number;
}

/** A table whose stream is being read. */
interface Source {
  readonly readers: Map<string, Reader>;
  /**
   * The tick at which the latest listing of its shards began; each of them has had a reader since. 0 if there is none.
   */
  listedAt: number;
}

/** Milliseconds between two reads of a shard: as on AWS at first, and the longest while no record comes. */
const pollMs = { first: 250, longest: 1_000 };
const listShardsMs = 10_000;
const keptDeadLetters = 1_000;

export async function startEventSource(options: EventSourceOptions): Promise<EventSource> {
  const client = new DynamoDBStreamsClient({ endpoint: options.endpoint, region, credentials });
  const positions = await openJsonFile<Record<string, Record<string, Position>>>(
    options.positionsFile,
    () => ({}),
  );
  const letters = await openJsonFile<DeadLetter[]>(options.deadLettersFile, () => []);
  const stopping = new AbortController();
  const { signal } = stopping;
  const sources = options.tables.map((): Source => ({ readers: new Map(), listedAt: 0 }));

  // Ticks order reads, batches and calls of `settled`.
  let tick = 0;
  let lastBatch = 0;
  let wokenAt = 0;
  let waking = new AbortController();
  const changed = new EventTarget();
  const tell = () => changed.dispatchEvent(new Event("change"));

  /** Waits that long, or until all are woken or `end` is aborted. Returns at once if all were woken since `began`. */
  const pause = async (milliseconds: number, began: number, end: AbortSignal) => {
    if (wokenAt > began) return;
    await sleep(milliseconds, undefined, { signal: AbortSignal.any([end, waking.signal]) }).catch(() => {});
  };
  const wake = () => {
    wokenAt = ++tick;
    waking.abort();
    waking = new AbortController();
  };

  const delivery: DeliveryOptions = {
    ...options,
    signal,
    async discard(letter) {
      letters.value.push(letter);
      letters.value.splice(0, letters.value.length - keptDeadLetters);
      const { streamArn, startSequenceNumber } = letter.DDBStreamBatchInfo;
      options.onOutput?.(`Given up after every attempt: record ${startSequenceNumber} of ${streamArn}\n`);
      await letters.save();
    },
  };

  const positionsIn = (streamArn: string) => {
    positions.value[streamArn] ??= {};
    return positions.value[streamArn];
  };

  /** Returns when the shard is closed and read to its end. */
  const followShard = async (streamArn: string, shardId: string, reader: Reader, end: AbortSignal) => {
    const position: Position = positionsIn(streamArn)[shardId] ?? {};
    positionsIn(streamArn)[shardId] = position;
    const iteratorNow = async () => {
      const { ShardIterator } = await client.send(
        new GetShardIteratorCommand({
          StreamArn: streamArn,
          ShardId: shardId,
          ...(position.after === undefined
            ? { ShardIteratorType: "TRIM_HORIZON" as const }
            : { ShardIteratorType: "AFTER_SEQUENCE_NUMBER" as const, SequenceNumber: position.after }),
        }),
      );
      return ShardIterator;
    };
    let iterator = await iteratorNow();
    let wait = pollMs.first;
    while (iterator !== undefined) {
      end.throwIfAborted();
      const began = ++tick;
      try {
        const limit = Math.min(options.batchSize * options.parallelizationFactor, 1_000);
        const { Records = [], NextShardIterator } = await client.send(
          new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }),
        );
        iterator = NextShardIterator;
        if (Records.length > 0) {
          await deliverAll(
            shardId,
            Records.map((record) => toEventRecord(record, streamArn)),
          );
          lastBatch = ++tick;
          const after = Records.at(-1)?.dynamodb?.SequenceNumber;
          if (after !== undefined) position.after = after;
          await positions.save();
        } else {
          reader.emptySince = began;
          tell();
        }
        wait = Records.length > 0 ? pollMs.first : Math.min(wait * 1.5, pollMs.longest);
        if (iterator !== undefined && Records.length < limit) await pause(wait, began, end);
      } catch (error) {
        if (error instanceof TrimmedDataAccessException) delete position.after;
        else if (!(error instanceof ExpiredIteratorException)) throw error;
        iterator = await iteratorNow();
      }
    }
    position.isDone = true;
    await positions.save();
  };

  /**
   * Delivers up to `parallelizationFactor` batches at the same time. The records of one item stay in one batch, in
   * order.
   */
  const deliverAll = async (shardId: string, records: readonly DynamoDBRecord[]) => {
    const lanes: DynamoDBRecord[][] = Array.from({ length: options.parallelizationFactor }, () => []);
    for (const record of records) lanes[laneOf(record, lanes.length)]?.push(record);
    await Promise.all(
      lanes.map(async (lane) => {
        for (let at = 0; at < lane.length; at += options.batchSize) {
          await deliver(delivery, shardId, lane.slice(at, at + options.batchSize));
        }
      }),
    );
  };

  /** Returns when the table has a new stream. */
  const followStream = async (source: Source, table: string, streamArn: string) => {
    const failing = new AbortController();
    const end = AbortSignal.any([signal, failing.signal]);
    const running = new Set<Promise<void>>();
    try {
      for (;;) {
        end.throwIfAborted();
        const began = ++tick;
        if ((await findStream(client, table)) !== streamArn) return;
        const shards = await listShards(client, streamArn);
        const known = positionsIn(streamArn);
        const listed = new Set(shards.map(({ ShardId }) => ShardId));
        for (const shardId of Object.keys(known)) if (!listed.has(shardId)) delete known[shardId];
        for (const { ShardId = "", ParentShardId } of shards) {
          const isAfterParent =
            ParentShardId === undefined || !listed.has(ParentShardId) || known[ParentShardId]?.isDone;
          if (!isAfterParent || known[ShardId]?.isDone || source.readers.has(ShardId)) continue;
          const reader: Reader = { emptySince: 0 };
          source.readers.set(ShardId, reader);
          const reading: Promise<void> = followShard(streamArn, ShardId, reader, end)
            .catch((error: unknown) => failing.abort(error))
            .finally(() => {
              running.delete(reading);
              source.readers.delete(ShardId);
              // Its children can be read now.
              source.listedAt = 0;
              wake();
            });
          running.add(reading);
        }
        source.listedAt = began;
        tell();
        await pause(listShardsMs, began, end);
      }
    } finally {
      source.listedAt = 0;
      failing.abort(new Error("The stream is read no more"));
      await Promise.all(running);
    }
  };

  const followTable = async (table: string, source: Source) => {
    while (!signal.aborted) {
      try {
        const streamArn = await findStream(client, table);
        if (streamArn !== undefined) {
          const former = new RegExp(`:table/${table}/stream/`);
          for (const arn of Object.keys(positions.value)) {
            if (former.test(arn) && arn !== streamArn) delete positions.value[arn];
          }
          await followStream(source, table, streamArn);
        }
      } catch (error) {
        if (signal.aborted) return;
        // A table that was recreated has a new stream.
        if (!(error instanceof ResourceNotFoundException)) {
          options.onOutput?.(`The stream of ${table} cannot be read: ${error}. Retrying.\n`);
        }
      }
      await sleep(pollMs.longest, undefined, { signal }).catch(() => {});
    }
  };
  const following = options.tables.map((table, index) => followTable(table, sources[index] as Source));

  const isReadSince = (mark: number) =>
    sources.every(
      ({ listedAt, readers }) =>
        listedAt > mark && [...readers.values()].every(({ emptySince }) => emptySince > mark),
    );

  return {
    async settled() {
      for (;;) {
        wake();
        const mark = wokenAt;
        while (!isReadSince(mark)) {
          signal.throwIfAborted();
          await new Promise((resolve) => {
            changed.addEventListener("change", resolve, { once: true });
          });
        }
        // The next round reads what a batch has written.
        if (lastBatch < mark) return;
      }
    },
    deadLetters: () => letters.value,
    async stop() {
      stopping.abort(new Error("The streams are read no more"));
      tell();
      await Promise.all(following);
      await Promise.all([positions.save(), letters.save()]);
      client.destroy();
    },
  };
}

function laneOf({ dynamodb }: DynamoDBRecord, lanes: number): number {
  const digest = createHash("sha256")
    .update(JSON.stringify(dynamodb?.Keys ?? {}))
    .digest();
  return digest.readUInt32BE(0) % lanes;
}
