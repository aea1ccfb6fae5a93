import { auth, userPool } from "./auth.ts";
import { lambda } from "./functions.ts";
import { isProduction, settings } from "./stage.ts";
import { allow, tables } from "./tables.ts";

const stageName = `${$app.name}-${$app.stage}`;

/** Events that failed in every attempt. SQS keeps them for two weeks. */
export const accountEventDeadLetters = new aws.sqs.Queue("AccountEventDeadLetters", {
  name: `${stageName}-account-event-dead-letters`,
  messageRetentionSeconds: 14 * 24 * 3_600,
  sqsManagedSseEnabled: true,
});

/** Follows changes of the pool's users, whoever makes them: deletions and new e-mail addresses. */
export const accountChanged = lambda("AccountChanged", {
  handler: "packages/functions/src/account-changed.handler",
  link: [...Object.values(tables), auth],
  memory: "512 MB",
  timeout: "15 seconds",
  permissions: [
    allow("Users", ["GetItem", "UpdateItem"]),
    { actions: ["cognito-idp:AdminGetUser"], resources: [userPool.arn] },
    { actions: ["sqs:SendMessage"], resources: [accountEventDeadLetters.arn] },
  ],
});

new aws.lambda.FunctionEventInvokeConfig("AccountChangedInvocation", {
  functionName: accountChanged.name,
  maximumRetryAttempts: 2,
  maximumEventAgeInSeconds: 6 * 3_600,
  destinationConfig: { onFailure: { destination: accountEventDeadLetters.arn } },
});

/** CloudTrail reports these calls with the user's `sub`. Only administrators' calls name the pool. */
const rule = new aws.cloudwatch.EventRule("AccountEvents", {
  name: `${stageName}-account-events`,
  description: "A user of the pool was deleted, or their e-mail address was changed",
  eventPattern: $jsonStringify({
    source: ["aws.cognito-idp"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["cognito-idp.amazonaws.com"],
      eventName: ["DeleteUser", "AdminDeleteUser", "VerifyUserAttribute", "AdminUpdateUserAttributes"],
      errorCode: [{ exists: false }],
      requestParameters: { userPoolId: [userPool.id, { exists: false }] },
    },
  }),
});

new aws.cloudwatch.EventTarget("AccountEventsTarget", { rule: rule.name, arn: accountChanged.arn });

new aws.lambda.Permission("AccountEventsPermission", {
  action: "lambda:InvokeFunction",
  function: accountChanged.name,
  principal: "events.amazonaws.com",
  sourceArn: rule.arn,
});

// EventBridge gets calls only if a trail records them. An account that already has a trail needs no second one.
if (settings.accountTrail ?? isProduction($app.stage)) declareTrail();

function declareTrail(): void {
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  const { accountId } = aws.getCallerIdentityOutput();
  const name = `${stageName}-account-events`;
  const trailArn = $interpolate`arn:${partition}:cloudtrail:${region}:${accountId}:trail/${name}`;
  const bucket = new aws.s3.Bucket("AccountTrailBucket", { forceDestroy: true });
  const closed = new aws.s3.BucketPublicAccessBlock("AccountTrailBucketAccess", {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  });
  new aws.s3.BucketLifecycleConfiguration("AccountTrailBucketLifecycle", {
    bucket: bucket.id,
    rules: [{ id: "month", status: "Enabled", filter: {}, expiration: { days: 30 } }],
  });
  const byTrail = { principals: [{ type: "Service", identifiers: ["cloudtrail.amazonaws.com"] }] };
  const ofTrail = { test: "StringEquals", variable: "aws:SourceArn", values: [trailArn] };
  const policy = new aws.s3.BucketPolicy(
    "AccountTrailBucketPolicy",
    {
      bucket: bucket.id,
      policy: aws.iam.getPolicyDocumentOutput({
        statements: [
          { ...byTrail, actions: ["s3:GetBucketAcl"], resources: [bucket.arn], conditions: [ofTrail] },
          {
            ...byTrail,
            actions: ["s3:PutObject"],
            resources: [$interpolate`${bucket.arn}/AWSLogs/${accountId}/*`],
            conditions: [
              ofTrail,
              { test: "StringEquals", variable: "s3:x-amz-acl", values: ["bucket-owner-full-control"] },
            ],
          },
        ],
      }).json,
    },
    { dependsOn: [closed] },
  );
  new aws.cloudtrail.Trail(
    "AccountTrail",
    {
      name,
      s3BucketName: bucket.id,
      includeGlobalServiceEvents: false,
      enableLogFileValidation: true,
      eventSelectors: [{ readWriteType: "WriteOnly", includeManagementEvents: true }],
    },
    { dependsOn: [policy] },
  );
}
