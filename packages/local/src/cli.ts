import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Listr, PRESET_TIMER } from "listr2";
import {
  clearDataDirectory,
  dataDirectory,
  dataFile,
  findHolder,
  isDiskFull,
  lockDataDirectory,
} from "./data-directory.ts";
import { loadDemo } from "./demo/index.ts";
import { findJava } from "./java.ts";
import { readJson, writeJson } from "./json-file.ts";
import { openOutputLog } from "./output-log.ts";
import type { Outputs } from "./outputs.ts";
import { onPackageManagerEnd } from "./package-manager.ts";
import { PartFailure } from "./processes.ts";
import { type Part, startStack } from "./stack/index.ts";

const usage = `Usage:
  dev [--reset] [--port <number>] [--google]
           start Kumite; --reset forgets all data first, --google offers sign-in by a stand-in for Google
  preview  the same, with the production build of the web app
  seed     load the demo data of today
  java     find a Java for the embedded database, or fetch one, and print its command`;

const commands = ["dev", "preview", "seed", "java"] as const;
type Command = (typeof commands)[number];

const usualWebPort = 3000;
/** A log line of the functions about a call that went well. */
const isRoutine = /^\{.*"level":"info"/;
const unwritable: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS", "EEXIST", "ENOTDIR"]);
const outputsFile = dataFile("outputs.json");
const demoFile = dataFile("demo.json");

/** Ctrl-C or a similar signal: not a failure. */
class Interrupted extends Error {}

const interrupt = new AbortController();
let interruptedAt: number | undefined;
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(name, () => {
    interruptedAt ??= Date.now();
    // A terminal and a package manager may both pass on one Ctrl-C. A second signal more than a second later exits at
    // once; the reaper ends what is left.
    if (Date.now() - interruptedAt > 1_000) process.exit(1);
    interrupt.abort(new Interrupted());
  });
}
await onPackageManagerEnd(() => interrupt.abort(new Interrupted()));

try {
  await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Interrupted)) {
    process.stderr.write(`\n${await explain(error)}\n`);
    process.exitCode = 1;
  }
}

async function run(args: string[]): Promise<void> {
  const { command, ...options } = parse(args);
  const java = await findJava({ signal: interrupt.signal });
  if (command === "java") process.stdout.write(`${java}\n`);
  else if (command === "seed") await seed();
  else await serve({ ...options, web: command === "preview" ? "start" : "dev" });
}

interface ServeOptions {
  /** `dev` compiles each page when it is requested; `start` serves what `build` has built. */
  readonly web: "dev" | "start";
  readonly port: number;
  readonly reset: boolean;
  readonly google: boolean;
}

function parse(args: string[]): Omit<ServeOptions, "web"> & { command: Command } {
  const { PORT } = process.env;
  try {
    const { positionals, values } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        port: { type: "string", default: PORT || String(usualWebPort) },
        reset: { type: "boolean", default: false },
        google: { type: "boolean", default: false },
      },
    });
    const [name, ...others] = positionals;
    const command = commands.find((known) => known === name);
    const port = Number(values.port);
    if (command === undefined || others.length > 0) throw new Error("Which command?");
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new Error(`${values.port} is not a port: give a number from 1 to 65535.`);
    }
    return { command, port, reset: values.reset, google: values.google };
  } catch (error) {
    throw new PartFailure(`${(error as Error).message}\n\n${usage}`);
  }
}

