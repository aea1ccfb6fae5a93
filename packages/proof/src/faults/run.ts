import type { Finding } from "../check/finding.ts";
import { runChecks } from "../check/index.ts";
import type { History } from "../history.ts";
import { killAgainAndAgain } from "../kill.ts";
import { newMembers } from "../members.ts";
import { Random } from "../random.ts";
import { startProofStack } from "../stack.ts";
import { readTables } from "../tables.ts";
import { Workload } from "../workload/workload.ts";
import type { FaultName } from "./kinds.ts";
import { checkPostedOnce } from "./once.ts";
import { startFaultProxy } from "./proxy.ts";

export interface FaultOptions {
  readonly seed: number;
  readonly members: number;
  readonly operations: number;
  readonly concurrency: number;
  /** The percentage of requests to DynamoDB that fail. */
  readonly percent: number;
  /** A process of the API is killed after this many operations: at least and at most. */
  readonly killEvery: readonly [number, number];
  readonly onProgress?: (operations: number) => void;
}

export interface FaultRun {
  readonly history: History;
  /** Requests to DynamoDB while faults were injected. */
  readonly requests: number;
  readonly faults: Readonly<Record<FaultName, number>>;
  readonly kills: number;
  /** Requests to the API with an unknown outcome, by the answer or error. */
  readonly unknown: Readonly<Record<string, number>>;
  /** Calls whose outcome is unknown after the last attempt. */
  readonly unsettled: number;
  /** The result of each check: those of the history and two more. */
  readonly findings: Readonly<Record<string, Finding>>;
}

/** What a client is told when the database or API is briefly unreachable: it may retry. */
const cleanFailures = new Set(["SERVICE_UNAVAILABLE"]);

/** How often a client sends a call that it was told to retry. */
const attempts = 5;

/**
 * Runs the workload while requests between the functions and DynamoDB fail, and the functions' processes are killed.
 * When everything is done, every member searches once more without faults, and the history is checked.
 */
export async function runWithFaults(options: FaultOptions): Promise<FaultRun> {
  const { seed, operations } = options;
  const proxy = await startFaultProxy(seed);
  try {
    const stack = await startProofStack(proxy);
    try {
      const members = await newMembers(stack.outputs, options.members);
      const killer = killAgainAndAgain({
        pids: stack.functionPids,
        random: new Random(seed),
        every: options.killEvery,
      });
      const workload = new Workload({
        api: stack.outputs.api,
        members,
        seed,
        concurrency: options.concurrency,
        attempts,
        onProgress(begun) {
          if (begun < operations) killer.progress(begun);
          options.onProgress?.(begun);
        },
      });
      const before = proxy.requests();
      proxy.fail(options.percent);
      await workload.run(operations);
      proxy.fail(0);
      const requests = proxy.requests() - before;
      await stack.settled();
      await workload.searchAll();
      const { history } = workload;
      const tables = await readTables(stack.outputs, history);
      const { unknown, unsettled } = failuresOf(history);
      const unclean = Object.keys(unknown).filter((why) => !cleanFailures.has(why));
      return {
        history,
        requests,
        faults: { ...proxy.counts() },
        kills: killer.kills(),
        unknown,
        unsettled,
        findings: {
          ...runChecks(history, tables),
          "nothing is posted twice": checkPostedOnce(history, tables),
          "every failure is a clean one": {
            looked: Object.entries(unknown)
              .map(([why, count]) => `${count} × ${why}`)
              .join(", "),
            violations: unclean,
          },
        },
      };
    } finally {
      await stack.stop();
    }
  } finally {
    await proxy.stop();
  }
}

function failuresOf({ calls }: History): Pick<FaultRun, "unknown" | "unsettled"> {
  const whys = calls.flatMap((call) =>
    call.attempts.flatMap(({ outcome }) => (outcome.kind === "unknown" ? [outcome.why] : [])),
  );
  const unknown: Record<string, number> = {};
  for (const why of whys) unknown[why] = (unknown[why] ?? 0) + 1;
  const unsettled = calls.filter((call) => call.attempts.at(-1)?.outcome.kind === "unknown").length;
  return { unknown, unsettled };
}
