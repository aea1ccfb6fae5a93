import { eventSource } from "../packages/core/src/follow-ups/event-source.ts";
import { auth, userPool } from "./auth.ts";
import { lambda } from "./functions.ts";
import { allow, tables } from "./tables.ts";

const followed = eventSource.tables.map((name) => ({ name, streamArn: tables[name].nodes.table.streamArn }));

/** Records that failed in every attempt. SQS keeps them for two weeks; docs/deploying.md says what to do with them. */
export const deadLetters = new aws.sqs.Queue("FollowUpDeadLetters", {
  name: `${$app.name}-${$app.stage}-follow-up-dead-letters`,
  messageRetentionSeconds: 14 * 24 * 3_600,
  sqsManagedSseEnabled: true,
});

/**
 * Does what follows a commit. Lambda uses this function's permissions to read the streams and to send failed records to
 * the queue.
 */
export const followUp = lambda("FollowUp", {
  handler: "packages/functions/src/streams/follow-up.handler",
  link: [...Object.values(tables), auth],
  memory: "512 MB",
  timeout: `${eventSource.timeoutSeconds} seconds`,
  permissions: [
    allow("Users", ["BatchGetItem", "GetItem", "UpdateItem"]),
    allow("Availabilities", ["BatchGetItem", "DeleteItem", "GetItem", "UpdateItem"]),
    allow("Openings", ["DeleteItem", "PutItem"]),
    allow("Meetings", ["BatchGetItem", "DeleteItem", "GetItem", "UpdateItem"]),
    allow("Calendar", ["DeleteItem", "PutItem", "Query", "UpdateItem"]),
    // Deletes the sign-in of a deleted account.
    { actions: ["cognito-idp:AdminDeleteUser"], resources: [userPool.arn] },
    {
      actions: ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map(
        (operation) => `dynamodb:${operation}`,
      ),
      resources: followed.map(({ streamArn }) => streamArn),
    },
    { actions: ["sqs:SendMessage"], resources: [deadLetters.arn] },
  ],
});

for (const { name, streamArn } of followed) {
  new aws.lambda.EventSourceMapping(`FollowUpOf${name}`, {
    eventSourceArn: streamArn,
    functionName: followUp.arn,
    // From the oldest record, so that none written before the mapping existed is missed.
    startingPosition: "TRIM_HORIZON",
    batchSize: eventSource.batchSize,
    parallelizationFactor: eventSource.parallelizationFactor,
    maximumRetryAttempts: eventSource.maximumRetryAttempts,
    maximumRecordAgeInSeconds: eventSource.maximumRecordAgeSeconds,
    bisectBatchOnFunctionError: true,
    functionResponseTypes: ["ReportBatchItemFailures"],
    destinationConfig: { onFailure: { destinationArn: deadLetters.arn } },
  });
}
