import { existsSync, readFileSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { bundle } from "../../infra/bundle.ts";
import { defaultLimits } from "../../packages/api/src/limits/limits.ts";
import { ofType, only } from "./declared.ts";
import type { Declared } from "./scenario.ts";

const { simple, personal, dev, production } = inject("stages");
const { withoutSecrets, withoutOneSecret, withBadLimits, withBadSwitch, withFirewall, withTrail } =
  inject("stages");
const deployed = { simple, personal, production };
const every = { ...deployed, dev };

const each = Object.entries(every);
const eachDeployed = Object.entries(deployed);

test.each(each)("%s can be executed", (_, { error }) => {
  expect(error).toBeUndefined();
});

test.each(each)("%s: what it puts out is what the embedded stack does", (_, { outputs }) => {
  expect(outputs).toMatchObject({
    web: expect.stringMatching(/^https?:/),
    api: expect.stringMatching(/^https:.*\/api\/trpc$/),
    region: "us-east-1",
    userPoolId: expect.any(String),
    userPoolClientId: expect.any(String),
    tables: {
      users: expect.stringContaining("UsersTable"),
      availabilities: expect.stringContaining("AvailabilitiesTable"),
      meetings: expect.stringContaining("MeetingsTable"),
    },
  });
});

describe("what holds data", () => {
  const kept = ["dynamodb.Table", "cognito.UserPool"];

  test("production keeps and protects it", () => {
    expect(production.app).toMatchObject({ removal: "retain", protect: true });
    for (const type of kept) {
      for (const resource of ofType(production, type)) {
        expect(resource, resource.name).toMatchObject({ protect: true, retainOnDelete: true });
      }
    }
    for (const { inputs } of ofType(production, "dynamodb.Table")) {
      expect(inputs).toMatchObject({
        deletionProtectionEnabled: true,
        pointInTimeRecovery: { enabled: true },
      });
    }
    expect(only(production, "cognito.UserPool").inputs["deletionProtection"]).toBe("ACTIVE");
  });

  test.each(Object.entries({ simple, personal, dev }))("%s is removed whole", (_, stage) => {
    expect(stage.app).toMatchObject({ removal: "remove", protect: false });
    expect(stage.resources.filter(({ protect, retainOnDelete }) => protect || retainOnDelete)).toEqual([]);
    for (const { inputs } of ofType(stage, "dynamodb.Table")) {
      expect(inputs).toMatchObject({
        deletionProtectionEnabled: false,
        pointInTimeRecovery: { enabled: false },
      });
    }
    expect(only(stage, "cognito.UserPool").inputs["deletionProtection"]).toBe("INACTIVE");
  });
});

describe("third parties", () => {
  const theirs = /identityProvider|userPoolDomain|sst:sst:Secret/i;

  test("simple has none, and no secret", () => {
    expect(simple.resources.filter(({ type }) => theirs.test(type))).toEqual([]);
    expect(simple.outputs).not.toHaveProperty("googleRedirectUri");
  });

  test.each(Object.entries({ personal, dev, production }))("%s has Google", (_, stage) => {
    expect(only(stage, "cognito.IdentityProvider").inputs).toMatchObject({
      providerName: "Google",
      providerType: "Google",
      providerDetails: { client_id: "google-id", client_secret: "google-secret" },
      attributeMapping: { username: "sub", email: "email", email_verified: "email_verified", name: "name" },
    });
    const { domain } = only(stage, "cognito.UserPoolDomain").inputs;
    expect(stage.outputs["googleRedirectUri"]).toBe(
      `https://${domain}.auth.us-east-1.amazoncognito.com/oauth2/idpresponse`,
    );
  });

  test("a missing secret is named with the command that sets it, and nothing is made", () => {
    expect(withoutSecrets.error).toContain("npx sst secret set GoogleClientId <value> --stage ada");
    expect(withoutSecrets.error).toContain("npx sst secret set GoogleClientSecret <value> --stage ada");
    expect(withoutOneSecret.error).toContain(
      "npx sst secret set GoogleClientSecret <value> --stage production",
    );
    expect(withoutOneSecret.error).not.toContain("GoogleClientId");
    for (const { resources } of [withoutSecrets, withoutOneSecret]) {
      expect(resources.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
    }
  });
});

describe("the user pool", () => {
  test.each(each)("%s: has a group for admins", (_, stage) => {
    expect(only(stage, "cognito.UserGroup").inputs).toMatchObject({
      name: "admins",
      userPoolId: expect.stringMatching(/UserPool/),
    });
  });

  test.each(each)("%s: members sign in by e-mail, with Cognito's default password policy", (_, stage) => {
    expect(only(stage, "cognito.UserPool").inputs).toMatchObject({
      usernameAttributes: ["email"],
      autoVerifiedAttributes: ["email"],
      accountRecoverySetting: { recoveryMechanisms: [{ name: "verified_email", priority: 1 }] },
      passwordPolicy: {
        minimumLength: 8,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
      },
    });
  });

  test.each(each)(
    "%s: a new e-mail address counts once it is verified, and members write no more than it and a name",
    (_, stage) => {
      expect(only(stage, "cognito.UserPool").inputs).toMatchObject({
        userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdates: ["email"] },
      });
      expect(only(stage, "cognito.UserPoolClient").inputs).toMatchObject({
        writeAttributes: ["email", "name"],
        readAttributes: ["email", "email_verified", "name"],
      });
    },
  );

  test.each(each)(
    "%s: deletions and new addresses of its users reach the function that follows them",
    (_, stage) => {
      const { name, eventPattern } = only(stage, "cloudwatch.EventRule").inputs;
      expect(JSON.parse(String(eventPattern))).toEqual({
        source: ["aws.cognito-idp"],
        "detail-type": ["AWS API Call via CloudTrail"],
        detail: {
          eventSource: ["cognito-idp.amazonaws.com"],
          eventName: ["DeleteUser", "AdminDeleteUser", "VerifyUserAttribute", "AdminUpdateUserAttributes"],
          errorCode: [{ exists: false }],
          requestParameters: { userPoolId: [expect.any(String), { exists: false }] },
        },
      });
      expect(only(stage, "cloudwatch.EventTarget").inputs).toMatchObject({
        rule: name,
        arn: expect.stringContaining("AccountChangedFunction"),
      });
    },
  );

  test("production has a trail of its own by which it hears of them, the others where an operator wants it", () => {
    expect(only(production, "cloudtrail.Trail").inputs).toMatchObject({
      eventSelectors: [{ readWriteType: "WriteOnly", includeManagementEvents: true }],
    });
    expect(only(production, "s3.BucketPublicAccessBlock", "AccountTrailBucketAccess").inputs).toMatchObject({
      blockPublicAcls: true,
      restrictPublicBuckets: true,
    });
    for (const stage of [simple, personal, dev]) expect(ofType(stage, "cloudtrail.Trail")).toEqual([]);
    expect(ofType(withTrail, "cloudtrail.Trail")).toHaveLength(1);
  });

  test.each(each)("%s: its triggers are our functions, and it may call them", (name, stage) => {
    const triggers = name === "simple" ? ["PostConfirmation"] : ["PostConfirmation", "PreSignUp"];
    const { lambdaConfig } = only(stage, "cognito.UserPool").inputs;
    expect(lambdaConfig).toEqual(
      Object.fromEntries(
        triggers.map((trigger) => [
          trigger.charAt(0).toLowerCase() + trigger.slice(1),
          expect.stringContaining(`-${trigger}Function-`),
        ]),
      ),
    );
    const permissions = ofType(stage, "lambda.Permission").filter(({ parent }) => parent === "UserPool");
    expect(permissions.map(({ inputs }) => inputs["function"]).sort()).toEqual(
      Object.values(lambdaConfig as Record<string, string>).sort(),
    );
    for (const { inputs } of permissions) {
      expect(inputs).toMatchObject({
        principal: "cognito-idp.amazonaws.com",
        sourceArn: expect.stringMatching(/:UserPoolUserPool$/),
      });
    }
  });

  test.each(each)(
    "%s: its client speaks SRP, tells nobody who is a member, and has no secret",
    (_, stage) => {
      expect(only(stage, "cognito.UserPoolClient").inputs).toMatchObject({
        explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        preventUserExistenceErrors: "ENABLED",
        enableTokenRevocation: true,
        generateSecret: false,
        accessTokenValidity: 1,
        tokenValidityUnits: { accessToken: "hours" },
      });
    },
  );

  test("simple: the client redirects nowhere", () => {
    const { inputs } = only(simple, "cognito.UserPoolClient");
    expect(inputs).toMatchObject({
      supportedIdentityProviders: ["COGNITO"],
      allowedOauthFlowsUserPoolClient: false,
    });
    for (const key of ["allowedOauthFlows", "allowedOauthScopes", "callbackUrls", "logoutUrls"]) {
      expect(inputs).not.toHaveProperty(key);
    }
  });

  test.each([
    ["personal", personal, ["https://stage.cloudfront.net"]],
    ["production", production, ["https://kumite.example"]],
    ["dev", dev, ["https://stage.cloudfront.net", "http://localhost:3000"]],
  ] as const)("%s: the client redirects by code to the stage's own origin", (_, stage, origins) => {
    expect(only(stage, "cognito.UserPoolClient").inputs).toMatchObject({
      supportedIdentityProviders: ["COGNITO", "Google"],
      allowedOauthFlows: ["code"],
      callbackUrls: origins.map((origin) => `${origin}/sign-in/google`),
      logoutUrls: origins.map((origin) => `${origin}/`),
    });
  });

  test("mail is sent by SES where an address is set", () => {
    const sender = (stage: Declared) => only(stage, "cognito.UserPool").inputs["emailConfiguration"];
    expect(sender(simple)).toEqual({ emailSendingAccount: "COGNITO_DEFAULT" });
    expect(sender(production)).toEqual({
      emailSendingAccount: "DEVELOPER",
      fromEmailAddress: "codes@kumite.example",
      sourceArn: "arn:aws:ses:us-east-1:123456789012:identity/kumite.example",
    });
  });
});

describe("functions", () => {
  const ours = [
    "AccountChanged",
    "FollowUp",
    "Migrate",
    "OpenApi",
    "OriginAuthorizer",
    "PostConfirmation",
    "Trpc",
  ];

  test.each(each)("%s: ours are there, on Node 24, as ESM", (name, { builds }) => {
    const own = builds.filter(({ handler }) => handler.startsWith("packages/"));
    const expected = name === "simple" ? ours : [...ours, "PreSignUp"].sort();
    expect(own.map(({ functionID }) => functionID).sort()).toEqual(expected);
    for (const { runtime, properties } of own) {
      expect(runtime).toBe("nodejs24.x");
      expect(properties).toMatchObject({ format: "esm", minify: true, splitting: true });
      // What SST hands to esbuild is what `build:functions` and its tests hand to it.
      expect(properties).toMatchObject(bundle);
      expect(properties["esbuild"]).toMatchObject({
        define: { Headers: "LightHeaders", Response: "LightResponse" },
      });
    }
  });

  test.each(each)("%s: their entry points exist", (_, { builds }) => {
    for (const { handler } of builds.filter(({ handler }) => handler.startsWith("packages/"))) {
      expect(existsSync(handler.replace(/\.handler$/, ".ts")), handler).toBe(true);
    }
  });

  test.each(eachDeployed)("%s: every function runs on arm64 and has a time limit", (_, stage) => {
    for (const { name, inputs } of ofType(stage, "lambda.Function")) {
      expect(inputs, name).toMatchObject({ runtime: "nodejs24.x", architectures: ["arm64"] });
      // Nobody waits for what follows a commit, and for a migration only who deploys.
      const longest: Record<string, number> = { FollowUpFunction: 60, MigrateFunction: 900 };
      expect(inputs["timeout"], name).toBeLessThanOrEqual(longest[name] ?? 25);
    }
    const timeout = (name: string) => only(stage, "lambda.Function", `${name}Function`).inputs["timeout"];
    // Cognito waits no longer, API Gateway 30 s.
    expect(timeout("PostConfirmation")).toBe(5);
    expect(timeout("Trpc")).toBeLessThan(30);
  });

  test.each(each)(
    "%s: every log is kept a month, those of functions as JSON in groups of their own",
    (_, stage) => {
      for (const { name, inputs } of ofType(stage, "cloudwatch.LogGroup")) {
        expect(inputs["retentionInDays"], name).toBe(30);
      }
      const groups = ofType(stage, "lambda.Function").map(({ name, inputs }) => {
        expect(inputs["loggingConfig"], name).toMatchObject({ logFormat: "JSON" });
        return (inputs["loggingConfig"] as { logGroup: string }).logGroup;
      });
      expect(new Set(groups).size).toBe(groups.length);
      const existing = ofType(stage, "cloudwatch.LogGroup").map(({ inputs }) => inputs["name"]);
      expect(existing).toEqual(expect.arrayContaining(groups));
    },
  );

  const tables = [
    "Availabilities",
    "Calendar",
    "Community",
    "Counters",
    "Meetings",
    "Migrations",
    "Openings",
    "Users",
  ];

  test.each(each)("%s: each is linked to what its code reads", (_, { builds }) => {
    const links = (name: string) => builds.find(({ functionID }) => functionID === name)?.links ?? {};
    expect(Object.keys(links("Trpc")).sort()).toEqual(
      [...tables, "Auth", "CursorKey", "Limits", "PrefetchKey"].sort(),
    );
    expect(Object.keys(links("PostConfirmation")).sort()).toEqual(tables);
    expect(Object.keys(links("Migrate")).sort()).toEqual(tables);
    expect(Object.keys(links("FollowUp")).sort()).toEqual([...tables, "Auth"].sort());
    expect(Object.keys(links("AccountChanged")).sort()).toEqual([...tables, "Auth"].sort());
    expect(Object.keys(links("OriginAuthorizer"))).toEqual(["OriginKey"]);
    const { issuer, jwksUri, jwks } = links("Trpc")["Auth"] ?? {};
    expect(issuer).toMatch(/^https:\/\/cognito-idp\.us-east-1\.amazonaws\.com\/\S+$/);
    expect(jwksUri).toBe(`${issuer}/.well-known/jwks.json`);
    expect(jwks).toBe('{"keys":[{"kid":"of the pool"}]}');
  });

  test("the links are those that the code is typed with", () => {
    const source = readFileSync("packages/core/sst-env.d.ts", "utf8");
    const typed = [...source.matchAll(/^ {4}(\w+): \{ (.*?);? \};$/gm)].map(([, name, properties = ""]) => [
      name,
      properties
        .split("; ")
        .map((property) => property.replace(/\??: string$/, ""))
        .sort(),
    ]);
    const linked = Object.assign(
      {},
      ...simple.builds.map(({ links }) => links),
    ) as (typeof simple.builds)[0]["links"];
    expect(Object.fromEntries(typed)).toEqual(
      Object.fromEntries(
        Object.entries(linked).map(([name, { type: _, ...properties }]) => [
          name,
          Object.keys(properties).sort(),
        ]),
      ),
    );
  });
});

describe("migrations", () => {
  test.each(eachDeployed)("%s: they run at the end of a deployment that brings other code", (_, stage) => {
    const { inputs } = only(stage, "lambda.Invocation");
    expect(inputs).toMatchObject({
      functionName: expect.stringContaining("-MigrateFunction-"),
      triggers: { code: expect.stringMatching(/^assets\/Migrate-code-[0-9a-f]{64}\.zip$/) },
    });
    expect(JSON.parse(String(inputs["input"]))).toEqual({ afterDeployment: true });
    expect(only(stage, "lambda.Function", "MigrateFunction").inputs["s3Key"]).toEqual(
      (inputs["triggers"] as { code: string }).code,
    );
  });

  test("dev: nothing invokes them while the stage is deployed", () => {
    expect(ofType(dev, "lambda.Invocation")).toEqual([]);
  });
});

describe("limits", () => {
  const limits = ({ builds }: Declared) =>
    JSON.parse(builds.find(({ functionID }) => functionID === "Trpc")?.links["Limits"]?.["json"] ?? "");

  test("are core's own, with what the stage sets", () => {
    expect(limits(simple)).toEqual(defaultLimits);
    expect(limits(production)).toEqual({ ...defaultLimits, book: { ...defaultLimits.book, person: 12 } });
  });

  test("that cannot be read are said before anything is made", () => {
    expect(withBadLimits.error).toMatch(/^KUMITE_LIMITS cannot be used\. .*"booking" is none of/);
    expect(withBadLimits.resources).toEqual([]);
  });

  test.each(eachDeployed)("%s: its own web server, and nobody else, can say whom it asks for", (_, stage) => {
    const linked = stage.builds.filter(({ links }) => links["PrefetchKey"]);
    expect(linked.map(({ functionID }) => functionID)).toEqual(["Trpc"]);
    const key = String(linked[0]?.links["PrefetchKey"]?.["value"]);
    const holders = ofType(stage, "lambda.Function").filter(({ inputs }) =>
      JSON.stringify(inputs["environment"] ?? {}).includes(key),
    );
    expect(holders.map(({ name }) => name).sort()).toEqual(["WebServerUseast1Function"]);
  });

  test("production limits sign-ins by address, the others where an operator wants it", () => {
    const firewall = only(production, "wafv2.WebAcl");
    expect(firewall.inputs).toMatchObject({
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rules: [
        {
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: "IP", limit: 300, evaluationWindowSec: 300 } },
        },
      ],
    });
    expect(only(production, "wafv2.WebAclAssociation").inputs).toEqual({
      resourceArn: expect.stringMatching(/:UserPoolUserPool$/),
      webAclArn: expect.stringMatching(/:SignInFirewall$/),
    });
    for (const stage of [simple, personal, dev]) expect(ofType(stage, "wafv2.WebAcl")).toEqual([]);
    expect(ofType(withFirewall, "wafv2.WebAcl")).toHaveLength(1);
    expect(withBadSwitch.error).toBe("KUMITE_SIGN_IN_FIREWALL is neither on nor off.");
  });
});

