import { kathmandu, stJohns } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { expectReady } from "./interactions.ts";
import { newMember, openAs, post } from "./members.ts";

test("the second of two members who book the same open time is told, and sees others", async ({
  openBrowser,
  complaints,
}) => {
  const [owner, first, second] = [
    await newMember("Wanted"),
    await newMember("Quick"),
    await newMember("Late", { timezone: stJohns }),
  ];
  const availability = await post(owner, 14);
  const other = await post(owner, 15);
  const path = `/availabilities/${availability.owner}/${availability.id}`;
  const quick = await openAs(first, await openBrowser(kathmandu), path);
  const late = await openAs(second, await openBrowser(stJohns), path);
  await expect(late.getByRole("button", { name: /^Book/ })).toBeEnabled();
  await expectReady(late);
  await quick.getByRole("button", { name: /^Book/ }).click();
  await expect(quick).toHaveURL(/\/meetings\//);

  await late.getByRole("button", { name: /^Book/ }).click();
  await expect(late.getByRole("alert").filter({ hasText: "Taken a moment ago." })).toBeVisible();
  complaints.expect(/status of 409 .*availability\.book/);
  expect((await second.api.meeting.list.query({})).items).toEqual([]);

  // A similar open time can be booked.
  const alike = late.getByRole("link", { name: owner.name }).and(late.locator(`[href*="${other.id}"]`));
  await alike.click();
  await late.getByRole("button", { name: /^Book/ }).click();
  await expect(late).toHaveURL(/\/meetings\//);
});

test("of two members who book one seat at the same time, one gets it and the other reads that it is taken", async ({
  openBrowser,
  complaints,
}) => {
  const [owner, ...members] = [await newMember("Single"), await newMember("Left"), await newMember("Right")];
  const availability = await post(owner, 16);
  const pages = await Promise.all(
    members.map(async (member) =>
      openAs(
        member,
        await openBrowser(kathmandu),
        `/availabilities/${availability.owner}/${availability.id}`,
      ),
    ),
  );
  for (const page of pages) {
    await expect(page.getByRole("button", { name: /^Book/ })).toBeEnabled();
    await expectReady(page);
  }
  await Promise.all(pages.map((page) => page.getByRole("button", { name: /^Book/ }).click()));
  const outcomes = await Promise.all(
    pages.map(async (page) => {
      const taken = page.getByRole("alert").filter({ hasText: "Taken a moment ago." });
      const cancel = page.getByRole("button", { name: "Cancel the meeting" });
      await expect(taken.or(cancel)).toBeVisible();
      return (await taken.isVisible()) ? "taken" : "booked";
    }),
  );
  expect(outcomes.sort()).toEqual(["booked", "taken"]);
  complaints.expect(/status of 409 .*availability\.book/);
});

test("a group fills seat by seat, and is one entry in its owner's calendar", async ({ openBrowser }) => {
  const [owner, first, second, third] = [
    await newMember("Coach"),
    await newMember("One"),
    await newMember("Two"),
    await newMember("Three"),
  ];
  const availability = await post(owner, 3, { maxParticipants: 2, types: ["conditioning"] });
  const { owner: username, id } = availability;
  const path = `/availabilities/${username}/${id}`;
  await first.api.availability.book.mutate({ owner: username, id });

  const page = await openAs(second, await openBrowser(kathmandu), path);
  await expect(page.getByText("1 of 2 seats taken")).toBeVisible();
  await expect(page.getByRole("link", { name: first.name })).toBeVisible();
  await page.getByRole("button", { name: /^Book/ }).click();
  await expect(page).toHaveURL(/\/meetings\//);

  const late = await openAs(third, await openBrowser(kathmandu), path);
  await expect(late.getByText("All seats are taken.")).toBeVisible();

  const host = await openAs(owner, await openBrowser(kathmandu), "/calendar?view=list");
  await host.getByRole("link", { name: "Conditioning · 2 of 2 seats taken" }).click();
  for (const member of [first, second]) {
    await expect(host.getByRole("link", { name: member.name })).toBeVisible();
  }
});

test("books on a phone in the same three presses", async ({ openBrowser }) => {
  const [owner, member] = [await newMember("Desk"), await newMember("Thumb", { timezone: stJohns })];
  await post(owner, 17);
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
  const page = await openAs(member, await openBrowser(stJohns, phone), "/find");
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(await sideways()).toBe(false);
  await page.getByRole("link", { name: owner.name }).tap();
  await page.getByRole("button", { name: /^Book/ }).tap();
  await expect(page).toHaveURL(/\/meetings\//);
  await page.getByRole("link", { name: "Calendar", exact: true }).tap();
  await page.getByText("List", { exact: true }).tap();
  await expect(page.getByRole("link", { name: `Sparring with ${owner.name}` })).toBeVisible();
  expect(await sideways()).toBe(false);
});
