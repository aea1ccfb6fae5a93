import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** Holds what is on a page to every rule of axe, and its colors in the dark theme too. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectTheme(page, "light");
  expect(await findViolations(new AxeBuilder({ page }))).toEqual([]);
  await expectTheme(page, "dark");
  expect(await findViolations(new AxeBuilder({ page }).withRules("color-contrast"))).toEqual([]);
  await expectTheme(page, "light");
}

async function expectTheme(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator("html")).toContainClass(colorScheme);
}

async function findViolations(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ""}`),
  );
}
