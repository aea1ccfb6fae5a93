import { accountChanged, accountEventDeadLetters } from "./account-events.ts";
import { openapi, originAuthorizer, trpc } from "./api.ts";
import { postConfirmation, preSignUp } from "./auth.ts";
import { deadLetters, followUp } from "./follow-ups.ts";
import { gateway } from "./router.ts";
import { settings } from "./stage.ts";
import { web } from "./web.ts";

const stageName = `${$app.name}-${$app.stage}`;
const namespace = `Kumite/${$app.stage}`;

/** Where alarms go. */
export const alarmTopic = new aws.sns.Topic("Alarms", { name: `${stageName}-alarms` });
if (settings.alarmEmail) {
  new aws.sns.TopicSubscription("AlarmsByEmail", {
    topic: alarmTopic.arn,
    protocol: "email",
    endpoint: settings.alarmEmail,
  });
}

interface AlarmArgs
  extends Pick<aws.cloudwatch.MetricAlarmArgs, "dimensions" | "statistic" | "extendedStatistic"> {
  description: string;
  namespace: string;
  metric: string;
  /** The alarm goes off at this value or above. */
  from: number;
  /** Five-minute periods in a row; 1 by default. */
  periods?: number;
}

function alarm(name: string, { description, metric, from, periods = 1, ...args }: AlarmArgs): void {
  new aws.cloudwatch.MetricAlarm(name, {
    ...args,
    name: `${stageName}-${name}`,
    alarmDescription: `${stageName}: ${description}`,
    metricName: metric,
    comparisonOperator: "GreaterThanOrEqualToThreshold",
    threshold: from,
    period: 300,
    evaluationPeriods: periods,
    // No data means no requests.
    treatMissingData: "notBreaching",
    alarmActions: [alarmTopic.arn],
    okActions: [alarmTopic.arn],
  });
}

/** Errors, throttles and a p99 duration (in milliseconds) in three periods in a row. */
function watchFunction(name: string, functionName: $util.Input<string>, slow: number): void {
  const shared = { namespace: "AWS/Lambda", dimensions: { FunctionName: functionName } };
  alarm(`${name}Errors`, {
    ...shared,
    description: `${name} fails or times out`,
    metric: "Errors",
    statistic: "Sum",
    from: 1,
  });
  alarm(`${name}Throttles`, {
    ...shared,
    description: `${name} is throttled: its concurrency is used up`,
    metric: "Throttles",
    statistic: "Sum",
    from: 1,
  });
  alarm(`${name}Duration`, {
    ...shared,
    description: `the p99 duration of ${name} is ${slow} ms or more`,
    metric: "Duration",
    extendedStatistic: "p99",
    from: slow,
    periods: 3,
  });
}

/** Counts matching lines of the API's log in a metric; each of them has the fields in `dimensions`. */
function countLines(name: string, pattern: string, dimensions?: Record<string, string>): void {
  new aws.cloudwatch.LogMetricFilter(name, {
    logGroupName: trpc.nodes.function.loggingConfig.logGroup,
    pattern,
    metricTransformation: { name, namespace, value: "1", ...(dimensions && { dimensions }) },
  });
}

countLines("Bookings", `{ $.procedure = "availability.book" }`, { outcome: "$.outcome" });
countLines("BookingRefusals", `{ $.procedure = "availability.book" && $.reason = "*" }`, {
  reason: "$.reason",
});
countLines("TooManyRequests", `{ $.outcome = "TOO_MANY_REQUESTS" }`, { procedure: "$.procedure" });
countLines("Defects", `{ $.outcome = "INTERNAL_SERVER_ERROR" }`);

// Under `sst dev` the developer's code runs, and fails while it is being written.
if (!$dev) {
  watchFunction("Trpc", trpc.name, 3_000);
  watchFunction("PostConfirmation", postConfirmation.name, 3_000);
  if (preSignUp) watchFunction("PreSignUp", preSignUp.name, 3_000);
  watchFunction("OriginAuthorizer", originAuthorizer.name, 1_000);
  watchFunction("OpenApi", openapi.name, 3_000);
  watchFunction("FollowUp", followUp.name, 45_000);

  alarm("FollowUpLag", {
    description: "follow-ups of commits are a minute or more behind: names may be old",
    namespace: "AWS/Lambda",
    metric: "IteratorAge",
    dimensions: { FunctionName: followUp.name },
    statistic: "Maximum",
    from: 60_000,
  });
  alarm("FollowUpDeadLetters", {
    description: "a follow-up failed in every attempt and is in the dead-letter queue",
    namespace: "AWS/SQS",
    metric: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: deadLetters.name },
    statistic: "Maximum",
    from: 1,
  });
  watchFunction("AccountChanged", accountChanged.name, 5_000);

  alarm("AccountEventDeadLetters", {
    description: "a change of an account failed in every attempt and is in the dead-letter queue",
    namespace: "AWS/SQS",
    metric: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: accountEventDeadLetters.name },
    statistic: "Maximum",
    from: 1,
  });

  alarm("Defects", {
    description: "a procedure failed because of a defect",
    namespace,
    metric: "Defects",
    statistic: "Sum",
    from: 1,
  });
  alarm("ApiFailures", {
    description: "the API answers 5xx",
    namespace: "AWS/ApiGateway",
    metric: "5xx",
    dimensions: { ApiId: gateway.nodes.api.id },
    statistic: "Sum",
    from: 5,
  });

  const server = web.nodes.server;
  if (server) {
    const functionName = server.apply((fn) => fn.name);
    watchFunction("Web", functionName, 5_000);
    alarm("WebFailures", {
      description: "pages answer 5xx",
      namespace: "AWS/Lambda",
      metric: "Url5xxCount",
      dimensions: { FunctionName: functionName },
      statistic: "Sum",
      from: 5,
    });
  }
}
