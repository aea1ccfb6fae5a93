import type { Page } from "@playwright/test";
import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { expectReady } from "./interactions.ts";
import { newMember, openAs, post } from "./members.ts";

const api = "**/api/trpc/**";

/** Blocks the API until the returned function is called. */
async function cutOff(page: Page): Promise<() => Promise<void>> {
  await page.route(api, (route) => route.abort());
  return () => page.unroute(api);
}

test("a search without an answer shows an error, and can be retried", async ({ openBrowser, complaints }) => {
  const [owner, member] = [await newMember("Reach"), await newMember("Tunnel")];
  await post(owner, 22, { types: ["kata"] });
  const page = await openAs(member, await openBrowser(kathmandu), "/find");
  await expect(page.getByRole("link", { name: owner.name })).toBeVisible();
  await expectReady(page);
  const reconnect = await cutOff(page);
  await page.getByText("Kata practice", { exact: true }).first().click();
  const alert = page.getByRole("alert").filter({ hasText: "Kumite did not answer" });
  await expect(alert).toContainText("Check your connection, then try again.");
  complaints.expect(/ERR_FAILED .*availability\.search/);
  await reconnect();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("link", { name: owner.name })).toBeVisible();
  await expect(alert).toBeHidden();
});

test("pressing Book again after a lost answer books once", async ({ openBrowser, complaints }) => {
  const [owner, member] = [await newMember("Calm"), await newMember("Again")];
  const availability = await post(owner, 23);
  const page = await openAs(
    member,
    await openBrowser(kathmandu),
    `/availabilities/${availability.owner}/${availability.id}`,
  );
  // The booking reaches the API, the answer does not reach the browser.
  await page.route("**/availability.book*", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole("button", { name: /^Book/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Kumite did not answer" })).toBeVisible();
  complaints.expect(/ERR_FAILED .*availability\.book/);
  await page.unroute("**/availability.book*");
  await page.getByRole("button", { name: /^Book/ }).click();
  await expect(page).toHaveURL(/\/meetings\//);
  expect((await member.api.meeting.list.query({})).items).toHaveLength(1);
});

test("pressing Post again after a lost answer, with a change, posts once", async ({
  openBrowser,
  complaints,
}) => {
  const owner = await newMember("Insist");
  const page = await openAs(owner, await openBrowser(kathmandu), "/post");
  // Not for Black: the test of empty pages below has a member of Black.
  await page.getByText("Black", { exact: true }).click();
  await page.route("**/availability.set*", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Kumite did not answer" })).toBeVisible();
  complaints.expect(/ERR_FAILED .*availability\.set/);
  await page.unroute("**/availability.set*");
  await page.getByLabel("Until").fill("21:00");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(page).toHaveURL(/\/availabilities\//);
  const { items } = await owner.api.availability.list.query({});
  expect(items).toHaveLength(1);
  const [{ startTime, endTime } = { startTime: "", endTime: "" }] = items;
  expect(Date.parse(endTime) - Date.parse(startTime)).toBe(3 * 3_600_000);
});

test("booking offline shows an error at once, and works once online", async ({ openBrowser, complaints }) => {
  const [owner, member] = [await newMember("Train"), await newMember("Mobile")];
  const availability = await post(owner, 24);
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, `/availabilities/${availability.owner}/${availability.id}`);
  await expect(page.getByRole("button", { name: /^Book/ })).toBeEnabled();
  await expectReady(page);
  await context.setOffline(true);
  await page.getByRole("button", { name: /^Book/ }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Check your connection" })).toBeVisible();
  // From the booking, and from pages that Next.js prefetches.
  complaints.expect(/ERR_INTERNET_DISCONNECTED /);
  await context.setOffline(false);
  await page.getByRole("button", { name: /^Book/ }).click();
  await expect(page).toHaveURL(/\/meetings\//);
});

test("empty pages tell a new member what to do", async ({ openBrowser }) => {
  // No test posts for Black.
  const member = await newMember("Alone", { cohort: "Black" });
  const page = await openAs(member, await openBrowser(kathmandu), "/find");
  await expect(page.getByRole("heading", { name: "Nothing is open to you just now" })).toBeVisible();
  await page.getByText("Lesson", { exact: true }).click();
  await expect(page.getByRole("heading", { name: "Nothing fits these filters" })).toBeVisible();
  await page.getByRole("button", { name: "Show everything" }).click();
  await expect(page.getByRole("heading", { name: "Nothing is open to you just now" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Post an open time" }).click();
  await expect(page).toHaveURL("/post");
  await page.getByRole("navigation").getByRole("link", { name: "Calendar" }).click();
  await page.getByText("List", { exact: true }).click();
  await expect(page.getByText("Nothing here. Post an open time, or find one to book.")).toBeVisible();
});

test("missing pages say so, and show the way back", async ({ openBrowser, complaints }) => {
  const context = await openBrowser(kathmandu);
  const nobody = await context.newPage();
  expect((await nobody.goto("/no-such-page"))?.status()).toBe(404);
  await expect(nobody.getByRole("heading", { name: "There is no such page" })).toBeVisible();

  const member = await newMember("Lost");
  const page = await openAs(member, context, "/find");
  for (const path of [`/availabilities/${member.username}/gone`, "/members/nobody", "/meetings/none"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: /Nothing here|This open time is gone/ })).toBeVisible();
    await expect(page.getByRole("banner")).toBeVisible();
  }
  complaints.expect(/status of 404 /);
});
