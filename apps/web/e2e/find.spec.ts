import { instantIn, kathmandu, timeInWords } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { expectReady } from "./interactions.ts";
import { bookedAvailability, newMember, openAs, post } from "./members.ts";

test("what clashes with a meeting of one's own is marked in Find, and hidden on demand", async ({
  openBrowser,
}) => {
  const owner = await newMember("Clash");
  const { guest, meeting } = await bookedAvailability(40, owner);
  const other = await newMember("Other");
  // The meeting lasts the first hour: one availability has it throughout, the other has free starts after it.
  const clashing = await post(other, 40, { endTime: meeting.endTime });
  const free = await post(other, 40);
  const page = await openAs(guest, await openBrowser(kathmandu), "/find");
  const row = (id: string) => page.locator(`main a[href*="${id}"]`);
  const words = `Clashes with your meeting at ${timeInWords(meeting.startTime, kathmandu)}`;
  await expect(row(clashing.id)).toContainText(words);
  await expect(row(free.id)).toBeVisible();
  await expect(row(free.id)).not.toContainText("Clashes");

  // Its state comes back by way of the address, which `check` does not wait for.
  const fits = page.getByLabel("Fits my calendar");
  await fits.click();
  await expect(fits).toBeChecked();
  await expect(row(clashing.id)).toBeHidden();
  await expect(row(free.id)).toBeVisible();
  // Another search is checked against the calendar by the browser; and so is the page that is opened by its address.
  await page.getByLabel("Until").fill(instantIn(60, "12:00", kathmandu).slice(0, 10));
  await expect(page).toHaveURL(/to=/);
  await expect(row(free.id)).toBeVisible();
  await expect(row(clashing.id)).toBeHidden();
  await fits.click();
  await expect(fits).not.toBeChecked();
  await expect(row(clashing.id)).toContainText(words);
  await page.goto("/find?fits=1");
  await expect(row(free.id)).toBeVisible();
  await expect(row(clashing.id)).toBeHidden();
});

test("a search that cannot be asked shows its error alone, and not the open times of the one before", async ({
  openBrowser,
  complaints,
}) => {
  const [owner, member] = [await newMember("Before"), await newMember("Offline")];
  await post(owner, 43);
  const context = await openBrowser(kathmandu);
  const page = await openAs(member, context, "/find");
  await expect(page.getByRole("link", { name: owner.name })).toBeVisible();
  await expectReady(page);
  await context.setOffline(true);
  await page.getByText("Kata practice", { exact: true }).first().click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await expect(page.getByRole("link", { name: owner.name })).toBeHidden();
  complaints.expect(/ERR_INTERNET_DISCONNECTED|Failed to load/);
  // What the server found stands for the search that it was found for.
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByRole("link", { name: owner.name })).toBeVisible();
});

test("a last day before the first one is said at its field", async ({ openBrowser }) => {
  const page = await openAs(await newMember("Days"), await openBrowser(kathmandu), "/find");
  await page.getByLabel("From").fill(instantIn(5, "12:00", kathmandu).slice(0, 10));
  await page.getByLabel("Until").fill(instantIn(3, "12:00", kathmandu).slice(0, 10));
  const until = page.getByLabel("Until");
  await expect(until).toHaveAccessibleDescription("Until is before From, and does not count");
  await page.getByLabel("From").fill(instantIn(2, "12:00", kathmandu).slice(0, 10));
  await expect(until).toHaveAccessibleDescription("");
});
