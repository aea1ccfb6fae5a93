import { randomUUID } from "node:crypto";
import { type Stack, startStack } from "@kumite/local";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { outputs } from "./fixtures.ts";

interface Fixtures {
  /** A browser that trusts the hosted domain's certificate; errors in its console fail the test. */
  visitor: BrowserContext;
  /** Errors that may occur there. */
  refusals: RegExp[];
}

/** A separate stack with a stand-in for Google: the other tests' stack has none. */
const test = base.extend<Fixtures, { stack: Stack }>({
  stack: [
    async ({ browserName: _ }, use) => {
      const stack = await startStack({ web: "start", demo: false, google: true });
      await use(stack);
      await stack.stop();
    },
    { scope: "worker", timeout: 300_000 },
  ],
  refusals: async ({ browserName: _ }, use) => use([]),
  visitor: async ({ browser, stack, refusals }, use) => {
    const visitor = await browser.newContext({
      baseURL: stack.outputs.web,
      locale: "en-GB",
      timezoneId: "Asia/Kathmandu",
      ignoreHTTPSErrors: true,
    });
    const complaints: string[] = [];
    visitor.on("console", (message) => {
      if (message.type() === "error") complaints.push(`${message.text()} ${message.location().url}`);
    });
    visitor.on("weberror", (error) => complaints.push(String(error.error())));
    await use(visitor);
    await visitor.close();
    const isExpected = (text: string) => refusals.some((refusal) => refusal.test(text));
    expect(
      complaints.filter((text) => !isExpected(text)),
      "errors in the browser's console",
    ).toEqual([]);
  },
});

const newAddress = () => `${randomUUID()}@example.com`;
const password = "Passw0rd!x";

/** Presses the button, and waits for Google's page: the page before it has fields of the same names. */
async function goToGoogle(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await expect(page.getByRole("heading", { name: "A stand-in for Google" })).toBeVisible();
}

/** Presses the button, and signs in at Google as this person. */
async function continueWithGoogle(
  page: Page,
  { email, name, verified = true }: { email: string; name: string; verified?: boolean },
): Promise<void> {
  await goToGoogle(page);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("The address is verified").setChecked(verified);
  await page.getByRole("button", { name: "Continue" }).click();
}

/** Signs up with a password, and fills in the profile. */
async function signUpWithPassword(page: Page, stack: Stack, email: string, name: string): Promise<void> {
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByText(email)).toBeVisible();
  const mails = await page.request.get(`${stack.outputs.mailbox}/?to=${encodeURIComponent(email)}`);
  const [{ code }] = (await mails.json()) as [{ code: string }];
  await page.getByLabel("Code").fill(code);
  await page.getByRole("button", { name: "Confirm" }).click();
  await welcome(page);
}

/** Fills in a new member's profile. */
async function welcome(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { name: "Welcome to Kumite" })).toBeVisible();
  await page.getByLabel("Cohort").selectOption("Blue");
  await page.getByRole("button", { name: "Save and continue" }).click();
}

async function signInWithPassword(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await expect(page).toHaveURL("/");
}

/** Returns the member's own profile from the API. */
async function ownProfile(page: Page): Promise<{ username: string; displayName: string; email: string }> {
  const response = await page.request.get("/api/trpc/user.get?input=%7B%7D");
  return (await response.json()).result.data;
}

test("a new person from Google becomes a member, and gets the page that they asked for", async ({
  visitor,
  refusals,
}) => {
  const page = await visitor.newPage();
  const email = newAddress();
  await page.goto("/post");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await continueWithGoogle(page, { email, name: "Gus Grün" });
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Gus Grün");
  await welcome(page);
  await expect(page).toHaveURL("/post");
  expect(await ownProfile(page)).toMatchObject({ displayName: "Gus Grün", email });
  // They have the rights of a member.
  await page.getByRole("button", { name: "My cohort and its neighbors" }).click();
  await page.getByRole("button", { name: "Post" }).click();
  await expect(page.getByRole("heading", { name: "Open", exact: true })).toBeVisible();

  // A token that the API refuses is renewed, as with a password.
  refusals.push(/401/);
  const cookies = await visitor.cookies();
  const token = cookies.find(({ name }) => name.endsWith(".accessToken"));
  if (!token) throw new Error("There is no access token");
  await visitor.addCookies([{ ...token, value: `${token.value.slice(0, -9)}AAAAAAAAA` }]);
  await page.goto("/profile");
  await expect(page.getByRole("button", { name: "Save" })).toBeVisible();
  const renewed = (await visitor.cookies()).find(({ name }) => name === token.name);
  expect(renewed?.value).not.toBe(token.value);
});

test("signing out also ends the session at the hosted domain", async ({ visitor }) => {
  const page = await visitor.newPage();
  const person = { email: newAddress(), name: "Gus" };
  await page.goto("/sign-up");
  await continueWithGoogle(page, person);
  await welcome(page);
  await expect(page).toHaveURL("/find");
  const hosted = async () => (await visitor.cookies()).filter(({ name }) => name === "cognito");
  expect(await hosted()).toHaveLength(1);
  await signOut(page);
  expect(await hosted()).toEqual([]);
  await page.goto("/find");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  // A returning member sees no welcome.
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await expect(page.getByRole("heading", { name: "Find", exact: false }).first()).toBeVisible();
  await expect(page).toHaveURL("/find");
});

