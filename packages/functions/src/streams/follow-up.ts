import { systemActor } from "@kumite/core/context";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { log } from "../log.ts";

/**
 * Runs the follow-ups of a batch of stream records. Records may be duplicate, late and unordered.
 * @returns the failed records, which Lambda retries
 * @throws if loading or the whole batch fails: then Lambda retries the whole batch
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const { followUp, readChange, database, signIns } = await work();
  const failed = new Map<string, unknown>();
  const readable: { record: DynamoDBRecord; change: ReturnType<typeof readChange> }[] = [];
  for (const record of event.Records) {
    try {
      readable.push({ record, change: readChange(database, record) });
    } catch (error) {
      failed.set(idOf(record), error);
    }
  }
  const failures = await followUp(
    { now: new Date(), database, actor: systemActor("follow-up"), signIns },
    readable.map(({ change }) => change),
  );
  for (const { index, error } of failures) {
    const record = readable[index]?.record;
    if (record) failed.set(idOf(record), error);
  }
  for (const [sequenceNumber, error] of failed) log("error", "follow-up", { sequenceNumber, error });
  return { batchItemFailures: [...failed.keys()].map((itemIdentifier) => ({ itemIdentifier })) };
}

function idOf({ dynamodb }: DynamoDBRecord): string {
  return dynamodb?.SequenceNumber ?? "";
}

let loaded: ReturnType<typeof load> | undefined;

/** Loads the code with the first event, because most of the bundle is the AWS SDK. */
function work(): ReturnType<typeof load> {
  loaded ??= load();
  return loaded;
}

async function load() {
  const { Resource } = await import("sst");
  const { createDatabase, createSignIns, followUp, readChange } = await import("./work.ts");
  return {
    followUp,
    readChange,
    database: createDatabase(),
    signIns: createSignIns(Resource.Auth.userPoolId),
  };
}
