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

/** Waits until a page that is in sight hears what is pressed: for what must happen after that. Presses need not wait. */
export async function expectReady(page: Page): Promise<void> {
  await expect(page.locator("[data-waiting]")).toHaveCount(0);
}

/** Makes the processor that a page has a quarter as fast. */
export async function slowDown(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: 4 });
}

/** Holds back what a page asks for at some addresses, until the function that it returns is called. */
export async function holdBack(page: Page, isHeld: (url: URL) => boolean): Promise<() => void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(isHeld, async (route) => {
    await promise;
    await route.fallback();
  });
  return resolve;
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

/** Drags over hours of a day in the calendar's week, such as `10:00` to `12:00`; both must be in sight. */
export async function dragOver(page: Page, day: number, from: string, until: string): Promise<void> {
  await expect(page.getByRole("main").locator("[aria-busy=true]")).toHaveCount(0);
  const boxOf = async (place: Locator) => {
    const box = await place.boundingBox();
    if (!box) throw new Error(`${place} is not in sight`);
    return box;
  };
  const hour = (text: string) => boxOf(page.getByRole("table").getByText(text, { exact: true }));
  const [column, start, end] = [
    await boxOf(page.getByRole("columnheader").nth(day)),
    await hour(from),
    await hour(until),
  ];
  const x = column.x + column.width / 2;
  // The labels stand just below the line of their hour: the drag ends in the quarter before it.
  await page.mouse.move(x, start.y + 1);
  await page.mouse.down();
  await page.mouse.move(x, (start.y + end.y) / 2, { steps: 5 });
  await page.mouse.move(x, end.y - 12, { steps: 5 });
  await page.mouse.up();
}
