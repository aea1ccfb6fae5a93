import type { BrowserContext } from "@playwright/test";
import { decodeJwt, importJWK, type JWK, SignJWT } from "jose";
import { kathmandu } from "./clocks.ts";
import { expect, outputs, test } from "./fixtures.ts";
import { expectReady, holdBack } from "./interactions.ts";
import { fillSignIn, newMember, openAs, post } from "./members.ts";

/** Replaces the session's access token with one that Cognito signed and that expired a minute ago. */
async function expireAccessToken(context: BrowserContext): Promise<string> {
  const cookie = await accessTokenCookie(context);
  const key: JWK = JSON.parse(process.env["KUMITE_SIGNING_KEY"] ?? "{}");
  const now = Math.floor(Date.now() / 1000);
  const value = await new SignJWT({ ...decodeJwt(cookie.value), iat: now - 3_660, exp: now - 60 })
    .setProtectedHeader({ alg: "RS256", kid: key.kid ?? "" })
    .sign(await importJWK(key, "RS256"));
  await context.addCookies([{ ...cookie, value }]);
  return value;
}

const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name);

function sessionCookies(context: BrowserContext) {
  return context.cookies().then((all) => all.filter(({ name }) => name.startsWith("Cognito")));
}

async function accessTokenCookie(context: BrowserContext) {
  const cookie = (await sessionCookies(context)).find(({ name }) => name.endsWith(".accessToken"));
  if (!cookie) throw new Error("No access token");
  return cookie;
}

async function refreshTokenOf(context: BrowserContext): Promise<string> {
  const cookies = await sessionCookies(context);
  return cookies.find(({ name }) => name.endsWith(".refreshToken"))?.value ?? "";
}

/** Calls Cognito directly, as another browser would. */
function askCognito(operation: string, parameters: object): Promise<Response> {
  return fetch(outputs().cognitoEndpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify({ ClientId: outputs().userPoolClientId, ...parameters }),
  });
}

/** Counts how often a browser asks Cognito to renew its session. */
function countRenewals(context: BrowserContext): () => number {
  let renewals = 0;
  context.on("request", (request) => {
    if (request.url().startsWith(outputs().cognitoEndpoint) && request.method() === "POST") {
      if (/GetTokensFromRefreshToken$/.test(request.headers()["x-amz-target"] ?? "")) renewals += 1;
    }
  });
  return () => renewals;
}

test("a session survives a reload and a new tab", async ({ openBrowser }) => {
  const member = await newMember("Stay");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/profile");
  await page.reload();
  await expect(page.getByRole("main").getByText(member.email)).toBeVisible();
  const tab = await context.newPage();
  await tab.goto("/");
  await expect(tab).toHaveURL("/find");
});

test("the server renews an access token that expired between two pages, and its HTML shows the page", async ({
  openBrowser,
}) => {
  const [owner, member] = [await newMember("Other"), await newMember("Renew")];
  const availability = await post(owner, 11);
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/find");
  await page.goto("about:blank");
  const renewals = countRenewals(context);
  const expired = await expireAccessToken(context);
  const before = await sessionCookies(context);
  const response = await page.goto(`/availabilities/${availability.owner}/${availability.id}`);
  expect(await response?.text()).toContain(`Sparring with ${owner.name}`);
  await expect(page.getByRole("button", { name: /^Book/ })).toBeEnabled();

  // The new cookies have the same names and attributes as if the browser had renewed the session.
  const renewed = await accessTokenCookie(context);
  expect(renewed.value).not.toBe(expired);
  expect(decodeJwt(renewed.value).exp).toBeGreaterThan(Date.now() / 1000 + 3_000);
  const after = await sessionCookies(context);
  const described = (cookies: typeof after) =>
    cookies.map(({ name, path, httpOnly, secure, sameSite }) => ({ name, path, httpOnly, secure, sameSite }));
  expect(described(after).toSorted(byName)).toEqual(described(before).toSorted(byName));

  // Now the token is valid: neither the server nor the browser renews it, and the API refused nothing.
  await page.reload();
  await expect(page.getByRole("button", { name: /^Book/ })).toBeEnabled();
  expect((await accessTokenCookie(context)).value).toBe(renewed.value);
  expect(renewals()).toBe(0);
});

test("concurrent requests with the same expired token all get their page", async ({ openBrowser }) => {
  const member = await newMember("Twice");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/profile");
  await page.goto("about:blank");
  await expireAccessToken(context);
  const answers = await Promise.all(Array.from({ length: 4 }, () => context.request.get("/profile")));
  for (const answer of answers) expect(await answer.text()).toContain(member.email);
  await page.goto("/profile");
  await expect(page.getByRole("main").getByText(member.email)).toBeVisible();
});

test("a forged token shows nobody's data, and the browser renews the session", async ({ openBrowser }) => {
  const [member, other] = [await newMember("Sly"), await newMember("Victim")];
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/profile");
  await page.goto("about:blank");
  const cookie = await accessTokenCookie(context);
  const [header, , signature] = cookie.value.split(".");
  const claims = { ...decodeJwt(cookie.value), sub: other.username, username: other.username };
  const forged = [header, Buffer.from(JSON.stringify(claims)).toString("base64url"), signature].join(".");
  await context.addCookies([{ ...cookie, value: forged }]);
  const html = await (await context.request.get("/profile")).text();
  expect(html).not.toContain(other.email);
  expect(html).not.toContain(member.email);
  await page.goto("/profile");
  await expect(page.getByRole("main").getByText(member.email)).toBeVisible();
  expect((await accessTokenCookie(context)).value).not.toBe(forged);
});

