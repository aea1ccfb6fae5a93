import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Database } from "./database.ts";

/** Counting must not slow down a call. A counter normally answers within a few milliseconds. */
const deadlineMs = 1_000;

/**
 * Adds calls to a subject's counter for a span of time.
 * @returns the sum so far. If the SDK retries, some calls may count twice
 */
export async function addCalls(
  { client, names }: Database,
  subject: string,
  { start, end }: { start: Date; end: Date },
  calls: number,
): Promise<number> {
  const add = new UpdateCommand({
    TableName: names.Counters,
    Key: { subject: `${subject}#${start.toISOString()}` },
    UpdateExpression: "ADD calls :calls SET expiresAt = :expiresAt",
    ExpressionAttributeValues: { ":calls": calls, ":expiresAt": end.getTime() / 1000 + 60 },
    ReturnValues: "UPDATED_NEW",
  });
  const { Attributes } = await client.send(add, { abortSignal: AbortSignal.timeout(deadlineMs) });
  return Number(Attributes?.["calls"]);
}
