import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";

/** What a piece of work cost a process. */
export interface Cost {
  /** The peak memory of the whole process meanwhile, in MB. */
  memory: number;
  /** Processor time in ms. Unlike clock time, it does not depend on what else runs. */
  busy: number;
}

/**
 * Measures the process with that id while `work` runs.
 * @throws Error if the system does not report the cost: a test must not pass without a measurement
 */
export async function measure<Result>(
  pid: number,
  work: () => Promise<Result>,
): Promise<{ result: Result; cost: Cost }> {
  const meter = process.platform === "linux" ? await linuxMeter(pid) : await psMeter(pid);
  try {
    const before = await meter.busyTime();
    const result = await work();
    return { result, cost: { memory: await meter.peak(), busy: (await meter.busyTime()) - before } };
  } finally {
    meter.stop();
  }
}

/** Peak memory of each process before the last measurement, in MB. */
const highest = new Map<number, number>();

/**
 * The peak memory of a process so far, in MB; without /proc, only while it was measured.
 * @throws Error if the system does not report it
 */
export async function peakMemory(pid: number): Promise<number> {
  const { result, cost } = await measure(pid, async () => highest.get(pid) ?? 0);
  return Math.max(result, cost.memory, highest.get(pid) ?? 0);
}

interface Meter {
  /** Peak memory since the meter was created, in MB. */
  peak(): Promise<number>;
  busyTime(): Promise<number>;
  stop(): void;
}

async function linuxMeter(pid: number): Promise<Meter> {
  const ticksPerSecond = 100;
  const peak = async () => {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return numberIn(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1_024;
  };
  highest.set(pid, Math.max(highest.get(pid) ?? 0, await peak()));
  // Resets the kernel's peak, so that it covers only the following work.
  await writeFile(`/proc/${pid}/clear_refs`, "5");
  return {
    peak,
    async busyTime() {
      const stat = await readFile(`/proc/${pid}/stat`, "utf8");
      // User and system time. Fields are counted after the name, which may contain anything.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return ((numberIn(fields[11]) + numberIn(fields[12])) * 1_000) / ticksPerSecond;
    },
    stop() {},
  };
}

/** For systems without /proc: polls `ps`, which does not know the peak. */
async function psMeter(pid: number): Promise<Meter> {
  const ask = async (field: "rss" | "time") => {
    const { stdout } = await promisify(execFile)("ps", ["-p", String(pid), "-o", `${field}=`]);
    return stdout.trim();
  };
  let peak = 0;
  let isStopped = false;
  const look = async () => {
    peak = Math.max(peak, numberIn(await ask("rss")) / 1_024);
    highest.set(pid, Math.max(highest.get(pid) ?? 0, peak));
  };
  const watch = async () => {
    while (!isStopped) await look();
  };
  await look();
  // If polling fails, the last look throws.
  void watch().catch(() => undefined);
  return {
    async peak() {
      await look();
      return peak;
    },
    async busyTime() {
      // `[[days-]hours:]minutes:seconds.hundredths`
      const parts = (await ask("time")).split(/[-:]/).map(numberIn);
      const units = [86_400, 3_600, 60, 1].slice(-parts.length);
      return parts.reduce((sum, part, at) => sum + part * (units[at] ?? 0), 0) * 1_000;
    },
    stop() {
      isStopped = true;
    },
  };
}

function numberIn(text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || text === "" || Number.isNaN(value)) {
    throw new Error(`The system does not report what the process uses: ${text}`);
  }
  return value;
}
