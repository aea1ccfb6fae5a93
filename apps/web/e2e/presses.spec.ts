import type { BrowserContext, Locator, Page } from "@playwright/test";
import { kathmandu } from "./clocks.ts";
import { expect, test } from "./fixtures.ts";
import { holdBack, slowDown } from "./interactions.ts";
import { newAccount, newMember, openAs, post } from "./members.ts";

const isScript = (url: URL) => url.pathname.endsWith(".js");
/** Matches the request that Next.js makes when a member goes to a page. */
const isVisitOf = (path: string) => (url: URL) => url.pathname === path && url.searchParams.has("_rsc");

test("a pressed link works even if the page changes its address meanwhile", async ({ openBrowser }) => {
  const member = await newMember("Hasty");
  const page = await openAs(member, await openBrowser(kathmandu), "/find");
  const link = (name: string) => page.getByRole("navigation").getByRole("link", { name });

  // Find writes its filters into its address.
  const letCalendarCome = await holdBack(page, isVisitOf("/calendar"));
  await link("Calendar").click();
  await page.getByText("Kata practice", { exact: true }).first().click();
  await expect(page).toHaveURL("/find?types=kata");
  letCalendarCome();
  await expect(page).toHaveURL(/\/calendar/);

  // The calendar writes the days that it shows into its address.
  await expect(page.getByRole("columnheader")).toHaveCount(7);
  const letPostCome = await holdBack(page, isVisitOf("/post"));
  await link("Post").click();
  await page.getByRole("button", { name: "Next days" }).click();
  await expect(page).toHaveURL(/\/calendar\?view=week/);
  letPostCome();
  await expect(page).toHaveURL("/post");
  await page.goBack();
  await expect(page).toHaveURL(/\/calendar\?view=week/);

  // Going back restores the filters; the link in the navigation clears them.
  await expect(page.getByRole("columnheader")).toHaveCount(7);
  await page.goBack();
  await expect(page).toHaveURL("/find?types=kata");
  await expect(page.getByRole("checkbox", { name: "Kata practice" })).toBeChecked();
  await link("Find").click();
  await expect(page).toHaveURL("/find");
  await expect(page.getByRole("checkbox", { name: "Kata practice" })).not.toBeChecked();
  await page.goBack();
  await expect(page.getByRole("checkbox", { name: "Kata practice" })).toBeChecked();
});

test("presses and typing before the scripts load take effect afterwards", async ({ openBrowser }) => {
  const [owner, member] = [await newMember("Early"), await newMember("Bird")];
  const availability = await post(owner, 29);
  const path = `/availabilities/${owner.username}/${availability.id}`;
  const context = await openBrowser(kathmandu);
  const page = await context.newPage();
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.isNavigationRequest()) sent.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  let letScriptsCome = () => {};
  const openBare = async (path: string) => {
    letScriptsCome();
    letScriptsCome = await holdBack(page, isScript);
    await page.goto(path, { waitUntil: "commit" });
  };

  await openBare("/");
  await page.getByTitle("Dark").click();
  letScriptsCome();
  await expect(page.locator("html")).toContainClass("dark");

  // The browser itself submits nothing, and no password is in an address.
  await openBare("/sign-in");
  await page.getByLabel("E-mail").fill(member.email);
  await page.getByLabel("Password", { exact: true }).fill(member.password);
  await page.getByRole("button", { name: "Show password" }).click();
  await page.getByLabel("Password", { exact: true }).press("Enter");
  await expect(page).toHaveURL("/sign-in");
  letScriptsCome();
  await expect(page).toHaveURL("/find");
  expect(sent).toEqual(["GET /", "GET /sign-in", "GET /find"]);

  // Each press sees the changes of those before it.
  await openBare("/find");
  await page.getByText("Kata practice", { exact: true }).first().click();
  await page.getByText("Lesson", { exact: true }).first().click();
  await page.getByLabel("Cohort").selectOption("Green");
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("Until").fill(day);
  await page.getByRole("button", { name: /^Account/ }).click();
  letScriptsCome();
  await expect(page).toHaveURL(`/find?cohort=Green&to=${day}&types=kata,lesson`);
  await expect(page.getByRole("button", { name: "Sign out", exact: true })).toBeVisible();

  await openBare(path);
  await page.getByText("02:30", { exact: true }).click();
  await page.getByText("02:15", { exact: true }).click();
  await page.getByRole("button", { name: /^Book/ }).click();
  letScriptsCome();
  await expect(page).toHaveURL(/\/meetings\//);
  const [meeting] = (await member.api.meeting.list.query({})).items;
  expect(meeting?.startTime).toBe(new Date(Date.parse(availability.startTime) + 30 * 60_000).toISOString());
  await openBare(`/meetings/${meeting?.id}`);
  await page.getByRole("button", { name: "Cancel the meeting" }).click();
  letScriptsCome();
  await expect(page.getByRole("dialog")).toBeVisible();
});

