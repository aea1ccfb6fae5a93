import { setTimeout as sleep } from "node:timers/promises";

/** How long to wait, in milliseconds, before each attempt after the first. */
const waits = [1_000, 2_000, 4_000, 8_000];

/**
 * The keys with which a user pool signs tokens, as JSON. A new pool may not have them at once, so this tries five times
 * within half a minute.
 * @param wait replaces the real pause in tests
 * @throws Error saying what to do, if every attempt failed
 */
export async function fetchSigningKeys(
  uri: string,
  wait: (milliseconds: number) => Promise<unknown> = sleep,
): Promise<string> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await readKeys(uri);
    } catch (cause) {
      const pause = waits[attempt];
      if (pause === undefined) {
        throw new Error(
          `The user pool's signing keys could not be read from ${uri} in ${waits.length + 1} attempts (the last: ${reason(cause)}). ` +
            "Check that this machine reaches that address, then deploy again: the deploy continues where it stopped.",
          { cause },
        );
      }
      await wait(pause);
    }
  }
}

async function readKeys(uri: string): Promise<string> {
  const response = await fetch(uri, { signal: AbortSignal.timeout(3_000) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  const { keys } = (await response.json()) as { keys?: unknown };
  if (!Array.isArray(keys) || keys.length === 0) throw new Error("The response has no keys");
  return JSON.stringify({ keys });
}

/** An error's message; `fetch` has the reason in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
