import { type ChildProcess, fork, type StdioOptions, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import pRetry from "p-retry";

/** A process of the stack. */
export interface ManagedProcess {
  readonly name: string;
  readonly child: ChildProcess;
  /** Resolves when the process has ended for any reason and its output is complete; never rejects. */
  readonly ended: Promise<void>;
  /** Returns its last output, to report why it ended. */
  lastOutput(): string;
  /** Ends the process and everything it started, first by `stopSignal`, then by SIGKILL. Safe to call twice. */
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
  /** The signal that ends the process; SIGTERM if left out. */
  readonly stopSignal?: NodeJS.Signals;
  /** Stops the process when it is aborted. */
  readonly signal?: AbortSignal | undefined;
}

/** The failure of a part of the stack: a sentence, and the part's last output. */
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
 * Starts a process in its own group: Ctrl-C in a terminal does not reach it, and `stop` also reaches its children.
 * (execa signals only the process, and keeps the start of its output, not the end.)
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
      // The leader has ended. Its children would keep the output open, so end them too.
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
 * Waits for `ready` while the process is running. If the process ends first, rejects with its last output and aborts
 * the signal of `ready`.
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
 * Calls `ask` repeatedly until a starting process answers.
 * @param ask rejects while there is no answer; p-retry's AbortError stops the retries
 * @throws the last error of `ask` after two minutes; the reason of `signal` if it is aborted
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

/** Requests a URL until it answers, and resolves to the status. */
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
    // The group is already empty.
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
