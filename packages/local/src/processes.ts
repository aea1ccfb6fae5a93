import { type ChildProcess, fork, type StdioOptions, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import pRetry from "p-retry";

/** A process of the stack. */
export interface ManagedProcess {
  readonly name: string;
  readonly child: ChildProcess;
  /** Settles when the process has ended, whether asked to or not, and what it last wrote is here; never rejects. */
  readonly ended: Promise<void>;
  /** What it last wrote, for the sentence that reports its end. */
  lastOutput(): string;
  /** Ends the process and everything it started: politely, then by force. Safe to call twice. */
  stop(): Promise<void>;
}

export interface ProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment: nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  /** Called with each piece of output. */
  readonly onOutput?: ((text: string) => void) | undefined;
  /** Open a message channel to the process (Node only). */
  readonly messages?: boolean;
  /** What ends the process; SIGTERM if left out. */
  readonly stopSignal?: NodeJS.Signals;
  /** Stops the process when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** What a failed part of the stack says: one sentence, and what the part itself wrote last. */
export class PartFailure extends Error {
  readonly output: string;

  constructor(message: string, output = "") {
    super(message);
    this.name = "PartFailure";
    this.output = output;
  }
}

const startTimeoutMs = 120_000;
const patienceMs = 5_000;
const lastOutputMs = 500;
const keptOutput = 4_000;

/**
 * Starts a process in a group of its own, so that Ctrl-C in a terminal reaches this process alone, and `stop` reaches
 * the process's own children too. (execa signals the process alone, and keeps the first of its output, not the last.)
 */
export function startProcess(options: ProcessOptions): ManagedProcess {
  options.signal?.throwIfAborted();
  const stdio: StdioOptions = options.messages
    ? ["ignore", "pipe", "pipe", "ipc"]
    : ["ignore", "pipe", "pipe"];
  const child = spawn(options.command, options.args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env,
    stdio,
    detached: true,
  });

  let output = "";
  const onOutput = (chunk: Buffer) => {
    const text = chunk.toString();
    output = (output + text).slice(-keptOutput);
    options.onOutput?.(text);
  };
  child.stdout?.on("data", onOutput);
  child.stderr?.on("data", onOutput);

  const { pid } = child;
  const ended = new Promise<void>((resolve) => {
    child.once("error", (error) => {
      output += `\n${error.message}`;
      resolve();
    });
    child.once("exit", () => {
      // The leader is gone; end what it may have left in its group, which would keep its output open.
      if (pid !== undefined) signalGroup(pid, "SIGKILL");
      const patience = setTimeout(resolve, lastOutputMs);
      child.once("close", () => {
        clearTimeout(patience);
        resolve();
      });
    });
  });
  if (pid !== undefined) {
    tellReaper({ add: pid });
    void ended.then(() => tellReaper({ remove: pid }));
  }

  const stop = async () => {
    if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return await ended;
    signalGroup(pid, options.stopSignal ?? "SIGTERM");
    const force = setTimeout(() => signalGroup(pid, "SIGKILL"), patienceMs);
    await ended;
    clearTimeout(force);
  };
  const onAbort = () => void stop();
  options.signal?.addEventListener("abort", onAbort, { once: true });
  void ended.then(() => options.signal?.removeEventListener("abort", onAbort));
  return { name: options.name, child, ended, lastOutput: () => output.trim(), stop };
}

/**
 * Waits for `ready`, but no longer than the process lives: one that ends while starting rejects with what it wrote.
 * `ready` is told by its signal when nobody waits for it any more.
 */
export async function whileAlive<T>(
  process: ManagedProcess,
  ready: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const waiting = new AbortController();
  const died = process.ended.then(() => {
    throw new PartFailure(`${process.name} ended while starting.`, process.lastOutput());
  });
  try {
    return await Promise.race([ready(waiting.signal), died]);
  } finally {
    waiting.abort();
  }
}

/**
 * Asks a process that starts again and again, until it answers.
 * @param ask rejects as long as there is no answer; p-retry's AbortError ends it at once
 * @throws what `ask` threw last, after two minutes; the reason of `signal` once that is aborted
 */
export function untilAnswered<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return pRetry(ask, {
    retries: Number.POSITIVE_INFINITY,
    minTimeout: 50,
    factor: 1,
    maxRetryTime: startTimeoutMs,
    signal,
  });
}

/** Asks a URL again and again until it answers, and resolves to the status. */
export async function untilItAnswers(url: string, signal: AbortSignal): Promise<number> {
  try {
    const response = await untilAnswered(() => fetch(url, { signal, redirect: "manual" }), signal);
    await response.body?.cancel();
    return response.status;
  } catch {
    throw new PartFailure(`${url} does not answer.`);
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is empty already.
  }
}

let reaper: ChildProcess | undefined;

function tellReaper(message: { add: number } | { remove: number }): void {
  if (!reaper?.connected) {
    reaper = fork(fileURLToPath(new URL("./reaper.ts", import.meta.url)), {
      detached: true,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
      env: {},
    });
    reaper.unref();
    reaper.channel?.unref();
  }
  reaper.send(message, () => {});
}
