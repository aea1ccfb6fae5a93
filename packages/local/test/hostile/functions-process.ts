import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

export interface FunctionsProcess {
  /** The most memory that it has held, in MB. */
  peakMemory(): Promise<number>;
  /** How long it has kept a processor busy, in ms: unlike time by the clock, no matter what else runs. */
  busyTime(): Promise<number>;
}

/** The process that this test's stack runs its functions in; undefined where the system does not tell of it. */
export async function findFunctionsProcess(): Promise<FunctionsProcess | undefined> {
  if (process.platform !== "linux") return undefined;
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  const line = stdout
    .split("\n")
    .find(
      (line) => line.includes("lambda/runtime.ts") && line.trim().split(/\s+/)[1] === String(process.pid),
    );
  const pid = line?.trim().split(/\s+/)[0];
  if (pid === undefined) throw new Error("The functions' process is not there");
  const ticksPerSecond = 100;
  return {
    async peakMemory() {
      const status = await readFile(`/proc/${pid}/status`, "utf8");
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
    },
    async busyTime() {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      // User and system time, counted after the name, which may hold anything.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return ((Number(fields[11]) + Number(fields[12])) * 1_000) / ticksPerSecond;
    },
  };
}
