import { randomUUID } from "node:crypto";
import path from "node:path";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { linkTestDatabase, newMember } from "../../packages/core/src/testing/index.ts";
import { toGatewayEvent } from "../../packages/local/src/lambda/events.ts";
import buildFunctions, { bundleFile } from "../../scripts/build-functions.ts";
import { type Lambda, startLambda } from "./lambda.ts";

const auth = { userPoolId: "pool", clientId: "the-client", issuer: "https://issuer.example/pool" };

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** The function as it was built, and as its source is. */
interface Pair {
  bundle: Lambda;
  source: Handler;
}

let trpc: Pair;
let postConfirmation: Pair;
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
  await buildFunctions();
  const pair = async (name: string): Promise<Pair> => ({
    bundle: await startLambda(path.dirname(bundleFile(name))),
    source: (await import(`../../packages/functions/src/${name}.ts`)).handler,
  });
  [trpc, postConfirmation] = await Promise.all([pair("trpc"), pair("post-confirmation")]);
});

afterAll(() => Promise.all([trpc, postConfirmation].map(({ bundle }) => bundle.stop())));

beforeEach(() => {
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
});

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
  return toGatewayEvent(request, Buffer.from(body), "/api/trpc/{proxy+}");
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
  const { statusCode, headers, body } = await ask({ url: "user.get", token: await sign(me.actor) });
  expect(statusCode).toBe(200);
  expect(headers["content-type"]).toBe("application/json");
  expect(JSON.parse(body).result.data).toMatchObject({ username: me.actor });
});

test("a mutation", async () => {
  const me = await newMember();
  const call = { url: "user.set", method: "POST", body: '{"bio":"Zoë 👩"}', token: await sign(me.actor) };
  const event = eventOf(call);
  const { statusCode, body } = (await trpc.bundle.invoke(event, "1")) as { statusCode: number; body: string };
  expect(statusCode).toBe(200);
  const { data } = JSON.parse(body).result;
  expect(data).toMatchObject({ username: me.actor, bio: "Zoë 👩" });
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
    token: await sign(me.actor),
  });
  expect(statusCode).toBe(207);
  expect(JSON.parse(body)).toMatchObject([
    { result: { data: { username: me.actor } } },
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
