import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { getAvailability } from "@kumite/core/availabilities";
import { newMember, postAvailability, useStreams, watchStreams } from "@kumite/core/testing";
import { setUser } from "@kumite/core/users";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import confirmedByGoogle from "../../src/events/post-confirmation-google.json" with { type: "json" };
import fromGoogle from "../../src/events/pre-sign-up-google.json" with { type: "json" };
import withPassword from "../../src/events/pre-sign-up-password.json" with { type: "json" };
import { ask, auth, linkFunctions, type Pair, startPair } from "./functions.ts";

useStreams();

let trpc: Pair;
let postConfirmation: Pair;
let preSignUp: Pair;
let followUp: Pair;
let pool: Pool;
let sign: (username: string) => Promise<string>;

beforeAll(async () => {
  sign = await linkFunctions();
  pool = await startPool();
  process.env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = pool.url;
  [trpc, postConfirmation, preSignUp, followUp] = await Promise.all([
    startPair("trpc"),
    startPair("post-confirmation"),
    startPair("pre-sign-up"),
    startPair("follow-up"),
  ]);
});

afterAll(async () => {
  await Promise.all([trpc, postConfirmation, preSignUp, followUp].map(({ bundle }) => bundle.stop()));
  pool.server.close();
});

beforeEach(() => {
  pool.users = [];
  pool.links = [];
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

/** The part of Cognito's API that the pre-sign-up trigger uses. */
interface Pool {
  server: Server;
  url: string;
  /** What ListUsers answers. */
  users: unknown[];
  /** The inputs of AdminLinkProviderForUser in this test. */
  links: unknown[];
}

async function startPool(): Promise<Pool> {
  const server = createServer(async (request, response) => {
    const input = await json(request);
    if (request.headers["x-amz-target"] === "AWSCognitoIdentityProviderService.ListUsers") {
      response.end(JSON.stringify({ Users: pool.users }));
    } else {
      pool.links.push(input);
      response.end("{}");
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { server, url, users: [], links: [] };
}

function poolUser(Username: string, UserStatus: string) {
  const Attributes = [
    { Name: "email", Value: "ann@example.com" },
    { Name: "email_verified", Value: "true" },
  ];
  return { Username, UserStatus, Enabled: true, Attributes };
}

test("PostConfirmation, repeated by Cognito", async () => {
  const username = randomUUID();
  const event = {
    version: "1",
    region: "us-east-1",
    userPoolId: "us-east-1_pool",
    userName: username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: auth.clientId },
    triggerSource: "PostConfirmation_ConfirmSignUp",
    request: { userAttributes: { sub: username, email: "anna@example.com", name: "Anna" } },
    response: {},
  };
  expect(await postConfirmation.bundle.invoke(event, "1")).toEqual(event);
  expect(await postConfirmation.bundle.invoke(event, "2")).toEqual(event);
  expect(await postConfirmation.source(event, {})).toEqual(event);
  const { body } = await ask(trpc, { url: "user.get", token: await sign(username) });
  expect(JSON.parse(body).result.data).toMatchObject({
    username,
    displayName: "Anna",
    email: "anna@example.com",
  });
});

test("PostConfirmation of a Google sign-up", async () => {
  const event = { ...confirmedByGoogle, userName: `google_${randomUUID()}` };
  expect(await postConfirmation.bundle.invoke(event, "1")).toEqual(event);
  const { body } = await ask(trpc, { url: "user.get", token: await sign(event.userName) });
  expect(JSON.parse(body).result.data).toMatchObject({ displayName: "Ann Lee", email: "ann@example.com" });
});

test("PreSignUp links a Google sign-in to the password account", async () => {
  pool.users = [poolUser("74f8d4e8", "CONFIRMED")];
  expect(await preSignUp.bundle.invoke(fromGoogle, "1")).toEqual(fromGoogle);
  expect(await preSignUp.source(structuredClone(fromGoogle), {})).toEqual(fromGoogle);
  expect(pool.links).toHaveLength(2);
  expect(pool.links[0]).toMatchObject({
    UserPoolId: fromGoogle.userPoolId,
    DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: "74f8d4e8" },
  });
  expect(pool.links[1]).toEqual(pool.links[0]);
});

test("PreSignUp with a password passes, unless the person has a Google account", async () => {
  expect(await preSignUp.bundle.invoke(withPassword, "1")).toEqual(withPassword);
  pool.users = [poolUser("google_1", "EXTERNAL_PROVIDER")];
  // The web app recognizes the refusal by this word in Cognito's message.
  await expect(preSignUp.bundle.invoke(withPassword, "2")).rejects.toThrow(/^SIGNS_IN_WITH_GOOGLE$/);
  expect(pool.links).toEqual([]);
});

test("a new name is followed up, and a record that cannot be read is returned by its number", async () => {
  const streams = await watchStreams();
  const me = await newMember({ now: new Date() });
  const availability = await postAvailability(me);
  await setUser(me, { displayName: "Zoë", cohort: "Black" });
  const records = (await streams.read([me])).map(({ eventSourceARN, dynamodb }, at) => ({
    eventSourceARN,
    dynamodb: { ...dynamodb, SequenceNumber: String(at) },
  }));
  const foreign = {
    eventSourceARN: "arn:aws:dynamodb:us-east-1:1:table/x/stream/y",
    dynamodb: { SequenceNumber: "x" },
  };
  const event = { Records: [...records, foreign] };
  const answer = { batchItemFailures: [{ itemIdentifier: "x" }] };
  expect(await followUp.bundle.invoke(event, "1")).toEqual(answer);
  expect(await getAvailability(me, availability)).toMatchObject({
    ownerDisplayName: "Zoë",
    ownerCohort: "Black",
  });
  expect(await followUp.source(event, {})).toEqual(answer);
});
