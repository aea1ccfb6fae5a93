import type { Page } from "@playwright/test";
import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { expectReady } from "./interactions.ts";
import { bookedAvailability, newMember, openAs, post } from "./members.ts";

const phone = { viewport: { width: 390, height: 700 } };

/** Returns how far a page scrolls sideways, in pixels. */
function sideways(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

test("long words in names, places and notes make no page wider than a phone", async ({
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
  // A lost race shows a message and similar open times, with the owner's long name.
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

test("every time follows one clock: the browser's by default, then the chosen one", async ({
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
  // The server's HTML has the same times: React reports no mismatch.
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

test("the owner's open page shows a new booking when it becomes visible again", async ({ openBrowser }) => {
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

test("signing in returns to the calendar's list, and a past week does not invite members to post", async ({
  openBrowser,
}) => {
  const member = await newMember("Way");
  const page = await openAs(member, await openBrowser(kathmandu), "/calendar?view=list");
  await expect(page.getByRole("radio", { name: "List" })).toBeChecked();
  await page.goto("/calendar?view=week");
  await expect(page.getByText(/Drag over the hours/)).toBeVisible();
  await page.getByRole("button", { name: "Previous days" }).click();
  await expect(page.getByText(/Drag over the hours/)).toBeHidden();
});

test("every page's title is the same as its heading", async ({ openBrowser }) => {
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
  // The heading may be the previous page's until the navigation ends.
  await expect(async () => {
    const heading = (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
    expect(await page.title()).toBe(heading.endsWith("Kumite") ? heading : `${heading} · Kumite`);
  }).toPass({ timeout: 45_000 });
}
