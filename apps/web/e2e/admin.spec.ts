import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { expectReady } from "./interactions.ts";
import { makeAdmin, newMember, openAs } from "./members.ts";

const cohorts = (page: Page) => page.getByRole("group", { name: "Cohorts" });
const nameFields = (page: Page) => cohorts(page).getByRole("textbox");

/** Saves, and waits for the confirmation. */
async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
}

test("an admin adds, renames, moves and retires a cohort, by keyboard too, and members see it", async ({
  openBrowser,
}) => {
  const admin = await newMember("Admin");
  await makeAdmin(admin);
  const page = await openAs(admin, await openBrowser(kathmandu), "/profile");
  await page.getByRole("button", { name: /^Account/ }).click();
  await page.getByRole("link", { name: "Community" }).click();
  await expect(page.getByRole("heading", { name: "Community", level: 1 })).toBeVisible();
  await expectReady(page);
  await expectAccessible(page);

  const label = `Red ${Date.now()}`;
  await page.getByRole("button", { name: "Add a cohort" }).press("Enter");
  await page.keyboard.type(label);
  await expect(nameFields(page).last()).toHaveValue(label);
  const up = page.getByRole("button", { name: `Move ${label} up` });
  await up.press("Enter");
  await expect(up).toBeFocused();
  await expect(nameFields(page).last()).not.toHaveValue(label);
  await save(page);

  // It takes effect within ten seconds.
  const community = async () => await admin.api.community.get.query();
  await expect.poll(async () => Object.values((await community()).cohortLabels)).toContain(label);
  await page.goto("/profile");
  await page.getByLabel("Cohort").selectOption(label);

  await page.goto("/admin");
  const field = nameFields(page).and(page.locator(`[value="${label}"]`));
  await field.fill(`${label} belt`);
  await page.getByRole("button", { name: `Retire ${label} belt` }).click();
  await save(page);
  await expect.poll(async () => (await community()).cohorts).not.toContain(label);
  expect((await community()).cohortLabels[label]).toBe(`${label} belt`);
  await page.goto("/profile");
  await expect(page.getByLabel("Cohort").getByRole("option", { name: `${label} belt` })).toHaveCount(0);
});

test("when two admins save, the second gets a conflict and can load the newer state", async ({
  openBrowser,
  complaints,
}) => {
  const admin = await newMember("Admins");
  await makeAdmin(admin);
  const context = await openBrowser(kathmandu);
  const first = await openAs(admin, context, "/admin");
  await expectReady(first);
  const second = await context.newPage();
  await second.goto("/admin");
  await expectReady(second);
  await first.getByLabel("Name of the community").fill("Kumite of the first");
  await save(first);

  await second.getByLabel("Name of the community").fill("Kumite of the second");
  await second.getByRole("button", { name: "Save" }).click();
  const conflict = second.getByRole("alert").filter({ hasText: "changed the community meanwhile" });
  await expect(conflict).toBeVisible();
  complaints.expect(/status of 409 .*community\.set/);
  await conflict.getByRole("button", { name: "Load the newer state" }).click();
  await expect(second.getByLabel("Name of the community")).toHaveValue("Kumite of the first");
  await expect(conflict).toBeHidden();
  await second.getByLabel("Name of the community").fill("Kumite");
  await save(second);
});

test("shows mistakes at their fields, and saves nothing", async ({ openBrowser, complaints }) => {
  const admin = await newMember("Hasty");
  await makeAdmin(admin);
  const context = await openBrowser(kathmandu, { viewport: { width: 390, height: 844 } });
  const page = await openAs(admin, context, "/admin");
  await expectReady(page);
  await page.getByLabel("Name of the community").fill(" ");
  await page.getByRole("spinbutton", { name: "Minutes of kind 1" }).fill("5");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Must not be empty")).toBeVisible();
  await expect(page.getByText("At least 15 minutes")).toBeVisible();
  complaints.expect(/status of 400 .*community\.set/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.reload();
  await expect(page.getByLabel("Name of the community")).toHaveValue("Kumite");
});

test("members who are not admins get no link, and 404", async ({ openBrowser, complaints }) => {
  const page = await openAs(await newMember("Curious"), await openBrowser(kathmandu), "/profile");
  await page.getByRole("button", { name: /^Account/ }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Community" })).toHaveCount(0);
  const response = await page.goto("/admin");
  expect(response?.status()).toBe(404);
  complaints.expect(/status of 404/);
});
