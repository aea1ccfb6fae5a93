import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures.ts";

/** Checks the page against every axe rule, and its contrast in the dark theme too. */
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
