import { describe, expect, inject, test } from "vitest";
import { ofType, only } from "./declared.ts";
import type { Declared } from "./scenario.ts";

const { simple, personal, dev, production } = inject("stages");
const deployed = { simple, personal, production };
const each = Object.entries({ ...deployed, dev });
const eachDeployed = Object.entries(deployed);

describe("alarms", () => {
  const alarmsOf = (stage: Declared) => ofType(stage, "cloudwatch.MetricAlarm").map(({ name }) => name);
  const watched = (name: string) => [`${name}Errors`, `${name}Throttles`, `${name}Duration`];
  const common = [
    ...[
      "Trpc",
      "OpenApi",
      "PostConfirmation",
      "OriginAuthorizer",
      "FollowUp",
      "AccountChanged",
      "Web",
    ].flatMap(watched),
    "AccountEventDeadLetters",
    "ApiFailures",
    "Defects",
    "FollowUpDeadLetters",
    "FollowUpLag",
    "WebFailures",
  ];

  test("cover errors, throttles and slowness of every function, and 5xx of the API and of pages", () => {
    expect(alarmsOf(simple).sort()).toEqual([...common].sort());
    for (const stage of [personal, production]) {
      expect(alarmsOf(stage).sort()).toEqual([...common, ...watched("PreSignUp")].sort());
    }
  });

  test("dev: there are none", () => {
    expect(alarmsOf(dev)).toEqual([]);
  });

  test.each(eachDeployed)("%s: each notifies the topic when it starts and when it ends", (_, stage) => {
    const topic = [stage.outputs["alarmTopic"]];
    for (const { name, inputs } of ofType(stage, "cloudwatch.MetricAlarm")) {
      expect(inputs, name).toMatchObject({
        alarmActions: topic,
        okActions: topic,
        treatMissingData: "notBreaching",
      });
    }
    expect(only(stage, "cloudwatch.MetricAlarm", "TrpcErrors").inputs).toMatchObject({
      namespace: "AWS/Lambda",
      metricName: "Errors",
      statistic: "Sum",
      threshold: 1,
      dimensions: { FunctionName: expect.stringContaining("-TrpcFunction-") },
    });
    expect(only(stage, "cloudwatch.MetricAlarm", "TrpcDuration").inputs).toMatchObject({
      metricName: "Duration",
      extendedStatistic: "p99",
      evaluationPeriods: 3,
    });
  });

  test.each(each)("%s: every asynchronous function has a dead-letter queue with an alarm", (name, stage) => {
    const queue = only(stage, "sqs.Queue", "FollowUpDeadLetters").inputs;
    expect(queue).toMatchObject({ messageRetentionSeconds: 1_209_600, sqsManagedSseEnabled: true });
    const mappings = ofType(stage, "lambda.EventSourceMapping").map(({ inputs }) => inputs);
    const streams = mappings.map((mapping) =>
      String(mapping["eventSourceArn"]).replace(/^.*-(\w+)Table-\w+\/stream\/.*$/, "$1"),
    );
    expect(streams.sort()).toEqual(["Availabilities", "Meetings", "Users"]);
    for (const mapping of mappings) {
      expect(mapping).toMatchObject({
        functionName: expect.stringContaining("-FollowUpFunction-"),
        startingPosition: "TRIM_HORIZON",
        batchSize: 100,
        parallelizationFactor: 4,
        maximumRetryAttempts: 10,
        maximumRecordAgeInSeconds: 21_600,
        bisectBatchOnFunctionError: true,
        functionResponseTypes: ["ReportBatchItemFailures"],
        destinationConfig: { onFailure: { destinationArn: expect.stringMatching(/:FollowUpDeadLetters$/) } },
      });
    }
    if (name !== "dev") {
      expect(only(stage, "cloudwatch.MetricAlarm", "FollowUpDeadLetters").inputs).toMatchObject({
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        threshold: 1,
        dimensions: { QueueName: queue["name"] },
      });
    }
    const { destinationConfig, functionName } = only(stage, "lambda.FunctionEventInvokeConfig").inputs;
    expect(destinationConfig).toEqual({
      onFailure: { destination: expect.stringMatching(/:AccountEventDeadLetters$/) },
    });
    expect(only(stage, "cloudwatch.EventTarget").inputs["arn"]).toContain(functionName);
    if (name !== "dev") {
      expect(only(stage, "cloudwatch.MetricAlarm", "AccountEventDeadLetters").inputs).toMatchObject({
        metricName: "ApproximateNumberOfMessagesVisible",
        threshold: 1,
        dimensions: { QueueName: only(stage, "sqs.Queue", "AccountEventDeadLetters").inputs["name"] },
      });
    }
    // Any other asynchronous invocation would need its own queue and alarm.
    const asynchronous = /scheduler\/|s3\/bucketNotification/;
    expect(stage.resources.filter(({ type }) => asynchronous.test(type))).toEqual([]);
    const subscribers = ofType(stage, "sns.TopicSubscription").map(({ inputs }) => inputs["protocol"]);
    expect(subscribers.filter((protocol) => protocol !== "email")).toEqual([]);
  });

  test("are mailed to the configured address", () => {
    expect(ofType(simple, "sns.TopicSubscription")).toEqual([]);
    expect(only(production, "sns.TopicSubscription").inputs).toMatchObject({
      protocol: "email",
      endpoint: "ops@kumite.example",
    });
  });

  test.each(each)("%s: metrics count bookings by outcome and by reason, and defects", (_, stage) => {
    const filters = ofType(stage, "cloudwatch.LogMetricFilter").map(({ inputs }) => inputs);
    for (const { logGroupName } of filters) expect(logGroupName).toMatch(/-Trpc$/);
    const metrics = filters.map(({ pattern, metricTransformation }) => ({
      pattern,
      ...(metricTransformation as { name: string; dimensions?: Record<string, string> }),
    }));
    expect(
      Object.fromEntries(metrics.map(({ name, pattern, dimensions }) => [name, { pattern, dimensions }])),
    ).toEqual({
      Bookings: { pattern: '{ $.procedure = "availability.book" }', dimensions: { outcome: "$.outcome" } },
      BookingRefusals: {
        pattern: '{ $.procedure = "availability.book" && $.reason = "*" }',
        dimensions: { reason: "$.reason" },
      },
      TooManyRequests: {
        pattern: '{ $.outcome = "TOO_MANY_REQUESTS" }',
        dimensions: { procedure: "$.procedure" },
      },
      Defects: { pattern: '{ $.outcome = "INTERNAL_SERVER_ERROR" }', dimensions: undefined },
    });
  });
});
