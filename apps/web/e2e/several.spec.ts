import type { Page } from "@playwright/test";
import { instantIn, kathmandu, timeInWords, timesInWords } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { type Member, newMember, openAs, post } from "./members.ts";

const pathOf = ({ owner, id }: { owner: string; id: string }) => `/availabilities/${owner}/${id}`;

/** Returns the starts that an availability's page offers, such as `18:00`. */
async function offeredStarts(page: Page): Promise<string[]> {
  await expect(page.getByRole("button", { name: /^Book/ })).toBeVisible();
  return page.getByRole("group", { name: "Start" }).locator("label").allTextContents();
}

/** Returns the only availability in a member's calendar on the day `days` after today. */
async function onlyAvailability(member: Member, days: number) {
  const span = { from: instantIn(days, "00:00", kathmandu), to: instantIn(days + 1, "00:00", kathmandu) };
  const [availability, ...others] = (await member.api.calendar.get.query(span)).availabilities;
  expect(others).toEqual([]);
  if (!availability) throw new Error("No open time was posted");
  return availability;
}

test("an open time takes several bookings, each at its own time, and shows what is left", async ({
  openBrowser,
  complaints,
}) => {
  const [owner, first, second, third] = [
    await newMember("Several"),
    await newMember("First"),
    await newMember("Second"),
    await newMember("Third"),
  ];
  const ownerPage = await openAs(owner, await openBrowser(kathmandu), "/post");
  const day = instantIn(70, "12:00", kathmandu).slice(0, 10);
  await ownerPage.getByLabel("Day").fill(day);
  await ownerPage.getByLabel("From").fill("18:00");
  await ownerPage.getByLabel("Until").fill("19:45");
  // Only one meeting fits: there is nothing to choose.
  const several = ownerPage.getByLabel("Several: each booking takes its own hour, the rest stays open");
  await expect(several).toBeHidden();
  await ownerPage.getByLabel("Until").fill("21:00");
  await expect(several).toBeChecked();
  await ownerPage.getByRole("button", { name: "My cohort and its neighbors" }).click();
  await ownerPage.getByRole("button", { name: "Post", exact: true }).click();
  await expect(ownerPage.getByRole("heading", { name: "Open", exact: true })).toBeVisible();
  const availability = await onlyAvailability(owner, 70);
  const at = (time: string) => instantIn(70, time, kathmandu);
  const path = pathOf(availability);

  // Two members have the page open; the second reads that the time is taken, and books another one.
  const firstPage = await openAs(first, await openBrowser(kathmandu), path);
  const secondPage = await openAs(second, await openBrowser(kathmandu), path);
  await expect(secondPage.getByRole("button", { name: /^Book .* 18:00$/ })).toBeEnabled();
  await firstPage.getByRole("button", { name: /^Book .* 18:00$/ }).click();
  await expect(firstPage).toHaveURL(/\/meetings\//);
  await secondPage.getByRole("button", { name: /^Book .* 18:00$/ }).click();
  await expect(secondPage.getByText("Someone has booked this time. Choose another.")).toBeVisible();
  complaints.expect(/status of 409 .*availability\.book/);
  await expect(secondPage.getByText("Taken18:00–19:00")).toBeVisible();
  await secondPage.getByText("19:30", { exact: true }).click();
  await secondPage.getByRole("button", { name: /^Book .* 19:30$/ }).click();
  await expect(secondPage).toHaveURL(/\/meetings\//);

  // No free hour is left between 18:00 and 21:00: the third reads that.
  const thirdPage = await openAs(third, await openBrowser(kathmandu), path);
  await expect(thirdPage.getByText("All of its time is taken.")).toBeVisible();
  await ownerPage.reload();
  await expect(ownerPage.getByRole("heading", { name: "Booked" })).toBeVisible();
  await expect(ownerPage.getByRole("listitem").filter({ hasText: first.name })).toContainText("18:00");
  await expect(ownerPage.getByRole("listitem").filter({ hasText: second.name })).toContainText("19:30");

  // The first cancels, and the hour can be found and booked again.
  const [meeting] = (await first.api.meeting.list.query({})).items;
  await first.api.meeting.cancel.mutate({ id: meeting?.id ?? "" });
  await thirdPage.goto(`/find?from=${day}`);
  const row = thirdPage.locator(`main a[href*="${availability.id}"]`);
  await expect(row).toContainText(`Taken: ${timesInWords(at("19:30"), at("20:30"), kathmandu)}`);
  await row.click();
  expect(await offeredStarts(thirdPage)).toEqual(["18:00", "18:15", "18:30"]);

  // A time that the owner cancels stays closed; the dialog says so before.
  await third.api.availability.book.mutate({
    owner: availability.owner,
    id: availability.id,
    startTime: at("18:15"),
  });
  await ownerPage.reload();
  await expect(ownerPage.getByRole("heading", { name: "Booked" })).toBeVisible();
  await ownerPage
    .getByRole("listitem")
    .filter({ hasText: third.name })
    .getByRole("link", { name: "Meeting" })
    .click();
  await ownerPage.getByRole("button", { name: "Cancel the meeting" }).click();
  const dialog = ownerPage.getByRole("dialog");
  await expect(dialog).toContainText("Nobody can book its time again; the rest of it stays open.");
  await dialog.getByRole("button", { name: "Cancel the meeting" }).click();
  await expect(ownerPage.getByRole("heading", { name: "You canceled it" })).toBeVisible();
  await ownerPage.goto(path);
  const closed = timesInWords(at("18:15"), at("19:15"), kathmandu);
  await expect(ownerPage.getByText(`Closed, because you canceled: ${closed}`)).toBeVisible();

  // While it is booked, the number of bookings cannot change.
  await ownerPage.getByRole("link", { name: "Edit" }).click();
  await expect(ownerPage.getByText("it stays one to one with several bookings")).toBeVisible();
  await expect(several).toBeChecked();
  await expect(several).toBeDisabled();
});

test("offers no start at which the owner is busy, and refuses an open time over a meeting", async ({
  openBrowser,
  complaints,
}) => {
  const [owner, guest, member] = [await newMember("Busy"), await newMember("Guest"), await newMember("Asks")];
  const availability = await post(owner, 71, { bookings: "several" });
  // The other availability covers the last hour of the first, and is booked.
  const other = await post(owner, 71, {
    startTime: new Date(Date.parse(availability.startTime) + 3_600_000).toISOString(),
  });
  await guest.api.availability.book.mutate({ owner: other.owner, id: other.id });
  const page = await openAs(member, await openBrowser(kathmandu), pathOf(availability));
  const start = timeInWords(availability.startTime, kathmandu);
  await expect(page.getByRole("button", { name: `, ${start}` })).toBeEnabled();
  await expect(page.getByRole("group", { name: "Start" })).toBeHidden();

  const ownerPage = await openAs(owner, await openBrowser(kathmandu), "/post");
  const clock = (instant: string) => timeInWords(instant, kathmandu);
  const day = new Date(Date.parse(other.startTime) + 5.75 * 3_600_000).toISOString().slice(0, 10);
  await ownerPage.getByLabel("Day").fill(day);
  await ownerPage.getByLabel("From").fill(clock(other.startTime));
  await ownerPage.getByLabel("Until").fill(clock(other.endTime));
  await ownerPage.getByRole("button", { name: "My cohort and its neighbors" }).click();
  await ownerPage.getByRole("button", { name: "Post", exact: true }).click();
  await expect(ownerPage.getByLabel("From")).toHaveAccessibleDescription("You have another meeting then");
  await expect(
    ownerPage.getByRole("alert").filter({ hasText: "No time is left in this open time" }),
  ).toBeVisible();
  complaints.expect(/status of 409 .*availability\.set/);
});

test("cancels a group as a whole, and its dialog says who will see it", async ({ openBrowser }) => {
  const owner = await newMember("Coach");
  const members = [
    await newMember("Ann"),
    await newMember("Ben"),
    await newMember("Cem"),
    await newMember("Dan"),
  ];
  const availability = await post(owner, 72, { maxParticipants: 9, types: ["conditioning"] });
  for (const { api } of members) {
    await api.availability.book.mutate({ owner: availability.owner, id: availability.id });
  }
  const page = await openAs(owner, await openBrowser(kathmandu), pathOf(availability));
  await expect(page.getByRole("button", { name: "Delete" })).toBeHidden();
  await page.getByRole("button", { name: "Cancel this group" }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel this group?" });
  const [ann, ben, cem] = members.map(({ name }) => name);
  await expect(dialog).toContainText(
    `4 people will see it canceled: ${ann}, ${ben}, ${cem} and 1 more. Nobody can book it until you open it again.`,
  );
  await expect(dialog).not.toContainText(/mail/i);
  await dialog.getByLabel("Reason").fill("The hall is flooded.");
  await dialog.getByRole("button", { name: "Cancel this group" }).click();
  await expect(page.getByRole("heading", { name: "Canceled", exact: true })).toBeVisible();
  await expect(page.getByRole("link", { name: "Edit and open again" })).toBeVisible();
  for (const { api } of members) {
    expect((await api.meeting.list.query({})).items).toMatchObject([
      { status: "CANCELED", cancelReason: "The hall is flooded." },
    ]);
  }

  // A participant reads why; the availability is no longer open.
  const [first] = members;
  if (!first) throw new Error("No members");
  const memberPage = await openAs(first, await openBrowser(kathmandu), pathOf(availability));
  await expect(memberPage.getByText("Its owner has canceled it.")).toBeVisible();
  const [meeting] = (await first.api.meeting.list.query({})).items;
  await memberPage.goto(`/meetings/${meeting?.id}`);
  await expect(memberPage.getByText("The hall is flooded.")).toBeVisible();
});

test("canceling an open time with one booking cancels its meeting", async ({ openBrowser }) => {
  const [owner, guest] = [await newMember("Host"), await newMember("Guest")];
  const availability = await post(owner, 73);
  const { startTime } = availability;
  await guest.api.availability.book.mutate({ owner: availability.owner, id: availability.id, startTime });
  const page = await openAs(owner, await openBrowser(kathmandu), pathOf(availability));
  await page.getByRole("button", { name: "Cancel this meeting" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`${guest.name} will see it canceled.`);
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { name: "Booked" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel this meeting" }).click();
  await dialog.getByRole("button", { name: "Cancel this meeting" }).click();
  await expect(page.getByRole("heading", { name: "Canceled", exact: true })).toBeVisible();
  expect((await guest.api.meeting.list.query({})).items).toMatchObject([{ status: "CANCELED" }]);
});

test("only its people see a meeting link", async ({ openBrowser }) => {
  const [owner, guest, anonymous] = [
    await newMember("Link"),
    await newMember("Invited"),
    await newMember("Anonymous"),
  ];
  const own = "https://meet.example/room?of=this-availability";
  const usual = "https://meet.example/usual";
  const page = await openAs(owner, await openBrowser(kathmandu), "/profile");
  await page.getByLabel("Your meeting link").fill("meet.example/usual");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Your meeting link")).toHaveAccessibleDescription(
    /Must be a link that starts with https:\/\//,
  );
  await page.getByLabel("Your meeting link").fill(usual);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved")).toBeVisible();

  const availability = await post(owner, 74, { maxParticipants: 3 });
  await page.goto(pathOf(availability));
  await expect(page.getByRole("link", { name: usual })).toBeVisible();
  await expect(page.getByText("From your profile.")).toBeVisible();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Meeting link").fill(own);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: own })).toHaveAttribute("href", own);

  const meeting = await guest.api.availability.book.mutate({
    owner: availability.owner,
    id: availability.id,
  });
  const guestPage = await openAs(guest, await openBrowser(kathmandu), `/meetings/${meeting.id}`);
  await expect(guestPage.getByRole("link", { name: own })).toHaveAttribute("href", own);
  const file = await (await guestPage.request.get(`/meetings/${meeting.id}/meeting.ics`)).text();
  expect(file.replaceAll("\r\n ", "")).toContain(`Join: ${own}`);
  await page.goto(`/meetings/${meeting.id}`);
  await expect(page.getByRole("link", { name: own })).toBeVisible();

  const anonymousPage = await openAs(anonymous, await openBrowser(kathmandu), pathOf(availability));
  await expect(anonymousPage.getByRole("button", { name: /^Book/ })).toBeVisible();
  expect(await anonymousPage.content()).not.toContain("meet.example");
  await anonymousPage.goto(`/members/${owner.username}`);
  const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
  await expect(anonymousPage.getByText(`Member since ${month.format(new Date())}`)).toBeVisible();
  expect(await anonymousPage.content()).not.toContain("meet.example");
});