describe("the web app", () => {
  const environment = (stage: Declared) =>
    (
      only(stage, "lambda.Function", "WebServerUseast1Function").inputs["environment"] as {
        variables: Record<string, string>;
      }
    ).variables;

  test.each(eachDeployed)("%s: is told where the API and Cognito are", (_, stage) => {
    expect(environment(stage)).toMatchObject({
      API_URL: stage.outputs["api"],
      COGNITO_USER_POOL_ID: stage.outputs["userPoolId"],
      COGNITO_CLIENT_ID: stage.outputs["userPoolClientId"],
    });
  });

  test("is told of the hosted sign-in where there is one", () => {
    expect(environment(simple)).not.toHaveProperty("COGNITO_DOMAIN");
    expect(environment(personal)["COGNITO_DOMAIN"]).toBe(
      "kumite-ada-0a1b2c3d.auth.us-east-1.amazoncognito.com",
    );
  });

  test("production: has its own domain, by TLS 1.2 at least", () => {
    expect(production.outputs).toMatchObject({
      web: "https://kumite.example",
      api: "https://kumite.example/api/trpc",
    });
    expect(only(production, "cloudfront.Distribution").inputs).toMatchObject({
      aliases: ["kumite.example"],
      viewerCertificate: { minimumProtocolVersion: "TLSv1.2_2021" },
    });
  });

  test("dev: runs on the developer's machine", () => {
    expect(dev.outputs["web"]).toBe("http://localhost:3000");
    expect(dev.resources.filter(({ name }) => name.startsWith("WebServer"))).toEqual([]);
  });
});

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

  test("every function is watched for errors, throttles and slowness, and the API and pages for 5xx", () => {
    expect(alarmsOf(simple).sort()).toEqual([...common].sort());
    for (const stage of [personal, production]) {
      expect(alarmsOf(stage).sort()).toEqual([...common, ...watched("PreSignUp")].sort());
    }
  });

  test("dev has none", () => {
    expect(alarmsOf(dev)).toEqual([]);
  });

  test.each(eachDeployed)("%s: each rings at the topic, when it begins and when it ends", (_, stage) => {
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

  test.each(each)("%s: what nobody waits for leaves dead letters, which ring", (name, stage) => {
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
    // What else comes to be invoked so needs a queue and an alarm of its own.
    const asynchronous = /scheduler\/|s3\/bucketNotification/;
    expect(stage.resources.filter(({ type }) => asynchronous.test(type))).toEqual([]);
    const subscribers = ofType(stage, "sns.TopicSubscription").map(({ inputs }) => inputs["protocol"]);
    expect(subscribers.filter((protocol) => protocol !== "email")).toEqual([]);
  });

  test("they are mailed to the address that is set", () => {
    expect(ofType(simple, "sns.TopicSubscription")).toEqual([]);
    expect(only(production, "sns.TopicSubscription").inputs).toMatchObject({
      protocol: "email",
      endpoint: "ops@kumite.example",
    });
  });

  test.each(each)("%s: bookings are counted by outcome and by reason, defects for the alarm", (_, stage) => {
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
