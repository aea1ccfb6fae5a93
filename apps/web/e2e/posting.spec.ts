import { Temporal } from "temporal-polyfill";
import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { countPresses, dragOver } from "./interactions.ts";
import { type Member, newMember, openAs, post } from "./members.ts";

/** Returns the zone where clocks go back next, and when: in spring or in autumn, from 03:00 to 02:00. */
function nextTurnBack(): { zone: string; change: Temporal.ZonedDateTime } {
  const [next] = ["Europe/Berlin", "Australia/Sydney"]
    .map((zone) => {
      let change = Temporal.Now.zonedDateTimeISO(zone).getTimeZoneTransition("next");
      const before = change?.subtract({ nanoseconds: 1 });
      if (change && before && change.offsetNanoseconds > before.offsetNanoseconds)
        change = change.getTimeZoneTransition("next");
      if (!change) throw new Error(`${zone} has no clock changes`);
      return { zone, change };
    })
    .sort((a, b) => Temporal.ZonedDateTime.compare(a.change, b.change));
  if (!next) throw new Error("No zone");
  return next;
}

/** Returns the availabilities in a member's calendar over the coming year. */
async function availabilitiesOf(member: Member) {
  const from = new Date();
  const to = new Date(from.getTime() + 365 * 86_400_000);
  const span = { from: from.toISOString(), to: to.toISOString() };
  return (await member.api.calendar.get.query(span)).availabilities;
}

test("posts an open time with one drag and a press, and deletes it", async ({ openBrowser }) => {
  const owner = await newMember("Drag", { timezone: kathmandu });
  const browser = await openBrowser(kathmandu);
  const page = await openAs(owner, browser, "/calendar");
  await expect(page.getByRole("columnheader")).toHaveCount(7);
  const presses = await countPresses(browser);
  await dragOver(page, 2, "10:00", "12:00");
  const dialog = page.getByRole("dialog", { name: "Post an open time" });
  await dialog.getByRole("button", { name: "Post" }).click();
  await expect(page.getByRole("link", { name: "10:00–12:00 Open · Sparring" })).toBeVisible();
  // The drag counts as one.
  expect(presses()).toBeLessThanOrEqual(3);

  const day = Temporal.Now.plainDateISO(kathmandu).add({ days: 2 });
  const at = (time: string) =>
    day.toZonedDateTime({ timeZone: kathmandu, plainTime: time }).toInstant().epochMilliseconds;
  const [availability] = await availabilitiesOf(owner);
  expect(Date.parse(availability?.startTime ?? "")).toBe(at("10:00"));
  expect(Date.parse(availability?.endTime ?? "")).toBe(at("12:00"));

  await page.getByRole("link", { name: "10:00–12:00 Open · Sparring" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/calendar/);
  await expect(page.getByRole("columnheader")).toHaveCount(7);
  await expect(page.getByRole("link", { name: "Open · Sparring" })).toBeHidden();
  expect(await availabilitiesOf(owner)).toEqual([]);
});

test("mistakes are shown at their fields, whether the browser or the server finds them", async ({
  openBrowser,
  complaints,
}) => {
  const owner = await newMember("Typo");
  const page = await openAs(owner, await openBrowser(kathmandu), "/post");
  const from = page.getByLabel("From");
  const until = page.getByLabel("Until");

  // The browser finds these: no type, no time.
  await from.fill("");
  await page.getByText("Sparring", { exact: true }).click();
  await page.getByRole("button", { name: "Post" }).click();
  await expect(from).toHaveAccessibleDescription("Choose a time");
  await expect(from).toBeFocused();
  await from.fill("18:00");
  await until.fill("18:10");
  await page.getByRole("button", { name: "Post" }).click();
  await expect(until).toHaveAccessibleDescription("An open time lasts at least 15 minutes");
  await expect(page.getByRole("group", { name: "What you offer" })).toHaveAccessibleDescription(
    "Choose at least one",
  );

  // The server finds this: its clock decides what is past.
  await page.getByText("Sparring", { exact: true }).click();
  await until.fill("20:00");
  await page.getByLabel("Day").fill(Temporal.Now.plainDateISO(kathmandu).subtract({ days: 1 }).toString());
  await page.getByRole("button", { name: "Post" }).click();
  await expect(from).toHaveAccessibleDescription("Choose a start in the future");
  await expect(from).toBeFocused();
  complaints.expect(/status of 400 .*availability\.set/);

  await page.getByLabel("Day").fill(Temporal.Now.plainDateISO(kathmandu).add({ days: 5 }).toString());
  await page.getByRole("button", { name: "My cohort and its neighbors" }).click();
  await page.getByRole("button", { name: "Post" }).click();
  await expect(page.getByRole("heading", { name: "Open", exact: true })).toBeVisible();
});

test("the time of a booked open time cannot change, and the page says so; its notes can", async ({
  openBrowser,
}) => {
  const [owner, participant] = [await newMember("Host"), await newMember("Guest")];
  const availability = await post(owner, 6);
  const { owner: username, id, startTime } = availability;
  const meeting = await participant.api.availability.book.mutate({ owner: username, id, startTime });
  const page = await openAs(owner, await openBrowser(kathmandu), `/availabilities/${username}/${id}/edit`);

  await expect(page.getByText("It is booked, so its time and the booked kind stay")).toBeVisible();
  for (const label of ["Day", "From", "Until", "One to one", "A group", "Sparring"]) {
    await expect(page.getByLabel(label, { exact: true })).toBeDisabled();
  }
  await page.getByLabel("Notes").fill("Bring gloves.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Bring gloves.")).toBeVisible();
  expect((await participant.api.meeting.get.query({ id: meeting.id })).description).toBe("Bring gloves.");
});

test("the form asks which one is meant when clocks show a time twice", async ({ openBrowser }) => {
  const { zone, change } = nextTurnBack();
  const owner = await newMember("Fold", { timezone: zone });
  const page = await openAs(owner, await openBrowser(zone), "/post");
  await page.getByLabel("Day").fill(change.toPlainDate().toString());
  await page.getByLabel("From").fill("02:15");
  await page.getByLabel("Until").fill("04:00");
  await page.getByText("The second").click();
  await page.getByRole("button", { name: "My cohort and its neighbors" }).click();
  await page.getByRole("button", { name: "Post" }).click();
  await expect(page.getByRole("heading", { name: "Open", exact: true })).toBeVisible();
  const [availability] = await availabilitiesOf(owner);
  expect(Date.parse(availability?.startTime ?? "")).toBe(change.epochMilliseconds + 15 * 60_000);
});
