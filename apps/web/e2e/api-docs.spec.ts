import { expectAccessible } from "./accessible.ts";
import { kathmandu } from "./clocks.ts";
import { expect, outputs, test } from "./fixtures.ts";

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

for (const [device, options] of Object.entries({ desktop: {}, phone })) {
  test(`${device}: the reference shows every procedure of the OpenAPI document`, async ({ openBrowser }) => {
    const described = await fetch(`${outputs().web}/api/openapi.json`);
    const { paths } = (await described.json()) as { paths: Record<string, object> };
    const page = await (await openBrowser(kathmandu, { reducedMotion: "reduce", ...options })).newPage();
    await page.goto("/docs/api");
    await expect(page.getByRole("heading", { level: 1, name: "The API" })).toBeVisible();
    const procedures = Object.keys(paths).map((path) => path.replace("/api/trpc/", ""));
    const shown = await page.getByRole("article").evaluateAll((articles) => articles.map(({ id }) => id));
    expect(shown).toEqual(expect.arrayContaining(procedures));

    const book = page.getByRole("article", { name: "availability.book" });
    await expect(book.getByText("For a member.")).toBeVisible();
    await expect(book.getByText("OWNER_BUSY")).toBeVisible();
    const example = book.getByRole("region", { name: "Input of availability.book" });
    await expect(example).toBeHidden();
    await book.getByText("Example", { exact: true }).click();
    await expect(example).toBeVisible();
    // Result types are described once, for all procedures.
    await book.getByRole("link", { name: "Meeting", exact: true }).click();
    await expect(page.getByRole("article", { name: "Meeting", exact: true })).toBeInViewport();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });
}
