import type { BrowserContext } from "@playwright/test";
import { kathmandu } from "./clocks.ts";
import { expect, outputs, test } from "./fixtures.ts";
import { expectReady } from "./interactions.ts";
import { fillSignIn, newMember, openAs, post } from "./members.ts";

/** Makes the session's access token one that expired a minute ago, for the server and for the API alike. */
async function expireAccessToken(context: BrowserContext): Promise<void> {
  const cookie = await accessTokenCookie(context);
  if (!cookie) throw new Error("No access token");
  const [header, payload = "", signature] = cookie.value.split(".");
  const claims: object = JSON.parse(Buffer.from(payload, "base64url").toString());
  const expired = JSON.stringify({ ...claims, exp: Math.floor(Date.now() / 1000) - 60 });
  const value = [header, Buffer.from(expired).toString("base64url"), signature].join(".");
  await context.addCookies([{ ...cookie, value }]);
}

async function accessTokenCookie(context: BrowserContext) {
  return (await context.cookies()).find(({ name }) => name.endsWith(".accessToken"));
}

/** Counts how often a browser has Cognito renew its session. */
function countRenewals(context: BrowserContext): () => number {
  let renewals = 0;
  context.on("request", (request) => {
    if (request.url().startsWith(outputs().cognitoEndpoint) && request.method() === "POST") {
      if (/GetTokensFromRefreshToken$/.test(request.headers()["x-amz-target"] ?? "")) renewals += 1;
    }
  });
  return () => renewals;
}

test("a session outlives a reload and a new tab", async ({ openBrowser }) => {
  const member = await newMember("Stay");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/profile");
  await page.reload();
  await expect(page.getByRole("main").getByText(member.email)).toBeVisible();
  const tab = await context.newPage();
  await tab.goto("/");
  await expect(tab).toHaveURL("/find");
});

test("an access token that expired between two pages is renewed once, unseen", async ({
  openBrowser,
  complaints,
}) => {
  const [owner, member] = [await newMember("Other"), await newMember("Renew")];
  const availability = await post(owner, 11);
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/find");
  const renewals = countRenewals(context);
  await expireAccessToken(context);
  const expired = await accessTokenCookie(context);
  // The availability, its owner, oneself and one's calendar are asked for, and all are refused.
  await page.goto(`/availabilities/${availability.owner}/${availability.id}`);
  await expect(page.getByRole("heading", { name: `Sparring with ${owner.name}` })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Book/ })).toBeEnabled();
  expect(renewals()).toBe(1);
  expect((await accessTokenCookie(context))?.value).not.toBe(expired?.value);
  complaints.expect(/status of 401 .*\/api\/trpc\//);

  // From here on the server has the new token: nothing is refused.
  await page.reload();
  await expect(page.getByRole("button", { name: /^Book/ })).toBeEnabled();
  expect(renewals()).toBe(1);
});

test("an access token that expires while a page is open does not cost a booking", async ({
  openBrowser,
  complaints,
}) => {
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

test("a session that was ended elsewhere asks to sign in, and leads back", async ({
  openBrowser,
  complaints,
}) => {
  const member = await newMember("Ended");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/profile");
  const refreshToken = (await context.cookies()).find(({ name }) => name.endsWith(".refreshToken"));
  await context.addCookies([{ ...(refreshToken as NonNullable<typeof refreshToken>), value: "revoked" }]);
  await expireAccessToken(context);
  await page.goto("/calendar?view=list");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fcalendar/);
  expect(await accessTokenCookie(context)).toBeUndefined();
  complaints.expect(/status of 401 .*\/api\/trpc\//, /status of 400 /);

  await fillSignIn(page, member);
  await expect(page).toHaveURL(/\/calendar\?view=list/);
  await expect(page.getByRole("heading", { name: "Calendar" })).toBeVisible();
});

test("signing out ends the session; pages then ask to sign in and lead back", async ({ openBrowser }) => {
  const member = await newMember("Leave");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/profile");
  const tokens = (await context.cookies()).filter(({ name }) => /\.(access|refresh)Token$/.test(name));
  expect(tokens).toHaveLength(2);
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("link", { name: "Sign up" })).toBeVisible();
  expect((await context.cookies()).filter(({ name }) => name.startsWith("Cognito"))).toEqual([]);

  // Neither the way back nor a page that is asked for shows anything of theirs.
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/post");
  await expect(page).toHaveURL("/sign-in?next=%2Fpost");
  await fillSignIn(page, member);
  await expect(page).toHaveURL("/post");
  await expect(page.getByRole("heading", { name: "Post an open time" })).toBeVisible();

  // What was taken along from the old session is worth nothing: its refresh token is revoked.
  const old = tokens.find(({ name }) => name.endsWith(".refreshToken"));
  const answer = await fetch(outputs().cognitoEndpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSCognitoIdentityProviderService.GetTokensFromRefreshToken",
    },
    body: JSON.stringify({ ClientId: outputs().userPoolClientId, RefreshToken: old?.value }),
  });
  expect(answer.status).toBe(400);
});

test("signing in leads to no other site", async ({ openBrowser }) => {
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
