import { createHash, randomUUID } from "node:crypto";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import type { AppRouter } from "@kumite/api";
import { createTRPCClient, httpLink } from "@trpc/client";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Stack, startStack } from "../src/index.ts";
import { signIn } from "../src/sign-in.ts";

const password = "Passw0rd!x";
const scope = "openid email profile aws.cognito.signin.user.admin";
const verifier = "a-verifier-that-is-long-enough-for-the-standard-0123456789";
const challenge = createHash("sha256").update(verifier).digest("base64url");

let stack: Stack;
let domain: string;
beforeAll(async () => {
  stack = await startStack({ web: false, demo: false, google: true });
  domain = `https://${stack.outputs.hostedDomain}`;
});
afterAll(() => stack.stop());

interface Answer {
  readonly status: number;
  readonly location: string;
  readonly body: string;
}

/** A minimal browser: it follows redirects, keeps cookies, and trusts any certificate. */
class Browser {
  readonly #cookies = new Map<string, string>();

  send(url: string, form?: Record<string, string>): Promise<Answer> {
    const send = url.startsWith("https:") ? httpsRequest : httpRequest;
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = form && new URLSearchParams(form).toString();
    return new Promise((resolve, reject) => {
      const headers = { cookie, ...(form && { "content-type": "application/x-www-form-urlencoded" }) };
      const options = { method: form ? "POST" : "GET", headers, rejectUnauthorized: false };
      const request = send(url, options, async (response) => {
        for (const line of response.headers["set-cookie"] ?? []) {
          const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
          this.#cookies.set(name, value);
        }
        const { statusCode: status = 0 } = response;
        const chunks = await response.toArray();
        const location = response.headers.location ? new URL(response.headers.location, url).href : "";
        resolve({ status, location, body: Buffer.concat(chunks).toString() });
      });
      request.on("error", reject);
      request.end(body);
    });
  }

  /** Follows redirects until a page or an address of the web app, and returns that answer. */
  async follow(url: string): Promise<Answer> {
    let answer: Answer = { status: 302, location: url, body: "" };
    let at = url;
    while (answer.location && !answer.location.startsWith(stack.outputs.web)) {
      at = answer.location;
      answer = await this.send(at);
    }
    return answer.location ? answer : { ...answer, location: at };
  }
}

function authorizeUrl(changes: Record<string, string> = {}): string {
  const parameters = {
    redirect_uri: `${stack.outputs.web}/sign-in/google`,
    response_type: "code",
    client_id: stack.outputs.userPoolClientId,
    identity_provider: "Google",
    scope,
    state: "the-state",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...changes,
  };
  return `${domain}/oauth2/authorize?${new URLSearchParams(parameters)}`;
}

interface Choice {
  readonly email: string;
  readonly verified: boolean;
}

/** Goes from the hosted domain through Google to the app's callback, and returns its parameters. */
async function comeFromGoogle(browser: Browser, { email, verified }: Choice): Promise<URLSearchParams> {
  const page = await browser.follow(authorizeUrl());
  const form = { email, name: "Gus", answer: "continue", ...(verified && { verified: "on" }) };
  const { location } = await browser.send(page.location, form);
  return new URL((await browser.follow(location)).location).searchParams;
}

function exchange(code: string | null, changes: Record<string, string> = {}): Promise<Answer> {
  return new Browser().send(`${domain}/oauth2/token`, {
    grant_type: "authorization_code",
    code: code ?? "",
    client_id: stack.outputs.userPoolClientId,
    redirect_uri: `${stack.outputs.web}/sign-in/google`,
    code_verifier: verifier,
    ...changes,
  });
}

function profileOf(accessToken: string) {
  const headers = { authorization: `Bearer ${accessToken}` };
  const api = createTRPCClient<AppRouter>({ links: [httpLink({ url: stack.outputs.api, headers })] });
  return api.user.get.query({});
}

const newAddress = () => `${randomUUID()}@example.com`;

test("a person from Google becomes a member, and the code is valid once", async () => {
  const email = newAddress();
  const answer = await comeFromGoogle(new Browser(), { email, verified: true });
  expect(answer.get("state")).toBe("the-state");
  const { status, body } = await exchange(answer.get("code"));
  expect(status).toBe(200);
  const { access_token, id_token } = JSON.parse(body);
  expect(decodeJwt(access_token)).toMatchObject({ token_use: "access", scope });
  expect(decodeJwt(id_token)).toMatchObject({
    email,
    identities: [{ providerName: "Google", primary: true }],
  });
  expect(await profileOf(access_token)).toMatchObject({
    username: expect.stringMatching(/^google_\d{21}$/),
    displayName: "Gus",
    email,
  });
  expect(await exchange(answer.get("code"))).toMatchObject({
    status: 400,
    body: '{"error":"invalid_grant"}',
  });
});

