/** Visits of a page by a signed-in member with an empty cache: what the page weighs, and how soon it is there. */
import { setTimeout as wait } from "node:timers/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";

/** The cookies of a member who has signed in. */
export type Session = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Lighthouse's settings for mobile: an older phone on a slow network. */
export const network = {
  latency: 150,
  downloadThroughput: (1.6e6 / 8) * 0.9,
  uploadThroughput: (750e3 / 8) * 0.9,
};
export const slowdown = 4;
/** A page is settled after this long without a request, in milliseconds. */
const quiet = 1_500;

/** A measured page. */
export interface Subject {
  name: "bare Next.js page" | "Find" | "Calendar";
  url: string;
  /** The CSS selector of the main content. */
  content: string;
  /** The CSS selector of a control. The page is interactive once React has hydrated it. */
  control: string;
}

/** JavaScript in bytes. Each file is compressed separately, as it is sent. */
export interface Weight {
  files: number;
  raw: number;
  gzip: number;
  /** At quality 5, common for answers that are compressed on request. */
  brotli5: number;
  /** At quality 11, the best. */
  brotli11: number;
}

/** In milliseconds from the start of the navigation. */
export interface Times {
  firstPaint: number;
  content: number;
  interactive: number;
}

/** Opens a page as a member with an empty cache: the browser has only the session. */
async function visit<Result>(
  browser: Browser,
  session: Session,
  use: (page: Page, devtools: CDPSession) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ storageState: session, viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    return await use(page, await context.newCDPSession(page));
  } finally {
    await context.close();
  }
}

/** Weighs all JavaScript that a page loads by itself until it is settled. */
export async function weigh(browser: Browser, session: Session, { url, content }: Subject): Promise<Weight> {
  return await visit(browser, session, async (page) => {
    const scripts: Promise<Buffer>[] = [];
    let last = performance.now();
    page.on("response", (response) => {
      last = performance.now();
      if (response.request().resourceType() === "script") scripts.push(response.body());
    });
    await page.goto(url);
    await page.locator(content).first().waitFor();
    while (performance.now() - last < quiet) await wait(100);
    const bodies = await Promise.all(scripts);
    const sum = (sizeOf: (body: Buffer) => number) => bodies.reduce((total, body) => total + sizeOf(body), 0);
    const brotli = (quality: number) => (body: Buffer) =>
      brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).length;
    return {
      files: bodies.length,
      raw: sum((body) => body.length),
      gzip: sum((body) => gzipSync(body).length),
      brotli5: sum(brotli(5)),
      brotli11: sum(brotli(11)),
    };
  });
}

/** Measures how soon a page shows its content and is interactive, on the slow network and processor. */
export async function time(
  browser: Browser,
  session: Session,
  { url, content, control }: Subject,
): Promise<Times> {
  return await visit(browser, session, async (page, devtools) => {
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", { offline: false, ...network });
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.addInitScript({
      content: `
        const marks = (globalThis.kumiteMarks = {});
        const look = () => {
          if (document.querySelector(${JSON.stringify(content)})) marks.content ??= performance.now();
          const control = document.querySelector(${JSON.stringify(control)});
          const isHeard = control && Object.keys(control).some((key) => key.startsWith("__reactProps$"));
          if (isHeard) marks.interactive ??= performance.now();
          if (!marks.content || !marks.interactive) requestAnimationFrame(look);
        };
        requestAnimationFrame(look);`,
    });
    await page.goto(url, { waitUntil: "commit" });
    // Polls from outside: waiting inside the page evaluates code, which the app's policy refuses.
    for (const end = performance.now() + 90_000; performance.now() < end; await wait(100)) {
      const times = await page.evaluate<Partial<Times>>(`({
        firstPaint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
        ...kumiteMarks,
      })`);
      // Content that is there before the first paint appears with it.
      if (isWhole(times)) return { ...times, content: Math.max(times.content, times.firstPaint) };
    }
    throw new Error(`${url} was not there within 90 s`);
  });
}

function isWhole(times: Partial<Times>): times is Times {
  return [times.firstPaint, times.content, times.interactive].every((time) => time !== undefined);
}
