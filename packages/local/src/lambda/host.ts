import { type FSWatcher, watch } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ManagedProcess, type PartFailure, startProcess, whileAlive } from "../processes.ts";

export interface LambdaHost {
  /**
   * The address of the functions right now, e.g. `http://127.0.0.1:40123`. It takes turns among the instances and
   * changes after a restart. Undefined while no instance is up.
   */
  url(): string | undefined;
  /** Invokes a function as Lambda's Invoke API does. Rejects with the function's error, or FunctionsAway. */
  invoke(name: string, event: object): Promise<unknown>;
  /** The processes that serve the functions right now. */
  pids(): number[];
  /** Resolves when one of the functions' processes ends by itself and cannot be replaced. */
  readonly failed: Promise<PartFailure>;
  stop(): Promise<void>;
}

/** No process of the functions can be reached: the call has not begun. */
export class FunctionsAway extends Error {
  override readonly name = "FunctionsAway";
}

export interface LambdaHostOptions {
  /** The module of each function, which exports `handler`. */
  readonly functions: Readonly<Record<string, string>>;
  /** The functions' environment: their links and AWS endpoints. */
  readonly env: Readonly<Record<string, string>>;
  /** How many processes run them in turn, like Lambda's instances; one if left out. */
  readonly instances?: number | undefined;
  /** Changes in these directories restart the functions. */
  readonly watch?: readonly string[] | undefined;
  readonly onOutput?: ((text: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Runtime {
  readonly process: ManagedProcess;
  readonly url: string;
}

const runtimeFile = fileURLToPath(new URL("./runtime.ts", import.meta.url));
const settleMs = 100;

/**
 * Heap sizes in MB. By default V8 collects garbage late, so the process's memory would not show what a request needs.
 * runtime.ts collects the bodies that it read.
 */
const memory = ["--max-old-space-size=192", "--max-semi-space-size=8", "--expose-gc"];

/**
 * Starts the functions in separate processes and resolves once they can be called. As on Lambda, a process that ends is
 * replaced, and its pending answers are lost.
 */
export async function startLambdaHost(options: LambdaHostOptions): Promise<LambdaHost> {
  let current = await startRuntimes(options);
  let stopping = false;
  let turn = 0;

  let reportFailure: (failure: PartFailure) => void;
  const failed = new Promise<PartFailure>((resolve) => {
    reportFailure = resolve;
  });
  const replacements = new Set<Promise<void>>();
  const replace = async (runtimes: Runtime[], ended: Runtime) => {
    runtimes.splice(runtimes.indexOf(ended), 1);
    options.onOutput?.("The functions' process ended unexpectedly; a new one starts.\n");
    const next = await startRuntime(options);
    runtimes.push(next);
    watchOver(runtimes, next);
    // The host may have stopped meanwhile, without this process.
    if (stopping || runtimes !== current) await next.process.stop();
  };
  const watchOver = (runtimes: Runtime[], runtime: Runtime) =>
    void runtime.process.ended.then(() => {
      if (stopping || runtimes !== current) return;
      const replacement = replace(runtimes, runtime).catch((error: unknown) => {
        if (!stopping && runtimes === current) reportFailure(error as PartFailure);
      });
      replacements.add(replacement);
      void replacement.then(() => replacements.delete(replacement));
    });
  for (const runtime of current) watchOver(current, runtime);

  /** The new version takes over once it answers. If it does not start, the last one stays. */
  const restart = async () => {
    try {
      const next = await startRuntimes(options);
      const previous = current;
      current = next;
      for (const runtime of next) watchOver(next, runtime);
      if (stopping) await stopAll(next);
      await stopAll(previous);
    } catch {
      options.onOutput?.("The changed functions do not start; the last version stays.\n");
    }
  };
  const watchers = watchDirectories(options.watch ?? [], restart);

  const url = () => {
    turn = (turn + 1) % Math.max(current.length, 1);
    return current[turn]?.url;
  };

  return {
    url,
    async invoke(name, event) {
      const address = url();
      if (address === undefined) throw new FunctionsAway("The functions are starting again");
      return await invokeFunction(address, name, event);
    },
    pids: () => current.flatMap(({ process }) => process.child.pid ?? []),
    failed,
    async stop() {
      stopping = true;
      for (const watcher of watchers) watcher.close();
      await stopAll(current);
      await Promise.all(replacements);
    },
  };
}

/** Starts all instances, or none. */
async function startRuntimes(options: LambdaHostOptions): Promise<Runtime[]> {
  const starts = Array.from({ length: options.instances ?? 1 }, () => startRuntime(options));
  try {
    return await Promise.all(starts);
  } catch (error) {
    const started = (await Promise.allSettled(starts)).filter((start) => start.status === "fulfilled");
    await stopAll(started.map(({ value }) => value));
    throw error;
  }
}

async function stopAll(runtimes: readonly Runtime[]): Promise<void> {
  await Promise.all(runtimes.map(({ process }) => process.stop()));
}

async function startRuntime({ functions, env, onOutput, signal }: LambdaHostOptions): Promise<Runtime> {
  const { PATH, HOME } = process.env;
  const runtime = startProcess({
    name: "The functions' process",
    command: process.execPath,
    args: [...memory, "--enable-source-maps", runtimeFile, JSON.stringify(functions)],
    // As on Lambda: nothing of the developer's own environment, and UTC.
    env: { PATH, HOME, TZ: "UTC", ...env },
    messages: true,
    onOutput,
    signal,
  });
  const port = new Promise<number>((resolve) => {
    runtime.child.once("message", (message: { port: number }) => resolve(message.port));
  });
  try {
    return { process: runtime, url: `http://127.0.0.1:${await whileAlive(runtime, () => port)}` };
  } catch (error) {
    await runtime.stop();
    throw error;
  }
}

async function invokeFunction(url: string, name: string, event: object): Promise<unknown> {
  const response = await fetch(`${url}/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(event),
  }).catch((error: Error & { cause?: { code?: unknown } }) => {
    throw error.cause?.code === "ECONNREFUSED" ? new FunctionsAway("Nothing listens there") : error;
  });
  const result = (await response.json()) as { errorMessage?: string; Message?: string };
  if (response.headers.has("x-amz-function-error")) throw new Error(result.errorMessage);
  if (!response.ok) throw new Error(result.Message);
  return result;
}

/** Calls back after a change in one of the directories, once no more changes follow. */
function watchDirectories(directories: readonly string[], onChange: () => Promise<void>): FSWatcher[] {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  return directories.map((directory) => {
    const watcher = watch(directory, { recursive: true, persistent: false }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(onChange);
      }, settleMs);
    });
    // If the machine has no more file watches, changes go unnoticed.
    return watcher.on("error", () => watcher.close());
  });
}