test.describe("at any of twenty moments while a page loads", () => {
  // Twenty presses, each a little later than the one before, on a processor slowed down to a quarter: the first as soon
  // as a control is visible, the last long after hydration.
  const moments = Array.from({ length: 20 }, (_, index) => index * 40);

  /** Opens a page on a slow processor, and presses each of `controls` `delay` milliseconds after all are in the page. */
  async function openAndPress(
    context: BrowserContext,
    path: string,
    controls: readonly string[],
    delay: number,
  ): Promise<Page> {
    const page = await context.newPage();
    await slowDown(page);
    await page.addInitScript(
      ({ controls, delay }) => {
        const find = () => controls.map((control) => document.querySelector<HTMLElement>(control));
        const seen = new MutationObserver(() => {
          if (!find().every(Boolean)) return;
          seen.disconnect();
          setTimeout(() => {
            for (const control of find()) control?.click();
          }, delay);
        });
        seen.observe(document, { subtree: true, childList: true });
      },
      { controls, delay },
    );
    await page.goto(path);
    return page;
  }

  test("checks a form, and shows a password", async ({ openBrowser }) => {
    const context = await openBrowser(kathmandu);
    for (const delay of moments) {
      const page = await openAndPress(
        context,
        "/sign-in",
        ["[aria-label='Show password']", "[type=submit]"],
        delay,
      );
      await expect(page.getByText("Enter your password"), `pressed after ${delay} ms`).toBeVisible();
      await expect(page.getByRole("button", { name: "Show password" })).toHaveAttribute(
        "aria-pressed",
        "true",
      );
      await expect(page).toHaveURL("/sign-in");
      await page.close();
    }
  });

  test("filters open times, and opens a menu", async ({ openBrowser }) => {
    const context = await openBrowser(kathmandu);
    await openAs(await newMember("Moment"), context, "/find");
    for (const delay of moments) {
      const page = await openAndPress(context, "/find", ["search [type=checkbox]", "[popovertarget]"], delay);
      await expect(page, `pressed after ${delay} ms`).toHaveURL(/types=/);
      await expect(page.getByRole("button", { name: "Sign out", exact: true })).toBeVisible();
      await page.close();
    }
  });

  test("follows a link in the navigation, from the calendar", async ({ openBrowser }) => {
    const context = await openBrowser(kathmandu);
    const page = await openAs(await newMember("Instant"), context, "/find");
    await slowDown(page);
    for (const delay of moments) {
      await page.evaluate(async (delay) => {
        const press = (name: string) =>
          [...document.querySelectorAll("header nav a")]
            .find(({ textContent }) => textContent === name)
            ?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        press("Calendar");
        await new Promise<void>((shown) => {
          const look = () => (document.querySelector("h1")?.textContent === "Calendar" ? shown() : wait());
          const wait = () => requestAnimationFrame(look);
          look();
        });
        await new Promise((pressed) => setTimeout(pressed, delay));
        press("Find");
      }, delay / 2);
      await expect(
        page.getByRole("heading", { name: "Find" }),
        `pressed after ${delay / 2} ms`,
      ).toBeVisible();
      await expect(page).toHaveURL("/find");
    }
  });

  test("checks a new member's form, whenever their zone arrives", async ({ openBrowser }) => {
    const context = await openBrowser(kathmandu);
    // The zone arrives once the form is shown. Nothing is saved, so that each visit is the first.
    let save: Locator | undefined;
    await context.route("**/user.set*", async (route) => {
      await save?.waitFor();
      const answer = await context.request.get("/api/trpc/user.get?input=%7B%7D");
      const { data: profile } = (await answer.json()).result;
      await route.fulfill({ json: [{ result: { data: { ...profile, timezone: kathmandu } } }] });
    });
    await openAs(await newAccount("Zoneless"), context, "/find");
    for (const delay of moments) {
      const page = await context.newPage();
      await slowDown(page);
      await page.addInitScript((delay) => {
        const { fetch } = window;
        window.fetch = async (...request) => {
          const answer = await fetch(...request);
          const press = () => document.querySelector<HTMLElement>("main [type=submit]")?.click();
          if (String(request[0]).includes("user.set")) setTimeout(press, delay);
          return answer;
        };
      }, delay / 8);
      save = page.getByRole("button", { name: "Save and continue" });
      await page.goto("/profile?welcome=%2Ffind");
      await expect(page.getByText("Choose your cohort"), `pressed after ${delay / 8} ms`).toBeVisible();
      await expect(page.getByLabel("Time zone")).toHaveText(kathmandu);
      await page.close();
    }
  });
});