test("ignores a session in a request's headers", async ({ openBrowser }) => {
  const member = await newMember("Claim");
  const context = await openBrowser(kathmandu);
  await openAs(member, context, "/profile");
  const { value: accessToken } = await accessTokenCookie(context);
  const headers = { "x-session": JSON.stringify({ accessToken }) };
  const stranger = await openBrowser(kathmandu);
  const answer = await stranger.request.get("/profile", { headers });
  expect(await answer.text()).not.toContain(member.email);
});

test("booking works after the access token expired on an open page", async ({ openBrowser, complaints }) => {
  const [owner, member] = [await newMember("Patient"), await newMember("Slow")];
  const availability = await post(owner, 12);
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, `/availabilities/${availability.owner}/${availability.id}`);
  await expect(page.getByRole("button", { name: /^Book/ })).toBeEnabled();
  await expectReady(page);
  const renewals = countRenewals(context);
  await expireAccessToken(context);
  await page.getByRole("button", { name: /^Book/ }).click();
  await expect(page).toHaveURL(/\/meetings\//);
  await expect(page.getByRole("heading", { name: `Sparring with ${owner.name}` })).toBeVisible();
  expect(renewals()).toBe(1);
  expect((await member.api.meeting.list.query({})).items).toHaveLength(1);
  complaints.expect(/status of 401 .*availability\.book/);
});

test("a session that was ended elsewhere asks to sign in, and returns to the page", async ({
  openBrowser,
}) => {
  const member = await newMember("Ended");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/profile");
  await page.goto("about:blank");
  const renewals = countRenewals(context);
  expect((await askCognito("RevokeToken", { Token: await refreshTokenOf(context) })).status).toBe(200);
  await expireAccessToken(context);
  // The server notices at once; the browser sees no refusal.
  await page.goto("/calendar?view=list");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fcalendar/);
  expect(await sessionCookies(context)).toEqual([]);
  expect(renewals()).toBe(0);

  await fillSignIn(page, member);
  await expect(page).toHaveURL(/\/calendar\?view=list/);
  await expect(page.getByRole("heading", { name: "Calendar" })).toBeVisible();
});

test("a session with a missing cookie asks to sign in, once", async ({ openBrowser }) => {
  const member = await newMember("Part");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/profile");
  await page.goto("about:blank");
  const { name } = await accessTokenCookie(context);
  await context.clearCookies({ name });
  await page.goto("/post");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page).toHaveURL("/sign-in?next=%2Fpost");
  await fillSignIn(page, member);
  await expect(page).toHaveURL("/post");
});

test("signing out ends the session; pages then ask to sign in, and return", async ({ openBrowser }) => {
  const member = await newMember("Leave");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/profile");
  const tokens = (await context.cookies()).filter(({ name }) => /\.(access|refresh)Token$/.test(name));
  expect(tokens).toHaveLength(2);
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("link", { name: "Sign up" })).toBeVisible();
  expect(await sessionCookies(context)).toEqual([]);

  // Neither going back nor opening a page shows the member's data.
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/post");
  await expect(page).toHaveURL("/sign-in?next=%2Fpost");
  await fillSignIn(page, member);
  await expect(page).toHaveURL("/post");
  await expect(page.getByRole("heading", { name: "Post an open time" })).toBeVisible();

  // A copy of the old session is useless: its refresh token is revoked.
  const old = tokens.find(({ name }) => name.endsWith(".refreshToken"));
  const answer = await askCognito("GetTokensFromRefreshToken", { RefreshToken: old?.value });
  expect(answer.status).toBe(400);
});

test("no call starts while the member signs out", async ({ openBrowser }) => {
  const member = await newMember("Leave");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/find");
  await expectReady(page);
  // Cognito takes its time, as under load.
  const { origin } = new URL(outputs().cognitoEndpoint);
  const release = await holdBack(page, (url) => url.origin === origin);
  const revocation = page.waitForRequest((request) => request.url().startsWith(origin));
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("button", { name: "Signing out…" })).toBeVisible();
  await revocation;
  const calls: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/trpc")) calls.push(request.url());
  });
  await page.getByLabel("Cohort").selectOption("Blue");
  await expect(page).toHaveURL(/cohort=/);
  release();
  await expect(page.getByRole("link", { name: "Sign up" })).toBeVisible();
  expect(calls).toEqual([]);
});

test("after a sign-out, a page that the browser restores asks to sign in", async ({ openBrowser }) => {
  const member = await newMember("Leave");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/find");
  // An answer without content leaves the page as it is, like one that the browser restores.
  const landing = `${outputs().web}/`;
  await page.route(landing, (route) => route.fulfill({ status: 204 }));
  const left = page.waitForResponse(landing);
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await left;
  const show = (persisted: boolean) =>
    page.evaluate((persisted) => {
      window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted }));
    }, persisted);
  const reloads: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) reloads.push(request.url());
  });
  // The first one of a page comes when it has loaded: a reload would keep the member from the landing page.
  await show(false);
  await page.evaluate(() => fetch("/"));
  expect(reloads).toEqual([]);
  await show(true);
  await expect(page).toHaveURL("/sign-in");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("signing in never redirects to another site", async ({ openBrowser }) => {
  const member = await newMember("Careful");
  const context = await openBrowser(kathmandu);
  const page = await context.newPage();
  await page.goto(`/sign-in?next=${encodeURIComponent("//evil.example/find")}`);
  await fillSignIn(page, member);
  await expect(page).toHaveURL("/find");
  const hostile = [
    "https:evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/..//evil.example",
  ];
  for (const next of hostile) {
    for (const path of ["/sign-in", "/sign-up"]) {
      await page.goto(`${path}?next=${encodeURIComponent(next)}`);
      await expect(page).toHaveURL("/find");
    }
  }
});
