import type { Random } from "./random.ts";

export interface Killer {
  /** To be told how many operations have begun. */
  progress(operations: number): void;
  /** How many processes were killed so far. */
  kills(): number;
}

/**
 * Kills one of some processes by SIGKILL, again and again, in the middle of a run.
 * @param options.pids the processes that there are just then
 * @param options.every after at least and at most so many operations more
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
