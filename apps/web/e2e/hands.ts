import type { BrowserContext, Locator, Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** Counts presses of the mouse on all pages of a browser from now on; a drag is one. */
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

/** Presses Tab until something has the focus; then the focus can be seen, and nothing covers it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeAttached();
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let presses = 0; !(await hasFocus()); presses += 1) {
    expect(presses, `presses of Tab to reach ${target}`).toBeLessThan(80);
    await page.keyboard.press("Tab");
  }
  await expectFocusInSight(target);
}

/** Holds the focus to a ring of at least two pixels, within sight. Of a chip, its label shows it. */
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
