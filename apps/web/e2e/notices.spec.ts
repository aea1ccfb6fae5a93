import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { newMember, openAs } from "./members.ts";

test("a notice waits while it is pointed at or has the focus, and leaves by itself", async ({
  openBrowser,
}) => {
  const page = await openAs(await newMember("Notice"), await openBrowser(kathmandu), "/profile");
  await page.clock.install();
  await page.goto("/profile");
  const save = page.getByRole("button", { name: "Save", exact: true });
  await save.click();
  const notice = page.getByRole("group", { name: "Saved" });
  await notice.hover();
  await page.clock.fastForward("01:00");
  await expect(notice).toBeVisible();
  await page.mouse.move(0, 0);
  await page.clock.fastForward("00:07");
  await expect(notice).toBeHidden();

  await save.click();
  await expect(notice).toBeVisible();
  await page.keyboard.press("F6");
  await page.clock.fastForward("01:00");
  await expect(notice).toBeVisible();
  await notice.getByRole("button", { name: "Dismiss" }).focus();
  await page.keyboard.press("Enter");
  await expect(notice).toBeHidden();
});
