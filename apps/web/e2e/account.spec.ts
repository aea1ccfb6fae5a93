import type { Locator } from "@playwright/test";
import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { fillSignIn, mailedCode, newcomer, newMember } from "./members.ts";

/** Expects a field to be invalid, with this description. */
async function expectWrong(field: Locator, words: string | RegExp): Promise<void> {
  await expect(field).toHaveAccessibleDescription(words);
  await expect(field).toHaveAttribute("aria-invalid", "true");
}

test("shows at each field what is missing", async ({ openBrowser }) => {
  const page = await (await openBrowser(kathmandu)).newPage();
  await page.goto("/sign-up");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectWrong(page.getByLabel("Name"), /Tell others what to call you/);
  await expectWrong(page.getByLabel("E-mail"), /Enter your e-mail address/);
  await expectWrong(page.getByLabel("Password", { exact: true }), /At least 8 characters$/);
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.getByLabel("E-mail").fill("ama@");
  await expectWrong(page.getByLabel("E-mail"), /That is not an e-mail address/);
  await page.getByLabel("Password", { exact: true }).fill("Password1");
  await expectWrong(page.getByLabel("Password", { exact: true }), /Add a symbol/);
});

test("an address that has an account cannot sign up again", async ({ openBrowser, complaints }) => {
  const member = await newMember("Twice");
  const page = await (await openBrowser(kathmandu)).newPage();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill("Someone else");
  await page.getByLabel("E-mail").fill(member.email.toUpperCase());
  await page.getByLabel("Password", { exact: true }).fill(newcomer("").password);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expectWrong(page.getByLabel("E-mail"), /There is already an account with this address/);
  await expect(page.getByLabel("E-mail")).toBeFocused();
  complaints.expect(/status of 400 /);
});

test("a wrong code is refused, a new one can be sent, and only the newest counts", async ({
  openBrowser,
  complaints,
}) => {
  const account = newcomer("Codes");
  const page = await (await openBrowser(kathmandu)).newPage();
  await page.goto("/sign-up?next=%2Fcalendar");
  await page.getByLabel("Name").fill(account.name);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign up" }).click();

  const code = page.getByLabel("Code");
  await code.fill("12345");
  await page.getByRole("button", { name: "Confirm" }).click();
  await expectWrong(code, /Enter the six digits from the e-mail/);

  const first = await mailedCode(account.email);
  await page.getByRole("button", { name: "Send a new code" }).click();
  await expect(page.getByText("A new code is on its way.")).toBeVisible();
  const second = await mailedCode(account.email, 2);
  await code.fill(first === second ? "000000" : first);
  await page.getByRole("button", { name: "Confirm" }).click();
  await expectWrong(code, /That is not the code/);
  complaints.expect(/status of 400 /);

  await code.fill(second);
  await page.getByRole("button", { name: "Confirm" }).click();
  // A new member sees the profile first, then the page that they asked for.
  await expect(page.getByRole("heading", { name: "Welcome to Kumite" })).toBeVisible();
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expectWrong(page.getByLabel("Cohort"), /Choose your cohort/);
  await page.getByLabel("Cohort").selectOption("White");
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page).toHaveURL(/\/calendar/);
});

test("signing in continues an unfinished sign-up", async ({ openBrowser, complaints }) => {
  const account = newcomer("Later");
  const page = await (await openBrowser(kathmandu)).newPage();
  await page.goto("/sign-up");
  await page.getByLabel("Name").fill(account.name);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "Confirm your address" })).toBeVisible();

  await page.goto("/sign-in");
  await fillSignIn(page, account);
  await expect(page.getByRole("heading", { name: "Confirm your address" })).toBeVisible();
  complaints.expect(/status of 400 /);
  await page.getByLabel("Code").fill(await mailedCode(account.email, 2));
  await page.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("heading", { name: "Welcome to Kumite" })).toBeVisible();
});

test("a wrong password and an unknown address get the same message", async ({ openBrowser, complaints }) => {
  const member = await newMember("Typist");
  const page = await (await openBrowser(kathmandu)).newPage();
  await page.goto("/sign-in");
  for (const account of [{ ...member, password: "Wrong-1234" }, newcomer("Nobody")]) {
    await fillSignIn(page, account);
    await expect(page.getByRole("alert").filter({ hasText: /./ })).toHaveText(
      "The e-mail address or the password is wrong.",
    );
    await expect(page).toHaveURL("/sign-in");
    await expect(page.getByRole("button", { name: "Sign in" })).toBeEnabled();
    await page.reload();
  }
  complaints.expect(/status of 400 /);
});

test("a forgotten password is replaced with a code from the mailbox", async ({ openBrowser, complaints }) => {
  const member = await newMember("Forgetful");
  const page = await (await openBrowser(kathmandu)).newPage();
  await page.goto("/sign-in?next=%2Fpost");
  await page.getByRole("link", { name: "Forgotten password?" }).click();
  await expect(page.getByRole("heading", { name: "A new password" })).toBeVisible();
  await page.getByLabel("E-mail").fill(member.email);
  await page.getByRole("button", { name: "Send me a code" }).click();
  const code = page.getByLabel("Code");
  await expect(code).toBeFocused();

  const right = await mailedCode(member.email, 2);
  const password = newcomer("").password;
  await code.fill(right === "000000" ? "000001" : "000000");
  await page.getByLabel("New password").fill("weak");
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expectWrong(page.getByLabel("New password"), /At least 8 characters$/);
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expectWrong(code, /That is not the code/);
  await code.fill(right);
  await page.getByRole("button", { name: "Save and sign in" }).click();
  await expect(page).toHaveURL("/post");

  // The old password no longer works.
  const other = await (await openBrowser(kathmandu)).newPage();
  await other.goto("/sign-in");
  await fillSignIn(other, member);
  await expect(other.getByText("The e-mail address or the password is wrong.")).toBeVisible();
  await fillSignIn(other, { ...member, password });
  await expect(other).toHaveURL("/find");
  complaints.expect(/status of 400 /);
});

test("saves a profile, and shows times in its zone", async ({ openBrowser }) => {
  const member = await newMember("Mover", { timezone: kathmandu });
  const page = await (await openBrowser(kathmandu)).newPage();
  await page.goto("/sign-in?next=%2Fprofile");
  await fillSignIn(page, member);
  const clock = page.getByRole("link", { name: "Your time zone" });
  await expect(clock).toContainText("UTC+5:45");
  await page.getByLabel("Time zone").click();
  await page.getByRole("combobox", { name: "Search for a city" }).fill("st johns");
  await page.getByRole("option", { name: /America\/St_Johns/ }).click();
  await page.getByLabel("About you").fill("Two lines\nof me");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(clock).toContainText("America/St_Johns");
  await page.reload();
  await expect(clock).toContainText("America/St_Johns");
  await expect(page.getByLabel("About you")).toHaveValue("Two lines\nof me");
});
