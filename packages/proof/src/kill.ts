import type { Random } from "./random.ts";

export interface Killer {
  /** Call this with the number of operations begun. */
  progress(operations: number): void;
  /** Returns how many processes were killed so far. */
  kills(): number;
}

/**
 * Kills one of several processes by SIGKILL, repeatedly during a run.
 * @param options.pids returns the current processes
 * @param options.every after at least and at most this many further operations
 */
export function killAgainAndAgain(options: {
  pids: () => readonly number[];
  random: Random;
  every: readonly [number, number];
}): Killer {
  const { pids, random, every } = options;
  let next = random.between(...every);
  let kills = 0;
  return {
    progress(operations) {
      if (operations < next) return;
      next = operations + random.between(...every);
      const pid = random.pick(pids());
      if (pid === undefined) return;
      process.kill(pid, "SIGKILL");
      kills += 1;
    },
    kills: () => kills,
  };
}
