import type { Outputs } from "@kumite/local";
import { type BrowserContext, type BrowserContextOptions, test as base, expect } from "@playwright/test";

export { expect };

/** Where the stack is that global set-up has started. */
export function outputs(): Outputs {
  return JSON.parse(process.env["KUMITE_OUTPUTS"] ?? "{}") as Outputs;
}

/** What browsers wrote to their consoles as errors, and errors that no code caught. */
class Complaints {
  readonly #heard: string[] = [];
  readonly #expected: RegExp[] = [];

  listenTo(context: BrowserContext): void {
    context.on("console", (message) => {
      if (message.type() === "error") this.#heard.push(`${message.text()} ${message.location().url}`);
    });
    context.on("weberror", (error) => this.#heard.push(String(error.error().stack ?? error.error())));
  }

  /** Each of these must be heard before the test ends. */
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
      "errors that were expected and not heard",
    ).toEqual([]);
  }
}

interface Fixtures {
  /** Any error in a browser's console fails the test, unless it was expected. */
  complaints: Complaints;
  /** Opens a browser of its own, in a time zone of its own. */
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
