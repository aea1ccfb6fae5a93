import type { BrowserContext, Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** Counts mouse presses on all pages of a browser from now on; a drag counts as one. */
export async function countPresses(context: BrowserContext): Promise<() => number> {
  let presses = 0;
  await context.exposeFunction("pressed", () => {
    presses += 1;
  });
  const listen = () => {
    document.addEventListener("pointerdown", () => Reflect.get(window, "pressed")(), { capture: true });
  };
  await context.addInitScript(listen);
  for (const page of context.pages()) await page.evaluate(listen);
  return () => presses;
}

/** Waits until a page is hydrated, for steps that depend on it. Presses need not wait. */
export async function expectReady(page: Page): Promise<void> {
  await expect(page.locator("[data-waiting]")).toHaveCount(0);
}

/** Slows a page's processor down to a quarter. */
export async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

/** Delays a page's requests to some addresses until the returned function is called. */
export async function holdBack(page: Page, isHeld: (url: URL) => boolean): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(isHeld, async (route) => {
    await promise;
    await route.fallback();
  });
  return resolve;
}

/** Presses Tab until the target has the focus, and expects a visible focus ring that nothing covers. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeAttached();
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await hasFocus()); presses += 1) {
    expect(presses, `presses of Tab to reach ${target}`).toBeLessThan(80);
    await page.keyboard.press("Tab");
  }
  await expectFocusInSight(target);
}

/** Expects a focus ring of two pixels that nothing covers. A chip shows it on its label. */
export async function expectFocusInSight(target: Locator): Promise<void> {
  const seen = await target.evaluate((element) => {
    const shown = element.closest("label") ?? element;
    const { outlineStyle, outlineWidth } = getComputedStyle(shown);
    const { x, y, width, height } = shown.getBoundingClientRect();
    const top = document.elementFromPoint(x + width / 2, y + height / 2);
    return { outlineStyle, outlineWidth, isCovered: !shown.contains(top) };
  });
  expect(seen).toEqual({ outlineStyle: "solid", outlineWidth: "2px", isCovered: false });
}

/** Drags over hours of a day in the calendar's week, such as `10:00` to `12:00`; both must be visible. */
export async function dragOver(page: Page, day: number, from: string, until: string): Promise<void> {
  await expect(page.getByRole("main").locator("[aria-busy=true]")).toHaveCount(0);
  const boxOf = async (place: Locator) => {
    const box = await place.boundingBox();
    if (!box) throw new Error(`${place} is not visible`);
    return box;
  };
  const hour = (text: string) => boxOf(page.getByRole("table").getByText(text, { exact: true }));
  const [column, start, end] = [
    await boxOf(page.getByRole("columnheader").nth(day)),
    await hour(from),
    await hour(until),
  ];
  const x = column.x + column.width / 2;
  // Labels are just below their hour's line: the drag ends in the quarter hour before it.
  await page.mouse.move(x, start.y + 1);
  await page.mouse.down();
  await page.mouse.move(x, (start.y + end.y) / 2, { steps: 5 });
  await page.mouse.move(x, end.y - 12, { steps: 5 });
  await page.mouse.up();
}
