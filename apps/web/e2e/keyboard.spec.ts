import {
  clockAt,
  dayInWords,
  instantIn,
  kathmandu,
  shortDay,
  stJohns,
  timeInWords,
  timesInWords,
} from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { expectFocusInSight, tabTo } from "./interactions.ts";
import { newMember, openAs, post } from "./members.ts";

test("finds and books an open time with the keyboard alone", async ({ openBrowser }) => {
  const [owner, participant] = [await newMember("Keys"), await newMember("Hands", { timezone: stJohns })];
  const { startTime, endTime } = await post(owner, 8, { types: ["sparring", "kata"] });
  const page = await openAs(participant, await openBrowser(stJohns), "/find");
  const day = page.getByRole("region", { name: dayInWords(startTime, stJohns) });
  const link = day.getByRole("link", { name: owner.name });
  await expect(link).toContainText(timesInWords(startTime, endTime, stJohns));

  // The header can be skipped.
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await expectFocusInSight(skip);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();

  await tabTo(page, link);
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("radio", { name: "Sparring" }));
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "Kata practice" })).toBeChecked();
  await tabTo(page, page.getByRole("radio", { name: timeInWords(startTime, stJohns) }));
  await page.keyboard.press("ArrowRight");
  const start = new Date(Date.parse(startTime) + 15 * 60_000).toISOString();
  await expect(page.getByRole("radio", { name: timeInWords(start, stJohns) })).toBeChecked();
  await tabTo(page, page.getByRole("button", { name: /^Book/ }));
  await page.keyboard.press("Enter");

  await expect(page).toHaveURL(/\/meetings\//);
  await expect(page.getByRole("heading", { name: `Kata practice with ${owner.name}` })).toBeVisible();
  await expect(page.getByText(timeInWords(start, stJohns))).toBeVisible();
});

test("posts an open time from the calendar with the keyboard alone", async ({ openBrowser }) => {
  const owner = await newMember("Typewriter", { timezone: stJohns });
  const page = await openAs(owner, await openBrowser(stJohns), "/calendar");
  const tomorrow = instantIn(1, "12:00", stJohns);
  await tabTo(page, page.getByRole("link", { name: `Post on ${shortDay(tomorrow, stJohns)}` }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Post an open time" })).toBeVisible();
  await expect(page.getByLabel("Day")).toHaveValue(clockAt(tomorrow, stJohns).toPlainDate().toString());
  // Not for Black: error-states.spec.ts has a member of Black who finds nothing.
  await tabTo(page, page.getByRole("checkbox", { name: "Black" }));
  await page.keyboard.press("Space");
  await tabTo(page, page.getByRole("button", { name: "Post" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Open", exact: true })).toBeVisible();
  await expect(page.getByText(dayInWords(tomorrow, stJohns)).first()).toBeVisible();
});

test("a dialog takes the focus, keeps it, and returns it", async ({ openBrowser }) => {
  const [owner, participant] = [await newMember("Modal"), await newMember("Focus")];
  const { owner: username, id, startTime } = await post(owner, 9);
  const meeting = await participant.api.availability.book.mutate({ owner: username, id, startTime });
  const page = await openAs(participant, await openBrowser(kathmandu), `/meetings/${meeting.id}`);
  const cancel = page.getByRole("button", { name: "Cancel the meeting" });
  await tabTo(page, cancel);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Cancel this meeting?" });
  const reason = dialog.getByLabel("Reason");
  await expect(reason).toBeFocused();
  const inDialog = () => dialog.evaluate((element) => element.contains(document.activeElement));
  for (let presses = 0; presses < 8; presses += 1) {
    await page.keyboard.press("Tab");
    await expect.poll(inDialog).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(cancel).toBeFocused();
});
