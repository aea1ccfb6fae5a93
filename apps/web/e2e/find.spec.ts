import { instantIn, kathmandu, timeInWords } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { expectReady } from "./interactions.ts";
import { bookedAvailability, newMember, openAs, post } from "./members.ts";

test("Find marks what clashes with the member's own meetings, and hides it on demand", async ({
  openBrowser,
}) => {
  const owner = await newMember("Clash");
  const { guest, meeting } = await bookedAvailability(40, owner);
  const other = await newMember("Other");
  // The meeting takes the first hour: one availability is over by then, the other has free starts after it.
  const clashing = await post(other, 40, { endTime: meeting.endTime });
  const free = await post(other, 40);
  const page = await openAs(guest, await openBrowser(kathmandu), "/find");
  const row = (id: string) => page.locator(`main a[href*="${id}"]`);
  const words = `Clashes with your meeting at ${timeInWords(meeting.startTime, kathmandu)}`;
  await expect(row(clashing.id)).toContainText(words);
  await expect(row(free.id)).toBeVisible();
  await expect(row(free.id)).not.toContainText("Clashes");

  // The checkbox reads its state from the address, and `check` does not wait for that.
  const fits = page.getByLabel("Fits my calendar");
  await fits.click();
  await expect(fits).toBeChecked();
  await expect(row(clashing.id)).toBeHidden();
  await expect(row(free.id)).toBeVisible();
  // The browser checks another search against the calendar too, and so does the page opened by its address.
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

test("a search that fails shows its error, and not the results of the previous search", async ({
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
  // The server's results are still there for their own search.
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(page.getByRole("link", { name: owner.name })).toBeVisible();
});

test("a last day before the first day shows a message at its field", async ({ openBrowser }) => {
  const page = await openAs(await newMember("Days"), await openBrowser(kathmandu), "/find");
  await page.getByLabel("From").fill(instantIn(5, "12:00", kathmandu).slice(0, 10));
  await page.getByLabel("Until").fill(instantIn(3, "12:00", kathmandu).slice(0, 10));
  const until = page.getByLabel("Until");
  await expect(until).toHaveAccessibleDescription("Until is before From, so it is ignored");
  await page.getByLabel("From").fill(instantIn(2, "12:00", kathmandu).slice(0, 10));
  await expect(until).toHaveAccessibleDescription("");
});
