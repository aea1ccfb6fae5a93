import { eventSource } from "../packages/core/src/follow-ups/event-source.ts";
import { auth, userPool } from "./auth.ts";
import { lambda } from "./functions.ts";
import { allow, tables } from "./tables.ts";

const followed = eventSource.tables.map((name) => ({ name, streamArn: tables[name].nodes.table.streamArn }));

/** What failed in every attempt, for the two weeks that SQS keeps it; docs/deploying.md says what to do with it. */
export const deadLetters = new aws.sqs.Queue("FollowUpDeadLetters", {
  name: `${$app.name}-${$app.stage}-follow-up-dead-letters`,
  messageRetentionSeconds: 14 * 24 * 3_600,
  sqsManagedSseEnabled: true,
});

/** Does what follows a commit. Lambda reads the streams, and sends what failed, by this function's rights. */
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
    // The sign-in of an account that was deleted.
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
    // The oldest record that is kept: between a table and its mapping nothing is missed.
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
