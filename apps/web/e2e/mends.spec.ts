import type { Page } from "@playwright/test";
import { instantIn, kathmandu, timeInWords } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { expectFocusInSight, expectReady } from "./interactions.ts";
import { newMember, openAs, post } from "./members.ts";

const phone = { viewport: { width: 390, height: 700 } };

/** A one-to-one availability of two hours at 20:00 UTC, booked from its start. */
async function bookedAvailability(days: number, owner: Awaited<ReturnType<typeof newMember>>) {
  const guest = await newMember("Guest");
  const availability = await post(owner, days);
  const { id, startTime } = availability;
  const meeting = await guest.api.availability.book.mutate({ owner: availability.owner, id, startTime });
  return { availability, guest, meeting };
}

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

test("an end before the start is a mistake, until it is said to be on the next day", async ({
  openBrowser,
}) => {
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
  // Other times are asked about again.
  await until.fill("17:00");
  await expect(until).toHaveAccessibleDescription("Until is before the start");
});

test("a field with a mistake is scrolled clear of the header", async ({ openBrowser }) => {
  const page = await openAs(await newMember("Hidden"), await openBrowser(kathmandu, phone), "/post");
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

/** How far a page can be scrolled sideways. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test("a name, a place or notes of one long word make no page wider than a phone", async ({
  openBrowser,
  complaints,
}) => {
  const [owner, guest] = [await newMember("W".repeat(68)), await newMember("M".repeat(68))];
  const long = { location: "L".repeat(200), description: "D".repeat(400) };
  const availability = await post(owner, 41, { ...long, maxParticipants: 3 });
  const open = await post(owner, 42, long);
  const { id, owner: username, startTime } = availability;
  const meeting = await guest.api.availability.book.mutate({ owner: username, id, startTime });
  await owner.api.user.set.mutate({ bio: "B".repeat(300), discordUsername: "d".repeat(32) });
  const paths = {
    guest: [
      "/find",
      `/availabilities/${username}/${id}`,
      `/availabilities/${username}/${open.id}`,
      `/members/${username}`,
      `/meetings/${meeting.id}`,
      "/calendar?view=list",
      "/calendar?view=day",
    ],
    owner: [`/availabilities/${username}/${id}`, `/availabilities/${username}/${id}/edit`, "/profile"],
  };
  for (const [member, addresses] of [
    [guest, paths.guest],
    [owner, paths.owner],
  ] as const) {
    const page = await openAs(member, await openBrowser(kathmandu, phone), "/profile");
    for (const address of addresses) {
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.getByRole("main").locator("[aria-busy=true]")).toHaveCount(0);
      expect(await sideways(page), address).toBeLessThanOrEqual(0);
    }
  }
  // What was taken a moment ago is said, with the owner's name among what is like it.
  await guest.api.meeting.cancel.mutate({ id: meeting.id });
  const other = await newMember("Slow");
  const page = await openAs(
    other,
    await openBrowser(kathmandu, phone),
    `/availabilities/${open.owner}/${open.id}`,
  );
  await expect(page.getByRole("button", { name: /^Book/ })).toBeEnabled();
  await expectReady(page);
  await guest.api.availability.book.mutate({ owner: username, id: open.id, startTime: open.startTime });
  await page.getByRole("button", { name: /^Book/ }).click();
  await expect(page.getByText("Taken a moment ago.")).toBeVisible();
  complaints.expect(/status of 409 /);
  await expect(page.getByRole("main").locator("[aria-busy=true]")).toHaveCount(0);
  expect(await sideways(page)).toBeLessThanOrEqual(0);
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

test("what went wrong with a posting is no longer said once something is changed", async ({
  openBrowser,
  complaints,
}) => {
  const page = await openAs(await newMember("Stale"), await openBrowser(kathmandu), "/post");
  const send = page.getByRole("button", { name: "Post", exact: true });
  await page.route("**/api/trpc/**", (route) => route.abort());
  await send.click();
  const alert = page.getByRole("main").getByRole("alert");
  await expect(alert).toContainText("Kumite did not answer");
  complaints.expect(/ERR_FAILED .*availability\.set/);
  await page.getByLabel("Until").fill("21:00");
  await expect(alert).toBeHidden();

  // What the server says at a field goes with its cause, which may stand in another field.
  await page.unroute("**/api/trpc/**");
  await page.getByLabel("Day").fill(instantIn(-1, "12:00", kathmandu).slice(0, 10));
  await send.click();
  await expect(page.getByLabel("From")).toHaveAccessibleDescription("Choose a start in the future");
  complaints.expect(/status of 400 .*availability\.set/);
  await page.getByLabel("Day").fill(instantIn(4, "12:00", kathmandu).slice(0, 10));
  await expect(page.getByLabel("From")).toHaveAccessibleDescription("");
});

test("every time follows one clock: the browser's at first, then the one that is chosen", async ({
  openBrowser,
}) => {
  const [owner, member] = [await newMember("Hours"), await newMember("Halves", { timezone: "UTC" })];
  await post(owner, 44);
  const american = await openAs(member, await openBrowser("UTC", { locale: "en-US" }), "/find");
  await expect(american.getByRole("link", { name: owner.name })).toContainText("8:00–10:00 pm");

  const page = await openAs(member, await openBrowser("UTC"), "/find");
  const link = page.getByRole("link", { name: owner.name });
  await expect(link).toContainText("20:00–22:00");
  await page.goto("/profile");
  await page.getByText("12 hours, 6:00 pm").click();
  await expect(page.getByRole("banner")).toContainText(/\d:\d\d\s[ap]m/);
  // The server's HTML says the same: React finds nothing to complain about.
  await page.goto("/find");
  await expect(link).toContainText("8:00–10:00 pm");
  await page.goto("/calendar?view=week");
  await expect(page.getByRole("table").getByText("10:00 am").first()).toBeVisible();
  await page.goto("/post");
  const from = page.getByLabel("From");
  await expect(from).toHaveValue(/6:00.pm/);
  await from.fill("5:30 pm");
  await from.blur();
  await expect(from).toHaveValue(/5:30.pm/);
  await expect(page.getByText(/5:30–8:00\spm/)).toBeVisible();
  await from.fill("late");
  await page.getByRole("button", { name: "Post", exact: true }).click();
  await expect(from).toHaveAccessibleDescription("Choose a time");
  await expect(from).toBeFocused();
  await page.goto("/profile");
  await page.getByText("Like my browser").click();
  await page.goto("/find");
  await expect(link).toContainText("20:00–22:00");
});

test("an open page of the owner hears of a booking when it comes back into sight", async ({
  openBrowser,
}) => {
  const [owner, guest] = [await newMember("Waiting"), await newMember("Silent")];
  const availability = await post(owner, 45);
  const page = await openAs(
    owner,
    await openBrowser(kathmandu),
    `/availabilities/${availability.owner}/${availability.id}`,
  );
  await expect(page.getByText("Nobody has booked it yet.")).toBeVisible();
  await expectReady(page);
  const { id, startTime } = availability;
  await guest.api.availability.book.mutate({ owner: availability.owner, id, startTime });
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })));
  await expect(page.getByRole("heading", { name: "Booked" })).toBeVisible();
  await expect(page.getByText("Nobody has booked it yet.")).toBeHidden();
});

test("the calendar's list is open again after signing in, and a past week invites nobody to post", async ({
  openBrowser,
}) => {
  const member = await newMember("Way");
  const page = await openAs(member, await openBrowser(kathmandu), "/calendar?view=list");
  await expect(page.getByRole("radio", { name: "List" })).toBeChecked();
  await page.goto("/calendar?view=week");
  await expect(page.getByText(/Drag over the hours/)).toBeVisible();
  await page.getByRole("button", { name: "Days before" }).click();
  await expect(page.getByText(/Drag over the hours/)).toBeHidden();
});

test("a page is called in its title what its heading calls it", async ({ openBrowser }) => {
  const owner = await newMember("Title");
  const { availability, guest, meeting } = await bookedAvailability(46, owner);
  const context = await openBrowser(kathmandu);
  const landing = await context.newPage();
  for (const path of ["/", "/sign-in", "/sign-up", "/confirm", "/forgot-password"]) {
    await landing.goto(path);
    await expectTitle(landing);
  }
  const page = await openAs(guest, context, "/find");
  for (const path of [
    "/find",
    "/calendar",
    "/post",
    "/profile",
    "/profile?welcome=/find",
    `/availabilities/${availability.owner}/${availability.id}`,
    `/availabilities/${availability.owner}/${availability.id}/edit`,
    `/meetings/${meeting.id}`,
    `/members/${owner.username}`,
    "/members/nobody",
    `/availabilities/${availability.owner}/gone`,
    `/availabilities/${availability.owner}/gone/edit`,
    "/meetings/none",
  ]) {
    await page.goto(path);
    await expectTitle(page);
  }
});

async function expectTitle(page: Page): Promise<void> {
  // The heading may be that of a page which is still on its way.
  await expect(async () => {
    const heading = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
    expect(await page.title()).toBe(heading.endsWith("Kumite") ? heading : `${heading} · Kumite`);
  }).toPass({ timeout: 45_000 });
}

test("a zone is found by its country, and by what its time is called", async ({ openBrowser }) => {
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