test("the hosted domain remembers the browser until it signs out", async () => {
  const browser = new Browser();
  await comeFromGoogle(browser, { email: newAddress(), verified: true });
  const again = await browser.send(authorizeUrl());
  expect(again.location).toMatch(/\/sign-in\/google\?code=/);
  const leave = `${domain}/logout?client_id=${stack.outputs.userPoolClientId}&logout_uri=`;
  expect((await browser.send(leave + encodeURIComponent("https://evil.example/"))).status).toBe(400);
  expect((await browser.send(`${leave}${stack.outputs.web}/`)).location).toBe(`${stack.outputs.web}/`);
  expect((await browser.send(authorizeUrl())).location).toContain("/auth?");
});

test("the Google identity of a member with a password is linked to their account, after one refusal", async () => {
  const email = newAddress();
  const before = await profileOf(await signIn(stack.outputs, { email, name: "Ann", password }));
  const browser = new Browser();
  const refused = await comeFromGoogle(browser, { email: email.toUpperCase(), verified: true });
  expect(refused.get("error_description")).toMatch(/^Already found an entry for username Google_\d+/);
  // Google remembers the person and shows no page.
  const joined = new URL((await browser.follow(authorizeUrl())).location).searchParams;
  const { access_token } = JSON.parse((await exchange(joined.get("code"))).body);
  expect(await profileOf(access_token)).toEqual(before);
  // The password still works.
  expect(await profileOf(await signIn(stack.outputs, { email, name: "Ann", password }))).toEqual(before);
});

test("an address that Google has not verified is not linked", async () => {
  const email = newAddress();
  const before = await profileOf(await signIn(stack.outputs, { email, name: "Ann", password }));
  const answer = await comeFromGoogle(new Browser(), { email, verified: false });
  const { access_token } = JSON.parse((await exchange(answer.get("code"))).body);
  expect((await profileOf(access_token)).username).not.toBe(before.username);
  expect(await profileOf(await signIn(stack.outputs, { email, name: "Ann", password }))).toEqual(before);
});

test("a member from Google is told so when they sign up with a password", async () => {
  const email = newAddress();
  await comeFromGoogle(new Browser(), { email, verified: true });
  await expect(signIn(stack.outputs, { email, name: "Gus", password })).rejects.toThrow(
    "SIGNS_IN_WITH_GOOGLE",
  );
});

test("canceling at Google returns to the app with that error", async () => {
  const browser = new Browser();
  const page = await browser.follow(authorizeUrl());
  const { location } = await browser.send(page.location, { answer: "cancel" });
  const answer = new URL((await browser.follow(location)).location).searchParams;
  expect(answer.get("error_description")).toContain("access_denied");
  expect(answer.get("state")).toBe("the-state");
});

test.each([
  ["client_id", { client_id: "another" }],
  ["redirect_uri", { redirect_uri: "https://evil.example/sign-in/google" }],
  ["response_type", { response_type: "token" }],
  ["code_challenge", { code_challenge_method: "plain" }],
  ["scope", { scope: "openid phone" }],
])("a wrong %s gets an error without a redirect", async (name, changes) => {
  const answer = await new Browser().send(authorizeUrl(changes));
  expect(answer).toEqual({ status: 400, location: "", body: `Invalid ${name}` });
});

test("a code with a wrong verifier gives no tokens and is used up", async () => {
  const answer = await comeFromGoogle(new Browser(), { email: newAddress(), verified: true });
  const wrong = { status: 400, body: '{"error":"invalid_grant"}' };
  expect(await exchange(answer.get("code"), { code_verifier: "guessed" })).toMatchObject(wrong);
  expect(await exchange(answer.get("code"))).toMatchObject(wrong);
});

test("Google's answer is valid only in the browser that asked for it", async () => {
  const browser = new Browser();
  const page = await browser.follow(authorizeUrl());
  const form = { email: newAddress(), name: "Gus", answer: "continue", verified: "on" };
  let { location } = await browser.send(page.location, form);
  while (!location.startsWith(domain)) ({ location } = await browser.send(location));
  expect(await new Browser().send(location)).toMatchObject({ status: 400, body: "Invalid state parameter" });
});
