import type { BrowserContext, Page } from "@playwright/test";
import { kathmandu } from "./clocks.ts";
import { expect, outputs, test } from "./fixtures.ts";
import { dragOver, expectReady } from "./interactions.ts";
import { newMember, openAs, post } from "./members.ts";

/** Parses a policy into its directives, by name. */
function parsePolicy(policy: string | undefined): Map<string, string[]> {
  return new Map(
    (policy ?? "").split("; ").map((directive) => {
      const [name = "", ...sources] = directive.split(" ");
      return [name, sources] as const;
    }),
  );
}

/** Expects the headers that every page has, and returns the page's policy. */
async function openGuarded(page: Page, path: string): Promise<Map<string, string[]>> {
  const headers = (await page.goto(path))?.headers() ?? {};
  const policy = parsePolicy(headers["content-security-policy"]);
  const scripts = policy.get("script-src") ?? [];
  expect(scripts[0], path).toMatch(/^'nonce-[\w+/]{22}=='$/);
  expect(scripts.slice(1)).toEqual(["'strict-dynamic'"]);
  expect([...policy.values()].flat().filter((source) => source.startsWith("'unsafe"))).toEqual([]);
  for (const name of ["default-src", "base-uri", "frame-ancestors"])
    expect(policy.get(name)).toEqual(["'none'"]);
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
  });
  expect(headers["x-powered-by"]).toBeUndefined();
  return policy;
}

/** Collects the policy's violations on every page of a browser from now on. */
async function countViolations(context: BrowserContext): Promise<string[]> {
  const violations: string[] = [];
  await context.exposeFunction("violated", (what: string) => violations.push(what));
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) =>
      Reflect.get(window, "violated")(`${violatedDirective} ${blockedURI} ${sample}`),
    );
  });
  return violations;
}

test("every page has its own policy, and does not violate it", async ({ openBrowser, complaints }) => {
  const [owner, member] = [await newMember("Guarded"), await newMember("Visitor")];
  const [open, taken] = [await post(owner, 26), await post(owner, 27)];
  const meeting = await member.api.availability.book.mutate({
    owner: owner.username,
    id: taken.id,
    startTime: taken.startTime,
  });
  const context = await openBrowser(kathmandu);
  const violations = await countViolations(context);
  const anonymous = await context.newPage();
  const nonces = new Set<string>();
  for (const path of [
    "/",
    "/sign-in",
    "/sign-up",
    "/confirm",
    "/forgot-password",
    "/sign-in/google",
    "/none",
  ]) {
    nonces.add(String((await openGuarded(anonymous, path)).get("script-src")));
  }
  complaints.expect(/status of 404 .*none/);
  // Each page has its own.
  expect(nonces.size).toBe(7);

  const page = await openAs(owner, context, "/find");
  const paths = [
    "/find",
    "/post",
    "/profile",
    `/members/${member.username}`,
    `/availabilities/${owner.username}/${open.id}`,
    `/availabilities/${owner.username}/${open.id}/edit`,
    `/meetings/${meeting.id}`,
    "/calendar",
  ];
  for (const path of paths) {
    const policy = await openGuarded(page, path);
    expect(policy.get("connect-src")).toEqual(["'self'", new URL(outputs().cognitoEndpoint).origin]);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  }

  // What loads on demand does not violate it either: dialog, form, list, menu, themes, notice.
  await expect(page.getByRole("columnheader")).toHaveCount(7);
  await dragOver(page, 3, "10:00", "12:00");
  const dialog = page.getByRole("dialog");
  // Not for Black: error-states.spec.ts has a member of Black who finds nothing.
  await dialog.getByText("For whom, where, notes").click();
  await dialog.getByText("Black", { exact: true }).click();
  await dialog.getByRole("button", { name: "Post" }).click();
  await expect(page.getByText("Posted")).toBeVisible();
  await page.getByText("List", { exact: true }).click();
  await expect(page.getByRole("link", { name: /Open · Sparring/ }).first()).toBeVisible();
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByTitle("Dark").click();
  await expect(page.locator("html")).toContainClass("dark");
  await page.getByRole("link", { name: "Profile", exact: true }).click();
  await page.getByLabel("Time zone").click();
  await page.getByRole("combobox", { name: "Search for a city" }).fill("berlin");
  await expect(page.getByRole("option", { name: /Berlin/ })).toBeVisible();
  expect(violations).toEqual([]);
});

