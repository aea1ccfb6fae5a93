import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { json } from "node:stream/consumers";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { getAvailability } from "../../packages/core/src/availabilities/index.ts";
import {
  linkTestDatabase,
  newMember,
  postAvailability,
  useStreams,
  watchStreams,
} from "../../packages/core/src/testing/index.ts";
import { setUser } from "../../packages/core/src/users/index.ts";
import authorizerEvent from "../../packages/functions/src/events/origin-authorizer.json" with {
  type: "json",
};
import confirmedByGoogle from "../../packages/functions/src/events/post-confirmation-google.json" with {
  type: "json",
};
import fromGoogle from "../../packages/functions/src/events/pre-sign-up-google.json" with { type: "json" };
import withPassword from "../../packages/functions/src/events/pre-sign-up-password.json" with {
  type: "json",
};
import { toGatewayEvent } from "../../packages/local/src/lambda/events.ts";
import buildFunctions, { bundleFile, sourceFile } from "../../scripts/build-functions.ts";
import { type Lambda, startLambda } from "./lambda.ts";

useStreams();

const auth = { userPoolId: "pool", clientId: "the-client", issuer: "https://issuer.example/pool" };

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** The function as it was built, and as its source is. */
interface Pair {
  bundle: Lambda;
  source: Handler;
}

let trpc: Pair;
let postConfirmation: Pair;
let preSignUp: Pair;
let originAuthorizer: Pair;
let openapi: Pair;
let followUp: Pair;
let pool: Pool;
let sign: (username: string) => Promise<string>;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  sign = (username) =>
    new SignJWT({ username, client_id: auth.clientId, token_use: "access" })
      .setProtectedHeader({ alg: "RS256", kid: "own" })
      .setIssuer(auth.issuer)
      .setExpirationTime("1h")
      .sign(privateKey);
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "own", use: "sig" }] });

  linkTestDatabase();
  // The keys are linked, and nobody listens where else they would come from.
  process.env["SST_RESOURCE_Auth"] = JSON.stringify({ ...auth, jwksUri: "http://127.0.0.1:9/", jwks });
  process.env["SST_RESOURCE_CursorKey"] = JSON.stringify({ value: "a secret" });
  process.env["SST_RESOURCE_OriginKey"] = JSON.stringify({ value: "the key" });
  pool = await startPool();
  process.env["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = pool.url;
  await buildFunctions();
  const pair = async (name: string): Promise<Pair> => ({
    bundle: await startLambda(path.dirname(bundleFile(name))),
    source: (await import(sourceFile(name))).handler,
  });
  [trpc, postConfirmation, preSignUp, originAuthorizer, openapi, followUp] = await Promise.all([
    pair("trpc"),
    pair("post-confirmation"),
    pair("pre-sign-up"),
    pair("origin-authorizer"),
    pair("openapi"),
    pair("follow-up"),
  ]);
});

afterAll(async () => {
  await Promise.all(
    [trpc, postConfirmation, preSignUp, originAuthorizer, openapi, followUp].map(({ bundle }) =>
      bundle.stop(),
    ),
  );
  pool.server.close();
});

