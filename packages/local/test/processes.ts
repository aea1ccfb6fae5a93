import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Returns the command lines of a process's running children. */
export async function childrenOf(pid: number): Promise<string[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  return stdout
    .split("\n")
    .flatMap((line) => {
      const [, child, parent, args = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)/.exec(line) ?? [];
      return Number(parent) === pid && child !== undefined ? [args] : [];
    })
    .filter((args) => !args.startsWith("ps ") && !args.includes("reaper.ts"));
}

/** Whether a server answers at this URL. */
export async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    () => true,
    () => false,
  );
}
