import path from "node:path";
import type { JWK } from "jose";
import type { Outputs } from "../outputs.ts";
import type { PartFailure } from "../processes.ts";
import type { DeadLetter } from "../streams/delivery.ts";
import type { Part, StackOptions } from "./options.ts";
import { type Start, usualPorts } from "./start.ts";
import { startParts } from "./start-parts.ts";

export type { Part, StackOptions } from "./options.ts";

export interface Stack {
  readonly outputs: Outputs;
  /** The ids of the processes that run the functions right now. One that ends is replaced. */
  functionPids(): number[];
  /**
   * Resolves once everything that follows the commits so far is done: all streams are read to the end, and no batch is
   * under way.
   */
  settled(): Promise<void>;
  /** The follow-ups that failed in every attempt. */
  deadLetters(): readonly DeadLetter[];
  /** The private key with which the user pool signs tokens, for tests that sign their own, such as an expired one. */
  readonly signingKey: JWK;
  /** Resolves when one of the stack's processes ends by itself. The others run until `stop`. */
  readonly failed: Promise<PartFailure>;
  /** Ends every process and frees every port. */
  stop(): Promise<void>;
}

/**
 * Starts the embedded AWS and, if asked for, the web app. Resolves when everything answers. Several stacks can run at
 * the same time.
 *
 * @throws PartFailure if a part does not start; then nothing is left running
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const aborting = new AbortController();
  const { signal } = aborting;
  const abort = () => aborting.abort(options.signal?.reason);
  if (options.signal?.aborted) abort();
  options.signal?.addEventListener("abort", abort, { once: true });

  const parts: Part[] = [];
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const stopPart of stops.splice(0)) await stopPart();
  };
  const start: Start = {
    options,
    signal,
    part(title, begin) {
      const ready = begin();
      parts.push({ title, ready });
      // The first failure aborts the start of all others.
      ready.catch((error: unknown) => aborting.abort(error));
      return ready;
    },
    running(started) {
      stops.unshift(started.stop);
      return started;
    },
    kept: (name) => (options.dataDir === undefined ? undefined : path.join(options.dataDir, name)),
    usualPort: (name) => (options.port === undefined ? undefined : usualPorts[name]),
  };

  try {
    const starting = await startParts(start);
    options.onParts?.(parts);
    const { outputs, failures, functionPids, streams, signingKey } = await starting();
    signal.throwIfAborted();
    const { settled, deadLetters } = streams;
    const failed = Promise.race(failures);
    return { outputs, functionPids, settled, deadLetters, signingKey, failed, stop };
  } catch (error) {
    await Promise.allSettled(parts.map(({ ready }) => ready));
    await stop();
    throw signal.aborted ? signal.reason : error;
  } finally {
    options.signal?.removeEventListener("abort", abort);
  }
}
