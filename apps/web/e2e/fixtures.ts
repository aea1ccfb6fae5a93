import { randomUUID } from "node:crypto";
import type { Outputs } from "@kumite/local";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";

export { expect };

export function outputs(): Outputs {
  return JSON.parse(process.env["KUMITE_OUTPUTS"] ?? "{}") as Outputs;
}

/** The code of the last mail to an address. */
export async function mailedCode(email: string): Promise<string> {
  const url = `${outputs().mailbox}/?to=${encodeURIComponent(email)}`;
  let code: string | undefined;
  await expect
    .poll(async () => {
      const mails = (await (await fetch(url)).json()) as { code?: string }[];
      code = mails.at(-1)?.code;
      return code;
    })
    .toBeTruthy();
  return code ?? "";
}

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly timezone: string;
  readonly page: Page;
}

interface Fixtures {
  /** Opens a browser of its own, in a time zone of its own. */
  openBrowser: (timezone: string) => Promise<BrowserContext>;
}

export const test = base.extend<Fixtures>({
  openBrowser: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (timezoneId) => {
      const context = await browser.newContext({ baseURL: outputs().web, locale: "en-GB", timezoneId });
      contexts.push(context);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Somebody whom the system has not seen yet. */
export function newcomer(name: string): { name: string; email: string; password: string } {
  return { name, email: `${randomUUID()}@example.com`, password: `Aa1!${randomUUID()}` };
}
