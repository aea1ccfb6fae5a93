import { randomUUID } from "node:crypto";
import { memberActor } from "@kumite/core/context";
import { Refusal } from "@kumite/core/errors";
import { linkTestDatabase, newMember } from "@kumite/core/testing";
import { getUser } from "@kumite/core/users";
import type { PostConfirmationTriggerEvent } from "aws-lambda";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";

let handler: typeof import("./post-confirmation.ts").handler;

beforeAll(async () => {
  linkTestDatabase();
  ({ handler } = await import("./post-confirmation.ts"));
});

beforeEach(() => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

function confirmation(
  userName: string,
  userAttributes: Record<string, string>,
  triggerSource: PostConfirmationTriggerEvent["triggerSource"] = "PostConfirmation_ConfirmSignUp",
): PostConfirmationTriggerEvent {
  return {
    version: "1",
    region: "us-east-1",
    userPoolId: "us-east-1_pool",
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "the-client" },
    triggerSource,
    request: {
      userAttributes: {
        sub: userName,
        email_verified: "true",
        "cognito:user_status": "CONFIRMED",
        ...userAttributes,
      },
    },
    response: {},
  };
}

/** The user's own profile; undefined if there is no user. */
async function profileOf(username: string) {
  const someone = await newMember();
  return getUser({ ...someone, actor: memberActor(username) }, {}).catch((error: unknown) => {
    if (error instanceof Refusal && error.reason === "NOT_FOUND") return undefined;
    throw error;
  });
}

test("a confirmed sign-up creates a user, and returns the event unchanged to Cognito", async () => {
  const username = randomUUID();
  const event = confirmation(username, { email: "anna@example.com", name: "Anna" });
  expect(await handler(structuredClone(event))).toEqual(event);
  expect(await profileOf(username)).toMatchObject({
    username,
    email: "anna@example.com",
    displayName: "Anna",
    cohort: null,
    timezone: null,
    notifications: { email: true },
  });
});

test("a repeated event changes nothing, even at the same time", async () => {
  const username = randomUUID();
  const event = confirmation(username, { email: "anna@example.com", name: "Anna" });
  await Promise.all([handler(event), handler(event), handler(event)]);
  const made = await profileOf(username);
  expect(made).toMatchObject({ displayName: "Anna" });
  await handler(confirmation(username, { email: "other@example.com", name: "Other" }));
  expect(await profileOf(username)).toEqual(made);
});

test("a forgotten password creates no user", async () => {
  const username = randomUUID();
  const event = confirmation(
    username,
    { email: "anna@example.com" },
    "PostConfirmation_ConfirmForgotPassword",
  );
  expect(await handler(event)).toEqual(event);
  expect(await profileOf(username)).toBeUndefined();
});

test("a sign-up without a name or an address creates a user", async () => {
  const username = randomUUID();
  await handler(confirmation(username, {}));
  expect(await profileOf(username)).toMatchObject({ displayName: "New member", email: "" });
});
