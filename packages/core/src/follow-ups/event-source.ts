import type { TableName } from "../database/tables.ts";

/**
 * How Lambda reads the tables' streams for the function that follows them up: plain data, which the infrastructure and the
 * embedded stack both read. What fails in every attempt goes to a dead-letter queue, and the stream goes on behind it.
 */
export const eventSource = {
  tables: ["Users", "Availabilities", "Meetings"],
  /** Records of one call, at most. */
  batchSize: 100,
  /** Batches of one shard at a time; the records of one item stay in order. */
  parallelizationFactor: 4,
  maximumRetryAttempts: 10,
  maximumRecordAgeSeconds: 6 * 3_600,
  /** What one call may take. One that is cut off is repeated, and goes on where it was. */
  timeoutSeconds: 60,
} as const satisfies { tables: readonly TableName[] } & Record<string, unknown>;
