import { describe, expect, inject, test } from "vitest";
import { ofType, only, type Statement, statementsOf } from "./declared.ts";

const { simple, personal, dev, production } = inject("stages");
const eachDeployed = Object.entries({ simple, personal, production });

/** Its name under Pulumi's mocks. */
const pool = "UserPoolUserPool";

const ownLog = (name: string): Statement => ({
  actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
  resources: [`${name}Log:*`],
});

describe.each(eachDeployed)("%s", (_, stage) => {
  test("the API may do on each table what its code does, and write its log", () => {
    expect(statementsOf(stage, "Trpc")).toEqual([
      { actions: ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem"], resources: ["Users"] },
      {
        actions: [
          "dynamodb:BatchGetItem",
          "dynamodb:DeleteItem",
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
        ],
        resources: ["Availabilities"],
      },
      {
        actions: ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query"],
        resources: ["Openings"],
      },
      {
        actions: ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        resources: ["Meetings"],
      },
      {
        actions: [
          "dynamodb:BatchGetItem",
          "dynamodb:ConditionCheckItem",
          "dynamodb:DeleteItem",
          "dynamodb:PutItem",
          "dynamodb:Query",
          "dynamodb:UpdateItem",
        ],
        resources: ["Calendar"],
      },
      { actions: ["dynamodb:GetItem", "dynamodb:PutItem"], resources: ["Community"] },
      { actions: ["dynamodb:UpdateItem"], resources: ["Counters"] },
      { actions: ["cognito-idp:AdminDeleteUser", "cognito-idp:AdminGetUser"], resources: [pool] },
      ownLog("Trpc"),
    ]);
  });

  test("the trigger may create users", () => {
    expect(statementsOf(stage, "PostConfirmation")).toEqual([
      { actions: ["dynamodb:PutItem"], resources: ["Users"] },
      ownLog("PostConfirmation"),
    ]);
  });

  test("FollowUp may read the streams, update copies, and send failed records to the queue", () => {
    const streams = ["Users", "Availabilities", "Meetings"].map((table) => `${table}/stream/`);
    const statements = statementsOf(stage, "FollowUp").map(({ resources, ...rest }) => ({
      ...rest,
      resources: resources.map((resource) => resource.replace(/(\/stream\/).*$/, "$1")),
    }));
    expect(statements).toEqual([
      { actions: ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:UpdateItem"], resources: ["Users"] },
      {
        actions: ["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:UpdateItem"],
        resources: ["Availabilities"],
      },
      { actions: ["dynamodb:DeleteItem", "dynamodb:PutItem"], resources: ["Openings"] },
      {
        actions: ["dynamodb:BatchGetItem", "dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:UpdateItem"],
        resources: ["Meetings"],
      },
      {
        actions: ["dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
        resources: ["Calendar"],
      },
      { actions: ["cognito-idp:AdminDeleteUser"], resources: [pool] },
      {
        actions: [
          "dynamodb:DescribeStream",
          "dynamodb:GetRecords",
          "dynamodb:GetShardIterator",
          "dynamodb:ListStreams",
        ],
        resources: streams,
      },
      { actions: ["sqs:SendMessage"], resources: ["FollowUpDeadLetters"] },
      ownLog("FollowUp"),
    ]);
  });

  test("Migrate may use the tables and nothing else", () => {
    const statements = statementsOf(stage, "Migrate");
    expect(statements.at(-1)).toEqual(ownLog("Migrate"));
    for (const { actions, resources } of statements.slice(0, -1)) {
      expect(resources).toEqual([expect.stringMatching(/^\w+$/)]);
      for (const action of actions) expect(action).toMatch(/^dynamodb:/);
    }
  });

  test("AccountChanged may read the pool's users and change their records", () => {
    expect(statementsOf(stage, "AccountChanged")).toEqual([
      { actions: ["dynamodb:GetItem", "dynamodb:UpdateItem"], resources: ["Users"] },
      { actions: ["cognito-idp:AdminGetUser"], resources: [pool] },
      { actions: ["sqs:SendMessage"], resources: ["AccountEventDeadLetters"] },
      ownLog("AccountChanged"),
    ]);
  });

  test("pages, the authorizer and OpenApi may only log, and the image optimizer may also read the site's files", () => {
    expect(statementsOf(stage, "OriginAuthorizer")).toEqual([ownLog("OriginAuthorizer")]);
    expect(statementsOf(stage, "OpenApi")).toEqual([ownLog("OpenApi")]);
    expect(statementsOf(stage, "WebServerUseast1")).toEqual([ownLog("WebServerUseast1")]);
    expect(statementsOf(stage, "WebImageOptimizer")).toEqual([
      { actions: ["s3:GetObject"], resources: ["WebAssetsBucket/*"] },
      ownLog("WebImageOptimizer"),
    ]);
  });

  test("no role has a wildcard in actions or resources, or a managed policy", () => {
    const roles = ofType(stage, "iam.Role");
    expect(roles).toHaveLength(ofType(stage, "lambda.Function").length);
    for (const { name, inputs } of roles) {
      expect(inputs["managedPolicyArns"], name).toEqual([]);
      for (const { actions, resources } of statementsOf(stage, name.replace(/Role$/, ""))) {
        expect(
          actions.filter((action) => action.includes("*")),
          name,
        ).toEqual([]);
        expect(resources, name).not.toContain("*");
      }
    }
    const other = stage.resources.filter(
      ({ type }) => type.startsWith("aws:iam/") && !type.endsWith(":Role"),
    );
    expect(other.map(({ name }) => name)).toEqual([]);
  });

  test("only Lambda may assume a role", () => {
    for (const { name, inputs } of ofType(stage, "iam.Role")) {
      expect(inputs["assumeRolePolicy"], name).toMatchObject({
        Statement: [
          { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
        ],
      });
      expect(JSON.stringify(inputs["assumeRolePolicy"]), name).not.toContain(":root");
    }
  });
});

test("the pre-sign-up trigger may link accounts in its own stage's pool", () => {
  expect(statementsOf(personal, "PreSignUp")).toEqual([
    {
      actions: ["cognito-idp:AdminLinkProviderForUser", "cognito-idp:ListUsers"],
      resources: ["userpool/*"],
      condition: { StringEquals: { "aws:ResourceTag/kumite:stage": ["ada"] } },
    },
    ownLog("PreSignUp"),
  ]);
  expect(only(personal, "cognito.UserPool").inputs["tags"]).toEqual({ "kumite:stage": "ada" });
});

test("dev: the developer's machine may also assume the roles, because the code runs there", () => {
  const { inputs } = only(dev, "iam.Role", "TrpcRole");
  expect(inputs["assumeRolePolicy"]).toContain(":root");
});
