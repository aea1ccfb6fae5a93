import type { Outputs } from "@kumite/local";
import { type BrowserContext, type BrowserContextOptions, test as base, expect } from "@playwright/test";

export { expect };

/** Returns the addresses of the stack that the global setup has started. */
export function outputs(): Outputs {
  return JSON.parse(process.env["KUMITE_OUTPUTS"] ?? "{}") as Outputs;
}

/** Errors in the browsers' consoles, and uncaught errors. */
class Complaints {
  readonly #heard: string[] = [];
  readonly #expected: RegExp[] = [];

  listenTo(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() === "error") this.#heard.push(`${message.text()} ${message.location().url}`);
    });
    context.on("weberror", (error) => this.#heard.push(String(error.error().stack ?? error.error())));
  }

  /** Expects errors that match: each must occur before the test ends. */
  expect(...patterns: RegExp[]): void {
    this.#expected.push(...patterns);
  }

  verify(): void {
    const isExpected = (text: string) => this.#expected.some((pattern) => pattern.test(text));
    expect(
      this.#heard.filter((text) => !isExpected(text)),
      "errors in the browser's console",
    ).toEqual([]);
    const isHeard = (pattern: RegExp) => this.#heard.some((text) => pattern.test(text));
    expect(
      this.#expected.filter((pattern) => !isHeard(pattern)),
      "expected errors that did not occur",
    ).toEqual([]);
  }
}

interface Fixtures {
  /** An error in a browser's console fails the test, unless it was expected. */
  complaints: Complaints;
  /** Opens a separate browser context in a time zone. */
  openBrowser: (timezone: string, options?: BrowserContextOptions) => Promise<BrowserContext>;
}

export const test = base.extend<Fixtures>({
  complaints: async ({ browserName: _ }, use) => {
    const complaints = new Complaints();
    await use(complaints);
    complaints.verify();
  },
  openBrowser: async ({ browser, complaints }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (timezoneId, options) => {
      const context = await browser.newContext({
        baseURL: outputs().web,
        locale: "en-GB",
        timezoneId,
        ...options,
      });
      complaints.listenTo(context);
      contexts.push(context);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});
