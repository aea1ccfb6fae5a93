import { describe, expect, inject, test } from "vitest";
import { ofType, only } from "./declared.ts";
import type { Declared } from "./scenario.ts";

const { simple, personal, dev, production, withoutSecrets, withoutOneSecret } = inject("stages");
const deployed = { simple, personal, production };
const each = Object.entries({ ...deployed, dev });
const eachDeployed = Object.entries(deployed);

test.each(each)("%s: the config runs without an error", (_, { error }) => {
  expect(error).toBeUndefined();
});

test.each(each)("%s: has the same outputs as the embedded stack", (_, { outputs }) => {
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

describe("resources with data", () => {
  const kept = ["dynamodb.Table", "cognito.UserPool"];

  test("production protects and retains them", () => {
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

  test.each(Object.entries({ simple, personal, dev }))("%s: are removed with the stage", (_, stage) => {
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

  test("simple: has none, and no secret", () => {
    expect(simple.resources.filter(({ type }) => theirs.test(type))).toEqual([]);
    expect(simple.outputs).not.toHaveProperty("googleRedirectUri");
  });

  test.each(Object.entries({ personal, dev, production }))("%s: includes Google", (_, stage) => {
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

  test("a missing secret is reported with the command that sets it, and nothing is created", () => {
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

describe("the web app", () => {
  const environment = (stage: Declared) =>
    (
      only(stage, "lambda.Function", "WebServerUseast1Function").inputs["environment"] as {
        variables: Record<string, string>;
      }
    ).variables;

  test.each(eachDeployed)("%s: gets the addresses of the API and of Cognito", (_, stage) => {
    expect(environment(stage)).toMatchObject({
      API_URL: stage.outputs["api"],
      COGNITO_USER_POOL_ID: stage.outputs["userPoolId"],
      COGNITO_CLIENT_ID: stage.outputs["userPoolClientId"],
    });
  });

  test("gets the domain of the hosted sign-in if there is one", () => {
    expect(environment(simple)).not.toHaveProperty("COGNITO_DOMAIN");
    expect(environment(personal)["COGNITO_DOMAIN"]).toBe(
      "kumite-ada-0a1b2c3d.auth.us-east-1.amazoncognito.com",
    );
  });

  test("production: has its own domain, with TLS 1.2 or newer", () => {
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
