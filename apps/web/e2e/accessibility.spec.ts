import type { BrowserContext } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { instantIn, kathmandu, stJohns } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { dragOver } from "./interactions.ts";
import { type Member, mailedCode, newcomer, newMember, openAs, post } from "./members.ts";

// During a transition, colors are neither the old nor the new ones.
const still = { reducedMotion: "reduce" } as const;
const phone = { ...still, viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

for (const [device, options] of Object.entries({ desktop: still, phone })) {
  test.describe(device, () => {
    const open = (openBrowser: (zone: string, options: object) => Promise<BrowserContext>) =>
      openBrowser(stJohns, options);

    test("pages for everyone", async ({ openBrowser, complaints }) => {
      const page = await (await open(openBrowser)).newPage();
      await page.goto("/");
      await expectAccessible(page);
      await page.goto("/no-such-page");
      await expectAccessible(page);
      complaints.expect(/status of 404 .*no-such-page/);

      await page.goto("/sign-in");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Sign in" }).click();
      await expect(page.getByText("Enter your password")).toBeVisible();
      await expectAccessible(page);

      await page.goto("/forgot-password");
      await expectAccessible(page);
      await page.getByLabel("E-mail").fill("nobody@example.com");
      await page.getByRole("button", { name: "Send me a code" }).click();
      await expect(page.getByLabel("Code")).toBeVisible();
      await expectAccessible(page);
    });

    test("signing up", async ({ openBrowser, complaints }) => {
      const account = newcomer("Ada");
      const page = await (await open(openBrowser)).newPage();
      await page.goto("/sign-up");
      await page.getByRole("button", { name: "Sign up" }).click();
      await expect(page.getByText("Tell others what to call you")).toBeVisible();
      await expectAccessible(page);
      await page.getByLabel("Name").fill(account.name);
      await page.getByLabel("E-mail").fill(account.email);
      await page.getByLabel("Password", { exact: true }).fill(account.password);
      await page.getByRole("button", { name: "Sign up" }).click();
      await page.getByLabel("Code").fill("999999");
      await page.getByRole("button", { name: "Confirm" }).click();
      await expect(page.getByText("That is not the code.")).toBeVisible();
      complaints.expect(/status of 400 /);
      await expectAccessible(page);
      await page.getByLabel("Code").fill(await mailedCode(account.email));
      await page.getByRole("button", { name: "Confirm" }).click();
      await expect(page.getByRole("heading", { name: "Welcome to Kumite" })).toBeVisible();
      await page.getByRole("button", { name: "Save and continue" }).click();
      await expect(page.getByText("Choose your cohort")).toBeVisible();
      await expectAccessible(page);
      await page.goto("/find");
      await expect(page.getByRole("heading", { name: "First, choose your cohort" })).toBeVisible();
      await expectAccessible(page);
    });

    test("finding and booking", async ({ openBrowser, complaints }) => {
      const { owner, member, availability, taken } = await meet();
      const page = await openAs(member, await open(openBrowser), "/find");
      await expect(page.getByRole("link", { name: owner.name }).first()).toBeVisible();
      await expectAccessible(page);
      await page.goto("/find?cohort=Black&types=lesson");
      await expect(page.getByRole("heading", { name: "Nothing fits these filters" })).toBeVisible();
      await expectAccessible(page);

      await page.goto(`/availabilities/${owner.username}/${availability.id}`);
      await expect(page.getByRole("button", { name: /^Book/ })).toBeEnabled();
      await expectAccessible(page);
      await page.route("**/availability.book*", (route) => route.abort());
      await page.getByRole("button", { name: /^Book/ }).click();
      await expect(page.getByText("Kumite did not answer")).toBeVisible();
      complaints.expect(/ERR_FAILED .*availability\.book/);
      await expectAccessible(page);
      await page.unroute("**/availability.book*");
      await page.goto(`/availabilities/${owner.username}/${taken.id}`);
      await expect(page.getByRole("alert").filter({ hasText: "Someone has booked it." })).toBeVisible();
      await expectAccessible(page);
      await page.goto("/availabilities/nobody/gone");
      await expect(page.getByRole("heading", { name: "Nothing here" })).toBeVisible();
      await expectAccessible(page);
    });

    test("posting", async ({ openBrowser }) => {
      const { owner, availability } = await meet();
      const page = await openAs(owner, await open(openBrowser), "/post");
      await expect(page.getByLabel("Day")).toBeVisible();
      await expectAccessible(page);
      await page.getByText("A group", { exact: true }).click();
      await page.getByLabel("Seats").fill("1");
      await page.getByText("Sparring", { exact: true }).click();
      await page.getByLabel("Notes").fill("\u202e");
      await page.getByRole("button", { name: "Post" }).click();
      await expect(page.getByText("Choose at least one")).toBeVisible();
      await expect(page.getByText("A group has at least 2 seats")).toBeVisible();
      await expectAccessible(page);

      await page.goto(`/availabilities/${owner.username}/${availability.id}`);
      await expect(page.getByRole("heading", { name: "Open", exact: true })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Delete" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectAccessible(page);
      await page.goto(`/availabilities/${owner.username}/${availability.id}/edit`);
      await expect(page.getByRole("button", { name: "Save" })).toBeEnabled();
      await expectAccessible(page);
    });

    test("the calendar", async ({ openBrowser }) => {
      const { member } = await meet();
      await post(member, 1, {
        startTime: instantIn(1, "12:00", stJohns),
        endTime: instantIn(1, "14:00", stJohns),
      });
      const canceled = await member.api.meeting.list.query({});
      await member.api.meeting.cancel.mutate({ id: canceled.items[0]?.id ?? "" });
      const page = await openAs(member, await open(openBrowser), "/calendar?view=list");
      await expect(page.getByRole("link", { name: /Canceled · Sparring with/ })).toBeVisible();
      await expect(page.getByRole("link", { name: /Open · Sparring/ })).toBeVisible();
      await expectAccessible(page);
      await page.getByText(device === "phone" ? "Day" : "Week", { exact: true }).click();
      await expect(page.getByRole("columnheader")).toHaveCount(device === "phone" ? 1 : 7);
      if (device === "phone") await page.getByRole("button", { name: "Next day" }).click();
      await expect(page.getByRole("link", { name: /Open · Sparring/ })).toBeAttached();
      await expectAccessible(page);
      if (device === "phone") return;
      await dragOver(page, 3, "10:00", "12:00");
      await page.getByText("For whom, where, notes").click();
      await expectAccessible(page);
    });

    test("meetings and members", async ({ openBrowser }) => {
      const { owner, member, meeting } = await meet();
      const page = await openAs(member, await open(openBrowser), `/meetings/${meeting.id}`);
      await expect(page.getByText(`For ${owner.name}`)).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: "Cancel the meeting" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Reason").fill("My knee.");
      await expectAccessible(page);
      await dialog.getByRole("button", { name: "Cancel the meeting" }).click();
      // Includes the notice, which disappears after a while.
      await expect(page.getByText("It is canceled for")).toBeVisible();
      await expect(page.getByRole("heading", { name: "You canceled it" })).toBeVisible();
      await expect(dialog).toBeHidden();
      await expectAccessible(page);

      await page.goto(`/members/${owner.username}`);
      await expect(page.getByRole("heading", { name: owner.name })).toBeVisible();
      await expectAccessible(page);
      await page.getByRole("button", { name: /^Account/ }).click();
      await expect(page.getByRole("button", { name: "Sign out", exact: true })).toBeVisible();
      await expectAccessible(page);
      await page.goto("/profile");
      await page.getByLabel("Time zone").click();
      await page.getByRole("combobox", { name: "Search for a city" }).fill("new y");
      await expect(page.getByRole("option", { name: /New_York/ })).toBeVisible();
      await expectAccessible(page);
    });
  });
}

/** Two members in two zones, their meeting, an availability that is still open, and one that a third member has booked. */
async function meet(): Promise<{
  owner: Member;
  member: Member;
  availability: Awaited<ReturnType<typeof post>>;
  taken: Awaited<ReturnType<typeof post>>;
  meeting: Awaited<ReturnType<Member["api"]["availability"]["book"]["mutate"]>>;
}> {
  const [owner, member, other] = await Promise.all([
    newMember("Ama", { timezone: kathmandu }),
    newMember("Finn", { timezone: stJohns }),
    newMember("Mara", { timezone: "UTC" }),
  ]);
  const [availability, taken, own] = await Promise.all([
    post(owner, 4, { types: ["sparring", "kata"], description: "Bring gloves. https://example.com" }),
    post(owner, 5),
    post(owner, 6),
  ]);
  const { startTime } = taken;
  await other.api.availability.book.mutate({ owner: owner.username, id: taken.id, startTime });
  const meeting = await member.api.availability.book.mutate({
    owner: owner.username,
    id: own.id,
    startTime: own.startTime,
  });
  return { owner, member, availability, taken, meeting };
}
