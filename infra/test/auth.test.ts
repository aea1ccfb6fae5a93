import { describe, expect, inject, test } from "vitest";
import { ofType, only } from "./declared.ts";
import type { Declared } from "./scenario.ts";

const { simple, personal, dev, production, withTrail } = inject("stages");
const each = Object.entries({ simple, personal, production, dev });

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
    "%s: a new e-mail address must be verified first, and members may change only their address and name",
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
    "%s: deletions and new addresses of its users reach the AccountChanged function",
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

  test("production has its own trail for these events, other stages have one if an operator sets it", () => {
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

  test.each(each)("%s: its triggers are our functions, which it is allowed to invoke", (name, stage) => {
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
    "%s: its client uses SRP, does not reveal who is a member, and has no secret",
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

  test("simple: the client has no redirects", () => {
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
  ] as const)("%s: the client redirects to the stage's own origin with a code", (_, stage, origins) => {
    expect(only(stage, "cognito.UserPoolClient").inputs).toMatchObject({
      supportedIdentityProviders: ["COGNITO", "Google"],
      allowedOauthFlows: ["code"],
      callbackUrls: origins.map((origin) => `${origin}/sign-in/google`),
      logoutUrls: origins.map((origin) => `${origin}/`),
    });
  });

  test("SES sends the mails if a sender is set", () => {
    const sender = (stage: Declared) => only(stage, "cognito.UserPool").inputs["emailConfiguration"];
    expect(sender(simple)).toEqual({ emailSendingAccount: "COGNITO_DEFAULT" });
    expect(sender(production)).toEqual({
      emailSendingAccount: "DEVELOPER",
      fromEmailAddress: "codes@kumite.example",
      sourceArn: "arn:aws:ses:us-east-1:123456789012:identity/kumite.example",
    });
  });
});
