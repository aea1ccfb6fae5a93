import { execFile } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { findPort, type Stack, startProcess, startStack, untilItAnswers, whileAlive } from "@kumite/local";
import { type Browser, chromium } from "@playwright/test";
import chromiumPackage from "@sparticuz/chromium";
import { median, rotated, table } from "./measure.ts";
import { draw } from "./plot.ts";
import type { BenchOptions, Section } from "./section.ts";
import {
  network,
  type Session,
  type Subject,
  slowdown,
  type Times,
  time,
  type Weight,
  weigh,
} from "./web-visits.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const webApp = path.join(root, "apps/web");
const bareApp = fileURLToPath(new URL("../fixtures/bare-next/", import.meta.url));
const execute = promisify(execFile);

/** Measures what pages weigh and how soon they can be read and used, compared with the smallest Next.js page. */
export async function run({ quick, log }: BenchOptions): Promise<Section> {
  const rounds = quick ? 1 : 9;
  await Promise.all([webApp, bareApp].map(buildNext));
  const stack = await startStack({ web: "start", demo: true });
  const browser = await launch();
  try {
    const session = await signIn(browser, stack);
    const bare = await startBare(stack, session);
    try {
      const subjects: Subject[] = [
        { name: "bare Next.js page", url: bare.url, content: "main li", control: "main button" },
        {
          name: "Find",
          url: `${stack.outputs.web}/find`,
          content: "main section li a",
          control: "search input",
        },
        {
          name: "Calendar",
          url: `${stack.outputs.web}/calendar`,
          content: "main [role=columnheader]",
          control: "main fieldset input",
        },
      ];
      const weights = new Map<string, Weight>();
      for (const subject of subjects) weights.set(subject.name, await weigh(browser, session, subject));
      const times = new Map<string, Times[]>(subjects.map(({ name }) => [name, []]));
      for (let round = 0; round < rounds; round += 1) {
        for (const subject of rotated(subjects, round)) {
          times.get(subject.name)?.push(await time(browser, session, subject));
        }
        log(`round ${round + 1} of ${rounds}`);
      }
      return report(subjects, weights, times);
    } finally {
      await bare.stop();
    }
  } finally {
    await browser.close();
    await stack.stop();
  }
}

async function buildNext(app: string): Promise<void> {
  await execute(process.execPath, [nextCommand, "build"], {
    cwd: app,
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
}

const nextCommand = fileURLToPath(import.meta.resolve("next/dist/bin/next"));

async function launch(): Promise<Browser> {
  return await chromium.launch({
    executablePath: await chromiumPackage.executablePath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
}

async function signIn(browser: Browser, { outputs }: Stack): Promise<Session> {
  const [email = ""] = outputs.demo?.emails ?? [];
  const context = await browser.newContext({ baseURL: outputs.web });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(outputs.demo?.password ?? "");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/find");
  const session = await context.storageState();
  await context.close();
  return session;
}

/** Starts the bare page, built and served like the web app, with the same results as Find. */
async function startBare(
  { outputs }: Stack,
  { cookies }: Session,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const day = 86_400_000;
  const from = new Date(Math.floor(Date.now() / day) * day);
  const span = { from: from.toISOString(), to: new Date(from.getTime() + 364 * day).toISOString() };
  const port = await findPort();
  const server = startProcess({
    name: "The bare page",
    command: process.execPath,
    args: [nextCommand, "start", "--hostname", "127.0.0.1", "--port", String(port)],
    cwd: bareApp,
    env: {
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      SEARCH_URL: `${outputs.api}/availability.search?input=${encodeURIComponent(JSON.stringify(span))}`,
      ACCESS_TOKEN: cookies.find(({ name }) => name.endsWith(".accessToken"))?.value,
    },
  });
  const url = `http://localhost:${port}/`;
  try {
    const status = await whileAlive(server, (signal) => untilItAnswers(url, signal));
    if (status !== 200) throw new Error(`The bare page answers ${status}.`);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { url, stop: server.stop };
}

function report(
  subjects: readonly Subject[],
  weights: ReadonlyMap<string, Weight>,
  times: ReadonlyMap<string, readonly Times[]>,
): Section {
  const names = subjects.map(({ name }) => name);
  const kB = (bytes: number | undefined = Number.NaN) => bytes / 1000;
  const middle = (name: string, of: keyof Times) => median((times.get(name) ?? []).map((each) => each[of]));
  const seconds = (name: string, of: keyof Times) => (middle(name, of) / 1000).toFixed(2);
  const ratio = (name: string, of: keyof Times) =>
    (middle(name, of) / middle("bare Next.js page", of)).toFixed(2);
  const weightRows = names.map((name) => {
    const { files, raw, gzip, brotli5, brotli11 } = weights.get(name) as Weight;
    return [name, files, ...[raw, gzip, brotli5, brotli11].map((bytes) => kB(bytes).toFixed(1))];
  });
  const timeRows = names.map((name) => [
    name,
    seconds(name, "firstPaint"),
    seconds(name, "content"),
    ratio(name, "content"),
    seconds(name, "interactive"),
    ratio(name, "interactive"),
  ]);
  return {
    name: "web",
    title: "What pages weigh, and how soon they are there",
    markdown: `JavaScript that a page loads by itself, in kB (1,000 bytes), each file compressed by itself:

${table(["page", "files", "raw", "gzip", "brotli 5", "brotli 11"], weightRows)}

Seconds from the start of the navigation, nothing cached, medians of ${times.get("Find")?.length}; the ratios are to the bare page:

${table(["page", "first paint", "content", "ratio", "interactive", "ratio"], timeRows)}`,
    bars: [
      { what: "JavaScript for Find, kB by brotli 11", value: kB(weights.get("Find")?.brotli11), most: 130 },
      {
        what: "JavaScript for Calendar, kB by brotli 11",
        value: kB(weights.get("Calendar")?.brotli11),
        most: 220,
      },
    ],
    data: { network, slowdown, weights: Object.fromEntries(weights), times: Object.fromEntries(times) },
    plots: {
      "web-times.svg": draw({
        title: "On a slow network and processor",
        kind: "bar",
        categories: names,
        horizontal: "page",
        vertical: "seconds",
        series: [
          { name: "content", values: names.map((name) => middle(name, "content") / 1000) },
          { name: "interactive", values: names.map((name) => middle(name, "interactive") / 1000) },
        ],
      }),
      "web-weight.svg": draw({
        title: "JavaScript by brotli 11",
        kind: "bar",
        categories: names,
        horizontal: "page",
        vertical: "kB",
        series: [{ name: "kB", values: names.map((name) => kB(weights.get(name)?.brotli11)) }],
      }),
    },
  };
}