test("Google signs in to the existing account of the same verified address", async ({
  visitor,
  stack,
  browser,
}) => {
  const page = await visitor.newPage();
  const email = newAddress();
  await signUpWithPassword(page, stack, email, "Ann Before");
  await expect(page).toHaveURL("/find");
  const before = await ownProfile(page);
  await signOut(page);

  await page.goto("/sign-in?next=/profile");
  await continueWithGoogle(page, { email, name: "Ann at Google" });
  await expect(page).toHaveURL("/profile");
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("Ann Before");
  expect(await ownProfile(page)).toEqual(before);

  const other = await browser.newContext({ baseURL: stack.outputs.web });
  const otherPage = await other.newPage();
  await otherPage.goto("/sign-in");
  await signInWithPassword(otherPage, email);
  await expect(otherPage).toHaveURL("/find");
  expect(await ownProfile(otherPage)).toEqual(before);
  await other.close();
});

test("an address that Google has not verified opens no existing account", async ({ visitor, stack }) => {
  const page = await visitor.newPage();
  const email = newAddress();
  await signUpWithPassword(page, stack, email, "Ann");
  await expect(page).toHaveURL("/find");
  const ann = await ownProfile(page);
  await signOut(page);

  await page.goto("/sign-in");
  await continueWithGoogle(page, { email, name: "Mallory", verified: false });
  await expect(page.getByRole("heading", { name: "Welcome to Kumite" })).toBeVisible();
  const mallory = await ownProfile(page);
  expect(mallory.username).not.toBe(ann.username);
  expect(mallory.displayName).toBe("Mallory");
});

test("signing up with the address of a Google account says to use Google", async ({
  browser,
  stack,
  visitor,
}) => {
  const email = newAddress();
  const page = await visitor.newPage();
  await page.goto("/sign-up");
  await continueWithGoogle(page, { email, name: "Gus" });
  await expect(page.getByRole("heading", { name: "Welcome to Kumite" })).toBeVisible();

  const other = await browser.newContext({ baseURL: stack.outputs.web });
  const otherPage = await other.newPage();
  await otherPage.goto("/sign-up");
  await otherPage.getByLabel("Name").fill("Gus");
  await otherPage.getByLabel("E-mail").fill(email);
  await otherPage.getByLabel("Password", { exact: true }).fill(password);
  await otherPage.getByRole("button", { name: "Sign up" }).click();
  await expect(otherPage.getByText("This address signs in with Google")).toBeVisible();
  await other.close();
});

test("canceling at Google shows a message, and can be retried", async ({ visitor }) => {
  const page = await visitor.newPage();
  await page.goto("/sign-in?next=/calendar");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "You canceled at Google" })).toBeVisible();
  await expectAccessible(page);
  await continueWithGoogle(page, { email: newAddress(), name: "Gus" });
  await welcome(page);
  await expect(page).toHaveURL(/\/calendar/);
});

test("after going back from Google, signing in with a password works at once", async ({ visitor, stack }) => {
  const page = await visitor.newPage();
  const email = newAddress();
  await signUpWithPassword(page, stack, email, "Ann");
  await expect(page).toHaveURL("/find");
  await signOut(page);
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "Continue with Google" }).click();
  await expect(page.getByRole("heading", { name: "A stand-in for Google" })).toBeVisible();
  await page.goBack();
  await signInWithPassword(page, email);
  await expect(page).toHaveURL("/find");
});

test("refuses a redirect to another site, and a code that this browser did not request", async ({
  visitor,
}) => {
  const page = await visitor.newPage();
  await page.goto("/sign-in/google?code=stolen&state=guessed");
  await expect(page.getByRole("alert").filter({ hasText: "began in another tab" })).toBeVisible();
  await page.goto("/find");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();

  await goToGoogle(page);
  await page.getByLabel("E-mail").fill(newAddress());
  await page.getByLabel("Name").fill("Gus");
  // Other code on this site can write there.
  await page.context().addInitScript(() => {
    if (location.hostname !== "localhost") return;
    sessionStorage.setItem("kumite.google", '{"next":"https://evil.example/"}');
  });
  await page.getByRole("button", { name: "Continue" }).click();
  await welcome(page);
  await expect(page).toHaveURL("/find");
  await page.goto("/sign-in/google?next=//evil.example");
  await expect(page).toHaveURL("/find");
});

test("shows no button if Google is not configured", async ({ browser }) => {
  const page = await browser.newPage({ baseURL: outputs().web });
  for (const path of ["/sign-in", "/sign-up"]) {
    await page.goto(path);
    await expect(page.getByLabel("E-mail")).toBeVisible();
    await expect(page.getByRole("button", { name: "Continue with Google" })).toHaveCount(0);
  }
  await page.close();
});