beforeEach(() => {
  pool.users = [];
  pool.links = [];
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

/** Cognito's API, as far as the pre-sign-up trigger asks it. */
interface Pool {
  server: Server;
  url: string;
  /** What ListUsers answers. */
  users: unknown[];
  /** What AdminLinkProviderForUser was asked, since the last test. */
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

interface Call {
  url: string;
  token?: string;
  headers?: Record<string, string[]>;
  method?: string;
  body?: string;
}

function eventOf({ url, token, headers = {}, method = "GET", body = "" }: Call) {
  const request = {
    method,
    url: `/api/trpc/${url}`,
    httpVersion: "1.1",
    socket: { remoteAddress: "127.0.0.1" },
    headersDistinct: {
      host: ["abc.execute-api.us-east-1.amazonaws.com"],
      ...(token && { authorization: [`Bearer ${token}`] }),
      ...(body && { "content-type": ["application/json"] }),
      ...headers,
    },
  } as unknown as Parameters<typeof toGatewayEvent>[0];
  return toGatewayEvent(request, Buffer.from(body));
}

/** Asks the bundle, and the source after it: the answer is the same. */
async function ask(call: Call) {
  const event = eventOf(call);
  const requestId = randomUUID();
  const answer = await trpc.bundle.invoke(event, requestId);
  expect(answer).toEqual(JSON.parse(JSON.stringify(await trpc.source(event, { awsRequestId: requestId }))));
  return answer as { statusCode: number; headers: Record<string, string>; body: string };
}

test("a query", async () => {
  const me = await newMember();
  const { statusCode, headers, body } = await ask({ url: "user.get", token: await sign(me.actor.username) });
  expect(statusCode).toBe(200);
  expect(headers["content-type"]).toBe("application/json");
  expect(JSON.parse(body).result.data).toMatchObject({ username: me.actor.username });
});

test("a mutation", async () => {
  const me = await newMember();
  const call = {
    url: "user.set",
    method: "POST",
    body: '{"bio":"Zoë 👩"}',
    token: await sign(me.actor.username),
  };
  const event = eventOf(call);
  const { statusCode, body } = (await trpc.bundle.invoke(event, "1")) as { statusCode: number; body: string };
  expect(statusCode).toBe(200);
  const { data } = JSON.parse(body).result;
  expect(data).toMatchObject({ username: me.actor.username, bio: "Zoë 👩" });
  const again = JSON.parse((await ask({ url: "user.get", token: call.token })).body);
  expect(again.result.data).toEqual(data);
});

test("a batch over every router", async () => {
  const me = await newMember();
  const day = 86_400_000;
  const week = { from: new Date(), to: new Date(Date.now() + 7 * day) };
  const input = encodeURIComponent(JSON.stringify({ 2: week, 4: week, 5: {} }));
  const procedures = [
    "user.get",
    "community.get",
    "calendar.get",
    "meeting.list",
    "availability.search",
    "meeting.get",
  ];
  const { statusCode, body } = await ask({
    url: `${procedures}?batch=1&input=${input}`,
    token: await sign(me.actor.username),
  });
  expect(statusCode).toBe(207);
  expect(JSON.parse(body)).toMatchObject([
    { result: { data: { username: me.actor.username } } },
    { result: { data: { cohorts: expect.any(Array) } } },
    { result: { data: { meetings: [] } } },
    { result: { data: { items: [] } } },
    { result: { data: { items: [] } } },
    { error: { data: { fieldErrors: { id: [expect.any(String)] } } } },
  ]);
});

test("a stream of JSON lines", async () => {
  const { body } = await ask({
    url: "community.get,user.get?batch=1",
    headers: { "trpc-accept": ["application/jsonl"] },
  });
  expect(body).toContain("UNAUTHORIZED");
});

test.each<[number, Call]>([
  [401, { url: "user.get" }],
  [401, { url: "user.get", token: "x" }],
  [404, { url: "user.drop" }],
  [204, { url: "community.get", method: "HEAD" }],
  [405, { url: "user.set" }],
  [415, { url: "user.set", method: "POST", headers: { "content-type": ["text/plain"] } }],
  [401, { url: "user.set", method: "POST", body: "{" }],
])("%d: %j", async (status, call) => {
  expect((await ask(call)).statusCode).toBe(status);
});

test("PostConfirmation, which Cognito sends again", async () => {
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
  const { body } = await ask({ url: "user.get", token: await sign(username) });
  expect(JSON.parse(body).result.data).toMatchObject({
    username,
    displayName: "Anna",
    email: "anna@example.com",
  });
});

test("PostConfirmation of somebody from Google", async () => {
  const event = { ...confirmedByGoogle, userName: `google_${randomUUID()}` };
  expect(await postConfirmation.bundle.invoke(event, "1")).toEqual(event);
  const { body } = await ask({ url: "user.get", token: await sign(event.userName) });
  expect(JSON.parse(body).result.data).toMatchObject({ displayName: "Ann Lee", email: "ann@example.com" });
});

test("PreSignUp of somebody from Google is joined to the password account", async () => {
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

test("PreSignUp with a password passes, unless the person comes from Google", async () => {
  expect(await preSignUp.bundle.invoke(withPassword, "1")).toEqual(withPassword);
  pool.users = [poolUser("google_1", "EXTERNAL_PROVIDER")];
  // The web app knows the refusal by this word in Cognito's message.
  await expect(preSignUp.bundle.invoke(withPassword, "2")).rejects.toThrow(/^SIGNS_IN_WITH_GOOGLE$/);
  expect(pool.links).toEqual([]);
});

test.each([
  ["the key", true],
  ["another", false],
])("the authorizer, asked with %j: %j", async (key, isAuthorized) => {
  const event = { ...authorizerEvent, identitySource: [key] };
  expect(await originAuthorizer.bundle.invoke(event, "1")).toEqual({ isAuthorized });
  expect(await originAuthorizer.source(event, {})).toEqual({ isAuthorized });
});

test("the description of the API is what the source makes, and the same each time", async () => {
  const event = { ...eventOf({ url: "" }), rawPath: "/api/openapi.json" };
  const answer = await openapi.bundle.invoke(event, "1");
  expect(answer).toEqual(await openapi.source(event, { awsRequestId: "1" }));
  expect(answer).toMatchObject({ statusCode: 200, headers: { etag: expect.any(String) } });
  expect(await openapi.bundle.invoke(event, "2")).toEqual(answer);
});

test("a new name is followed up, and what cannot be read is told by its number", async () => {
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
