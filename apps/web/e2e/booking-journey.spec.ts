import type { Page } from "@playwright/test";
import {
  clockAt,
  dayInWords,
  instantIn,
  kathmandu,
  shortDay,
  stJohns,
  timeInWords,
  timesInWords,
  zoneInWords,
} from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { countPresses } from "./interactions.ts";
import { type Account, mailedCode, newcomer, newMember, post as postByApi } from "./members.ts";

/** Signs up from the landing page, fills in the profile, and ends in Find. */
async function signUp(
  page: Page,
  account: Account,
  { cohort, timezone }: { cohort: string; timezone: string },
) {
  await page.goto("/");
  await page.getByRole("link", { name: "Sign up" }).click();
  await page.getByLabel("Name").fill(account.name);
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await page.getByRole("button", { name: "Sign up" }).click();

  await expect(page.getByText(account.email)).toBeVisible();
  await page.getByLabel("Code").fill(await mailedCode(account.email));
  await page.getByRole("button", { name: "Confirm" }).click();

  await expect(page.getByRole("heading", { name: "Welcome to Kumite" })).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(account.name);
  // The profile already has the browser's zone.
  await expect(page.getByLabel("Time zone")).toHaveText(timezone);
  await page.getByLabel("Cohort").selectOption(cohort);
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page).toHaveURL("/find");
  await expect(page.getByRole("link", { name: "Your time zone" })).toContainText(timezone);
}

/** Posts sparring in the form, for one booking, open to the member's cohort and its neighbors. */
async function post(page: Page, startTime: string, endTime: string, zone: string) {
  const start = clockAt(startTime, zone);
  await page.getByRole("navigation").getByRole("link", { name: "Post" }).click();
  await page.getByLabel("Day").fill(start.toPlainDate().toString());
  await page.getByLabel("From").fill(timeInWords(startTime, zone));
  await page.getByLabel("Until").fill(timeInWords(endTime, zone));
  await page.getByText("One booking takes the whole time").click();
  await page.getByRole("button", { name: "My cohort and its neighbors" }).click();
  await page.getByRole("button", { name: "Post" }).click();
  await expect(page.getByRole("heading", { name: "Open", exact: true })).toBeVisible();
  await expect(page.getByText(zoneInWords(startTime, zone))).toBeVisible();
}

/** Expects the meeting's page to show the time on both people's clocks. */
async function expectClocks(
  page: Page,
  {
    startTime,
    endTime,
    zone,
    other,
  }: { startTime: string; endTime: string; zone: string; other: { name: string; zone: string } },
) {
  const reading = (of: string) =>
    `${dayInWords(startTime, of)}, ${timesInWords(startTime, endTime, of)}${zoneInWords(startTime, of)}`;
  const clock = (name: string) =>
    page.locator("dl > div").filter({ has: page.getByText(name, { exact: true }) });
  await expect(clock("For you").locator("dd")).toHaveText(reading(zone));
  await expect(clock(`For ${other.name}`).locator("dd")).toHaveText(reading(other.zone));
}