/** Runs the whole stack until it is interrupted or a part of it fails. */
async function serve({ web, port, reset, google }: ServeOptions): Promise<void> {
  const lock = await lockDataDirectory();
  try {
    if (reset) await clearDataDirectory();
    await rm(outputsFile, { force: true });
    const log = openOutputLog(dataFile("logs"));
    let progress: Promise<unknown> = Promise.resolve();
    const starting = startStack({
      dataDir: dataDirectory,
      web,
      port,
      google,
      demo: true,
      signal: interrupt.signal,
      onParts: (parts) => {
        progress = showProgress(parts);
      },
      onOutput: log.write,
    });
    const stack = await starting.finally(() => progress);
    try {
      await writeJson(outputsFile, stack.outputs);
      process.stdout.write(welcome(stack.outputs));
      log.show((name, line) => name === "dynamo" || isRoutine.test(line));
      throw await Promise.race([stack.failed, interrupted()]);
    } finally {
      log.show(() => true);
      process.stdout.write("\nStopping …\n");
      await rm(outputsFile, { force: true });
      await stack.stop();
    }
  } finally {
    await lock.release();
  }
}

/** Loads the demo data into the running stack, or into the data of a stopped one. */
async function seed(): Promise<void> {
  if ((await findHolder()) !== undefined) {
    const outputs = await readJson<Outputs | undefined>(outputsFile, () => undefined);
    if (!outputs) throw new PartFailure("Kumite is still starting: try again once it prints its addresses.");
    return await loadAndReport(outputs);
  }
  const lock = await lockDataDirectory();
  try {
    const stack = await startStack({
      dataDir: dataDirectory,
      web: false,
      demo: false,
      signal: interrupt.signal,
    });
    await loadAndReport(stack.outputs).finally(stack.stop);
  } finally {
    await lock.release();
  }
}

async function loadAndReport(outputs: Outputs): Promise<void> {
  const { added } = await loadDemo(outputs, demoFile, interrupt.signal);
  const { members, availabilities, meetings } = added;
  process.stdout.write(
    availabilities > 0
      ? `Added ${members} members, ${availabilities} availabilities and ${meetings} meetings.\n`
      : "Today's demo data is already loaded.\n",
  );
}

/** Shows which parts are up, until all of them are or one has failed. */
function showProgress(parts: readonly Part[]): Promise<unknown> {
  let hasFailed = false;
  const tasks = parts.map(({ title, ready }) => ({
    title,
    task: async (_: unknown, task: { skip(): void }) => {
      try {
        await ready;
      } catch (error) {
        // After a failure or an interrupt, the other parts end because of it.
        if (hasFailed || interrupt.signal.aborted) return task.skip();
        hasFailed = true;
        throw error;
      }
    },
  }));
  return new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    registerSignalListeners: false,
    // Some pseudo-terminals have no width.
    fallbackRendererCondition: () => !process.stdout.isTTY || !process.stdout.columns,
    rendererOptions: { showErrorMessage: false, collapseErrors: false, timer: PRESET_TIMER },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  }).run();
}

function welcome({ web, mailbox, hostedDomain, demo, admin }: Outputs): string {
  const [first, second] = demo.emails;
  return `
Kumite is running.

  Open       ${web}
  Sign in    ${first} or ${second}
${admin ? `  Admin      ${admin.email}\n` : ""}  Password   ${demo.password}
  Mailbox    ${mailbox} (confirmation codes arrive here)
${hostedDomain ? `  Google     a stand-in; when the browser warns about https://${hostedDomain}, trust it once\n` : ""}
Ctrl-C stops it and keeps the data; \`dev --reset\` starts over. The processes' logs are in .local/logs.

`;
}

function interrupted(): Promise<Interrupted> {
  return new Promise((resolve) => {
    const { signal } = interrupt;
    if (signal.aborted) resolve(signal.reason);
    else signal.addEventListener("abort", () => resolve(signal.reason), { once: true });
  });
}

/** Returns a sentence if the reader can fix the cause, the whole error if it is a defect. */
async function explain(error: unknown): Promise<string> {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT" || (await isDiskFull(1).catch(() => false))) {
    return "The disk is full: make room and start again.";
  }
  if (code && unwritable.has(code)) {
    return `Kumite keeps its data in ${dataDirectory} and cannot write there: ${(error as Error).message}.`;
  }
  if (error instanceof PartFailure) {
    return error.output ? `${error.message} Its last output:\n\n${error.output}` : error.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