test("code that is injected into a page does not run", async ({ openBrowser, complaints }) => {
  const page = await (await openBrowser(kathmandu)).newPage();
  const injected = `<script>window.inline = true</script><script src="https://evil.example/x.js"></script>
    <img src="data:," onerror="window.handler = true"><base href="https://evil.example/">
    <style>body { --styled: yes }</style>`;
  await page.route("**/sign-in", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({
      response: answer,
      body: (await answer.text()).replace("<main", `${injected}<main`),
    });
  });
  await page.goto("/sign-in");
  await page.evaluate(() => {
    const link = document.createElement("a");
    link.href = "javascript:window.link = true";
    document.body.append(link);
    document.body.insertAdjacentHTML("beforeend", `<img src="data:," onerror="window.inserted = true">`);
    link.click();
  });
  await expect(page.getByLabel("E-mail")).toBeVisible();
  await expectReady(page);
  const found = await page.evaluate(() => ({
    ran: ["inline", "handler", "link", "inserted"].filter((name) => name in window),
    base: document.baseURI,
    styled: getComputedStyle(document.body).getPropertyValue("--styled"),
  }));
  expect(found).toEqual({ ran: [], base: `${outputs().web}/sign-in`, styled: "" });
  // React also reports that the page is not the one that it rendered.
  complaints.expect(/Content Security Policy/, /Minified React error #418/);
});

test("markup and links from members are shown as text", async ({ openBrowser }) => {
  const markup = `<img src=x onerror="window.ran = true"><script>window.ran = true</script>`;
  const [owner, member] = [await newMember("Hostile"), await newMember("Reader")];
  const name = `${markup.slice(0, 44)} ${owner.name.slice(-8)}`;
  await owner.api.user.set.mutate({ displayName: name, bio: `${markup} javascript:alert(1)` });
  const availability = await post(owner, 28, {
    location: "javascript:window.ran=true",
    description: markup,
  });
  const { owner: username, id, startTime } = availability;
  const page = await openAs(member, await openBrowser(kathmandu), "/find");
  await expect(page.getByRole("main").getByText(name)).toBeVisible();
  const expectInert = async () => {
    await expect(page.getByRole("main").getByText("<img src=x").first()).toBeVisible();
    expect(await page.locator("main img, main script, [onerror], a[href^='javascript' i]").count()).toBe(0);
    expect(await page.evaluate(() => "ran" in globalThis)).toBe(false);
  };
  await expectInert();
  await page.goto(`/availabilities/${username}/${id}`);
  await expect(page.getByText("javascript:window.ran=true")).toBeVisible();
  await expectInert();
  await page.goto(`/members/${username}`);
  await expectInert();
  const meeting = await member.api.availability.book.mutate({ owner: username, id, startTime });
  await owner.api.meeting.cancel.mutate({ id: meeting.id, reason: markup });
  await page.goto(`/meetings/${meeting.id}`);
  await expectInert();
});

test("the session's cookies stay on this site, and requests from other sites are refused", async ({
  openBrowser,
}) => {
  const member = await newMember("Cookies");
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/find");
  const session = (await context.cookies()).filter(({ name }) => name.startsWith("Cognito"));
  expect(session.length).toBeGreaterThan(0);
  // `Secure` needs https; browsers trust loopback without it.
  expect(session.filter(({ sameSite, domain }) => sameSite !== "Lax" || domain !== "localhost")).toEqual([]);

  for (const path of ["/find", "/sign-in", "/sign-in/google?code=x", "/meetings/x/meeting.ics"]) {
    const answer = await page.request.post(path, { headers: { "sec-fetch-site": "cross-site" } });
    expect(answer.status(), path).toBe(403);
  }
  const write = await page.request.post("/api/trpc/user.set", {
    headers: { "sec-fetch-site": "cross-site" },
    data: { bio: "Not mine" },
  });
  expect(write.status()).toBe(401);
});
