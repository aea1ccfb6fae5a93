import { instantIn, kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { expectFocusInSight } from "./interactions.ts";
import { newMember, openAs } from "./members.ts";

test("refuses an end before the start, unless it is marked as on the next day", async ({ openBrowser }) => {
  const page = await openAs(await newMember("Night"), await openBrowser(kathmandu), "/post");
  const until = page.getByLabel("Until");
  await page.getByLabel("From").fill("22:00");
  await until.fill("02:00");
  await expect(page.getByText("22:00 until 02:00 the next day, 4 h")).toBeVisible();
  await page.getByLabel("From").fill("19:00");
  await until.fill("18:00");
  await expect(until).toHaveAccessibleDescription("Until is before the start");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(until).toHaveAccessibleDescription("Until is before the start");
  await expect(page).toHaveURL("/post");
  await page.getByLabel("It ends the next day").check();
  await expect(page.getByText("19:00 until 18:00 the next day, 23 h")).toBeVisible();
  await expect(until).toHaveAccessibleDescription("");
  // With another time, the question comes again.
  await until.fill("17:00");
  await expect(until).toHaveAccessibleDescription("Until is before the start");
});

test("a field with a mistake is scrolled clear of the header", async ({ openBrowser }) => {
  const page = await openAs(
    await newMember("Hidden"),
    await openBrowser(kathmandu, { viewport: { width: 390, height: 700 } }),
    "/post",
  );
  const from = page.getByLabel("From");
  await from.fill("");
  const send = page.getByRole("button", { name: "Post", exact: true });
  await send.scrollIntoViewIfNeeded();
  await expect(from).not.toBeInViewport();
  await send.click();
  await expect(from).toBeFocused();
  await expectFocusInSight(from);
  const header = await page.getByRole("banner").boundingBox();
  const label = await page.getByText("From", { exact: true }).boundingBox();
  expect(label?.y).toBeGreaterThan((header?.y ?? 0) + (header?.height ?? 0));
});

test("an error of a posting disappears once a field changes", async ({ openBrowser, complaints }) => {
  const page = await openAs(await newMember("Stale"), await openBrowser(kathmandu), "/post");
  const send = page.getByRole("button", { name: "Post", exact: true });
  await page.route("**/api/trpc/**", (route) => route.abort());
  await send.click();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("Kumite did not answer");
  complaints.expect(/ERR_FAILED .*availability\.set/);
  await page.getByLabel("Until").fill("21:00");
  await expect(alert).toBeHidden();

  // The server's message at a field disappears with its cause, even if the cause is in another field.
  await page.unroute("**/api/trpc/**");
  await page.getByLabel("Day").fill(instantIn(-1, "12:00", kathmandu).slice(0, 10));
  await send.click();
  await expect(page.getByLabel("From")).toHaveAccessibleDescription("Choose a start in the future");
  complaints.expect(/status of 400 .*availability\.set/);
  await page.getByLabel("Day").fill(instantIn(4, "12:00", kathmandu).slice(0, 10));
  await expect(page.getByLabel("From")).toHaveAccessibleDescription("");
});

test("finds a zone by its country, and by the name of its time", async ({ openBrowser }) => {
  const page = await openAs(await newMember("Zones"), await openBrowser(kathmandu), "/profile");
  await page.getByLabel("Time zone").click();
  const search = page.getByRole("combobox", { name: "Search for a city" });
  for (const [query, zone] of [
    ["nepal", "Asia/Kathmandu"],
    ["san francisco", "America/Los_Angeles"],
    ["EST", "America/New_York"],
    ["utc+5", "Asia/Karachi"],
  ] as const) {
    await search.fill(query);
    await expect(page.getByRole("listbox").getByRole("option").first()).toContainText(zone);
  }
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Time zone")).toContainText("Asia/Karachi");
  await expect(page.getByText("Mail me")).toBeHidden();
});
