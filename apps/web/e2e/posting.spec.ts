import type { Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { countPresses } from "./hands.ts";
import { type Member, newMember, openAs, post } from "./members.ts";

/** Drags over hours of a day in the calendar's week; `10:00` to `12:00` say. */
async function drag(page: Page, day: number, from: string, until: string): Promise<void> {
  const box = async (text: string) => {
    const found = await page.getByRole("table").getByText(text, { exact: true }).boundingBox();
    if (!found) throw new Error(`${text} is not in sight`);
    return found;
  };
  const column = await page.getByRole("columnheader").nth(day).boundingBox();
  const x = (column?.x ?? 0) + (column?.width ?? 0) / 2;
  const [start, end] = [await box(from), await box(until)];
  // Labels stand a little below their hour: the end lies in the quarter before it.
  await page.mouse.move(x, start.y + 2);
  await page.mouse.down();
  await page.mouse.move(x, (start.y + end.y) / 2, { steps: 5 });
  await page.mouse.move(x, end.y - 12, { steps: 5 });
  await page.mouse.up();
}

/** The windows in a member's calendar over the coming month. */
async function windowsOf(member: Member) {
  const from = new Date();
  const to = new Date(from.getTime() + 366 * 86_400_000 - 86_400_000);
  const span = { from: from.toISOString(), to: to.toISOString() };
  return (await member.api.calendar.get.query(span)).availabilities;
}

test("a window is posted by one drag and a press, and deleted again", async ({ openBrowser }) => {
  const owner = await newMember("Drag", { timezone: kathmandu });
  const browser = await openBrowser(kathmandu);
  const page = await openAs(owner, browser, "/calendar");
  await expect(page.getByRole("columnheader")).toHaveCount(7);
  const presses = await countPresses(browser);
  await drag(page, 2, "10:00", "12:00");
  const dialog = page.getByRole("dialog", { name: "Post a window" });
  await dialog.getByRole("button", { name: "Post" }).click();
  await expect(page.getByRole("link", { name: "10:00–12:00 Open · Sparring" })).toBeVisible();
  // The drag is one of them.
  expect(presses()).toBeLessThanOrEqual(3);

  const day = Temporal.Now.plainDateISO(kathmandu).add({ days: 2 });
  const at = (time: string) =>
    day.toZonedDateTime({ timeZone: kathmandu, plainTime: time }).toInstant().epochMilliseconds;
  const [window] = await windowsOf(owner);
  expect(Date.parse(window?.startTime ?? "")).toBe(at("10:00"));
  expect(Date.parse(window?.endTime ?? "")).toBe(at("12:00"));

  await page.getByRole("link", { name: "10:00–12:00 Open · Sparring" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/calendar/);
  await expect(page.getByRole("columnheader")).toHaveCount(7);
  await expect(page.getByRole("link", { name: "Open · Sparring" })).toBeHidden();
  expect(await windowsOf(owner)).toEqual([]);
});

test("what is wrong with a window stands at its fields, from the browser and from the server alike", async ({
  openBrowser,
  complaints,
}) => {
  const owner = await newMember("Typo");
  const page = await openAs(owner, await openBrowser(kathmandu), "/post");
  const from = page.getByLabel("From");
  const until = page.getByLabel("Until");

  // The browser's own check: nothing chosen, and no time.
  await from.fill("");
  await page.getByText("Sparring", { exact: true }).click();
  await page.getByRole("button", { name: "Post" }).click();
  await expect(from).toHaveAccessibleDescription("Choose a time");
  await expect(from).toBeFocused();
  await from.fill("18:00");
  await until.fill("18:10");
  await page.getByRole("button", { name: "Post" }).click();
  await expect(until).toHaveAccessibleDescription("A window lasts at least 15 minutes");
  await expect(page.getByRole("group", { name: "What you offer" })).toHaveAccessibleDescription(
    "Choose at least one",
  );

  // The server's: only it knows the clock that counts.
  await page.getByText("Sparring", { exact: true }).click();
  await until.fill("20:00");
  await page.getByLabel("Day").fill(Temporal.Now.plainDateISO(kathmandu).subtract({ days: 1 }).toString());
  await page.getByRole("button", { name: "Post" }).click();
  await expect(from).toHaveAccessibleDescription("Choose a start in the future");
  await expect(from).toBeFocused();
  complaints.expect(/status of 400 .*availability\.set/);

  await page.getByLabel("Day").fill(Temporal.Now.plainDateISO(kathmandu).add({ days: 5 }).toString());
  await page.getByRole("button", { name: "Mine and its neighbours" }).click();
  await page.getByRole("button", { name: "Post" }).click();
  await expect(page.getByRole("heading", { name: "Open" })).toBeVisible();
});

test("a booked window keeps its time, and says so; its notes can change", async ({
  openBrowser,
  complaints,
}) => {
  const [owner, participant] = [await newMember("Host"), await newMember("Guest")];
  const window = await post(owner, 6);
  const { owner: username, id, startTime } = window;
  const meeting = await participant.api.availability.book.mutate({ owner: username, id, startTime });
  const page = await openAs(owner, await openBrowser(kathmandu), `/windows/${username}/${id}/edit`);

  await page.getByLabel("From").fill("02:15");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Somebody has booked it" })).toBeVisible();
  complaints.expect(/status of 409 .*availability\.set/);

  await page.getByLabel("From").fill("01:45");
  await page.getByLabel("Notes").fill("Bring gloves.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Bring gloves.")).toBeVisible();
  expect((await participant.api.meeting.get.query({ id: meeting.id })).description).toBe("Bring gloves.");
});

test("where the clocks show a time twice, the form asks which is meant", async ({ openBrowser }) => {
  const zone = "Europe/Berlin";
  const owner = await newMember("Fold", { timezone: zone });
  // Clocks are turned back on the last Sunday of October.
  const today = Temporal.Now.plainDateISO(zone);
  const [night] = [today.year, today.year + 1]
    .map((year) => Temporal.PlainDate.from({ year, month: 10, day: 31 }))
    .map((last) => last.subtract({ days: last.dayOfWeek % 7 }))
    .filter((sunday) => Temporal.PlainDate.compare(sunday, today) > 0);
  const page = await openAs(owner, await openBrowser(zone), "/post");
  await page.getByLabel("Day").fill(String(night));
  await page.getByLabel("From").fill("02:15");
  await page.getByLabel("Until").fill("04:00");
  await page.getByText("The second, CET").click();
  await page.getByRole("button", { name: "Mine and its neighbours" }).click();
  await page.getByRole("button", { name: "Post" }).click();
  await expect(page.getByRole("heading", { name: "Open" })).toBeVisible();
  const second = night?.toZonedDateTime({ timeZone: zone, plainTime: "01:15" }).add({ hours: 2 });
  const [window] = await windowsOf(owner);
  expect(Date.parse(window?.startTime ?? "")).toBe(second?.epochMilliseconds);
});