for (const canceler of ["participant", "owner"] as const) {
  test(`two people sign up, one posts, the other finds and books; the ${canceler} cancels`, async ({
    openBrowser,
  }) => {
    const [owner, participant] = [newcomer("Ama Tamang"), newcomer("Finn O’Dea")];
    const [ownerBrowser, participantBrowser] = [await openBrowser(kathmandu), await openBrowser(stJohns)];
    const [ownerPage, participantPage] = [await ownerBrowser.newPage(), await participantBrowser.newPage()];

    // 01:45 in Kathmandu is the afternoon before in St. John’s.
    const days = canceler === "owner" ? 4 : 3;
    const startTime = instantIn(days, "01:45", kathmandu);
    const endTime = instantIn(days, "03:45", kathmandu);
    expect(dayInWords(startTime, kathmandu)).not.toBe(dayInWords(startTime, stJohns));

    // Other tests post for Green: a member of White finds little else.
    await signUp(ownerPage, owner, { cohort: "Yellow", timezone: kathmandu });
    await post(ownerPage, startTime, endTime, kathmandu);

    await signUp(participantPage, participant, { cohort: "White", timezone: stJohns });
    const presses = await countPresses(participantBrowser);
    const day = participantPage.getByRole("region", { name: dayInWords(startTime, stJohns) });
    const row = day
      .getByRole("listitem")
      .filter({ hasText: owner.name })
      .filter({ hasText: timesInWords(startTime, endTime, stJohns) });
    await row.getByRole("link").click();
    await participantPage.waitForURL("/availabilities/**");
    const availabilityPath = new URL(participantPage.url()).pathname;

    const meetingStart = new Date(Date.parse(startTime) + 30 * 60_000).toISOString();
    const meetingEnd = new Date(Date.parse(startTime) + 90 * 60_000).toISOString();
    await participantPage
      .getByRole("radio", { name: timeInWords(meetingStart, stJohns) })
      .check({ force: true });
    const when = `${shortDay(meetingStart, stJohns)}, ${timeInWords(meetingStart, stJohns)}`;
    await participantPage.getByRole("button", { name: `Book ${when}` }).click();
    await expect(participantPage.getByRole("heading", { name: `Sparring with ${owner.name}` })).toBeVisible();
    await expect(participantPage).toHaveURL(/\/meetings\//);
    expect(presses()).toBeLessThanOrEqual(3);

    // Both see it, on their own clock and on the other's.
    const span = { startTime: meetingStart, endTime: meetingEnd };
    await expectClocks(participantPage, {
      ...span,
      zone: stJohns,
      other: { name: owner.name, zone: kathmandu },
    });
    await ownerPage.getByRole("navigation").getByRole("link", { name: "Calendar" }).click();
    await ownerPage.getByRole("link", { name: `Sparring with ${participant.name}` }).click();
    await expect(ownerPage.getByRole("heading", { name: `Sparring with ${participant.name}` })).toBeVisible();
    await expectClocks(ownerPage, {
      ...span,
      zone: kathmandu,
      other: { name: participant.name, zone: stJohns },
    });
    expect(new URL(ownerPage.url()).pathname).toBe(new URL(participantPage.url()).pathname);

    // One cancels, and the other reads why.
    const [cancelerPage, otherPage, name] =
      canceler === "owner"
        ? [ownerPage, participantPage, owner.name]
        : [participantPage, ownerPage, participant.name];
    await cancelerPage.getByRole("button", { name: "Cancel the meeting" }).click();
    const dialog = cancelerPage.getByRole("dialog");
    await dialog.getByLabel("Reason").fill("My knee.\nAnother week?");
    await dialog.getByRole("button", { name: "Cancel the meeting" }).click();
    await expect(cancelerPage.getByRole("heading", { name: "You canceled it" })).toBeVisible();
    await otherPage.reload();
    await expect(otherPage.getByRole("heading", { name: `${name} canceled it` })).toBeVisible();
    await expect(otherPage.getByText("My knee.\nAnother week?")).toBeVisible();
    await expect(otherPage.getByRole("link", { name: "Add to my calendar" })).toBeHidden();
    await otherPage.getByRole("navigation").getByRole("link", { name: "Calendar" }).click();
    await expect(otherPage.getByRole("link", { name: /Canceled · Sparring with/ })).toBeVisible();

    // If the participant cancels, the time can be found and booked again; if the owner cancels, it is gone.
    await participantPage.getByRole("navigation").getByRole("link", { name: "Find" }).click();
    await expect(participantPage).toHaveURL("/find");
    if (canceler === "participant") {
      await row.getByRole("link").click();
      await participantPage.getByRole("button", { name: "Book" }).click();
      await expect(
        participantPage.getByRole("heading", { name: `Sparring with ${owner.name}` }),
      ).toBeVisible();
      await expect(participantPage.getByText("Booked", { exact: true }).first()).toBeVisible();
    } else {
      const bystander = await newMember("Bystander");
      await postByApi(bystander, 5, { cohorts: ["White"] });
      await participantPage.reload();
      await expect(participantPage.getByRole("link", { name: bystander.name })).toBeVisible();
      await expect(row).toBeHidden();
      await participantPage.goto(availabilityPath);
      await expect(participantPage.getByText("Its owner has canceled it.")).toBeVisible();
    }
  });
}
