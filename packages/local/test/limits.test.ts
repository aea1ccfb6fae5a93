/** A stack with low limits. All its clients call from one address. Its minutes are clock minutes. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../src/index.ts";
import { signIn } from "../src/sign-in.ts";

const perMinute = 10;
const signInsPerMinute = 20;
/** Enough calls to exceed the limit, even if a new minute begins meanwhile. */
const surely = (limit: number) => Array.from({ length: 2 * limit + 1 }, (_, index) => index);

let stack: Stack;
let ann: string;
let bela: string;
beforeAll(async () => {
  const wide = { person: 1_000, address: 1_000 };
  stack = await startStack({
    web: false,
    demo: false,
    limits: {
      search: { person: perMinute, address: 1_000 },
      book: wide,
      change: wide,
      read: wide,
      anonymous: { address: perMinute },
    },
    signInsPerMinute,
  });
  const join = (name: string) =>
    signIn(stack.outputs, { email: `${name}@example.com`, name, password: "Passw0rd!x" });
  [ann, bela] = [await join("ann"), await join("bela")];
});
afterAll(() => stack.stop());

const week = encodeURIComponent(
  JSON.stringify({ from: new Date(), to: new Date(Date.now() + 7 * 86_400_000) }),
);
const search = (headers: Record<string, string>) =>
  fetch(`${stack.outputs.api}/availability.search?input=${week}`, { headers });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Calls one after the other until one answers 429. */
async function untilLimited(calls: readonly (() => Promise<Response>)[]): Promise<Response> {
  for (const call of calls) {
    const response = await call();
    if (response.status === 429) return response;
    await response.body?.cancel();
  }
  return expect.unreachable("No call exceeded the limit");
}

test("a member who searches too often is told when to retry, and others are not limited", async () => {
  const limited = await untilLimited(surely(perMinute).map(() => () => search(bearer(ann))));
  const wait = Number(limited.headers.get("retry-after"));
  expect(wait).toBeGreaterThanOrEqual(1);
  expect(wait).toBeLessThanOrEqual(60);
  expect(await limited.json()).toMatchObject({
    error: {
      data: { code: "TOO_MANY_REQUESTS", httpStatus: 429, retryAfterSeconds: wait },
      message: expect.stringContaining("Try again in"),
    },
  });
  expect((await search(bearer(bela))).status).toBe(200);
  const profile = await fetch(`${stack.outputs.api}/user.get`, { headers: bearer(ann) });
  expect(profile.status).toBe(200);
});

test("an anonymous caller is limited whatever address they claim, and members at that address are not", async () => {
  const claims = (index: number) => ({
    "x-viewer-address": `203.0.113.${index}`,
    "x-forwarded-for": `203.0.113.${index}`,
    "x-prefetch-for": `203.0.113.${index}`,
    "x-prefetch-key": "a guess",
  });
  const calls = surely(perMinute).map((index) => () => search({ ...bearer("nonsense"), ...claims(index) }));
  await untilLimited(calls);
  const profile = await fetch(`${stack.outputs.api}/user.get`, { headers: bearer(bela) });
  expect(profile.status).toBe(200);
});

test("Cognito limits sign-ins", async () => {
  const names = [];
  for (const attempt of surely(signInsPerMinute)) {
    const response = await fetch(stack.outputs.cognitoEndpoint, {
      method: "POST",
      headers: { "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" },
      body: JSON.stringify({
        ClientId: stack.outputs.userPoolClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: `nobody-${attempt}@example.com`, PASSWORD: "Passw0rd!x" },
      }),
    });
    names.push(response.headers.get("x-amzn-errortype"));
  }
  expect(names).toContain("TooManyRequestsException");
});
