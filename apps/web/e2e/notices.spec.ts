import type { Locator } from "@playwright/test";
import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { newMember, openAs } from "./members.ts";

/** Expects a notice to stay for ten seconds, in which it would otherwise disappear. */
async function outlives(notice: Locator): Promise<void> {
  await notice.page().clock.runFor(10_000);
  // It fades out before it disappears.
  await expect(notice).not.toHaveAttribute("data-ending-style");
  await expect(notice).toBeVisible();
}

test("a notice stays under the pointer and while it has the focus, and disappears otherwise", async ({
  openBrowser,
}) => {
  const page = await openAs(await newMember("Notice"), await openBrowser(kathmandu), "/profile");
  await page.clock.install();
  await page.goto("/profile");
  const save = page.getByRole("button", { name: "Save", exact: true });
  await save.click();
  const notice = page.getByRole("group", { name: "Saved" });
  await notice.hover();
  await outlives(notice);
  await page.mouse.move(0, 0);
  await page.clock.runFor(10_000);
  await expect(notice).toBeHidden();

  await save.click();
  await expect(notice).toBeVisible();
  await page.keyboard.press("F6");
  await outlives(notice);
  await notice.getByRole("button", { name: "Dismiss" }).focus();
  await page.keyboard.press("Enter");
  await expect(notice).toBeHidden();
});
