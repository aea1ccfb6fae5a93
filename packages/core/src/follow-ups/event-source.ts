import type { TableName } from "../database/tables.ts";

/**
 * How Lambda reads the tables' streams for the follow-up function, as plain data for both the infrastructure and the
 * embedded stack. A record that fails in every attempt goes to a dead-letter queue, and the stream continues after it.
 */
export const eventSource = {
  tables: ["Users", "Availabilities", "Meetings"],
  /** The largest number of records in one call. */
  batchSize: 100,
  /** How many batches of one shard run at once. The records of one item stay in order. */
  parallelizationFactor: 4,
  maximumRetryAttempts: 10,
  maximumRecordAgeSeconds: 6 * 3_600,
  /** The longest time of one call. A call that times out is repeated, and continues where it stopped. */
  timeoutSeconds: 60,
} as const satisfies { tables: readonly TableName[] } & Record<string, unknown>;
