import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

const intervalMs = 500;

/**
 * Calls back when the package manager that started this process ends. `npx pnpm dev` is a chain of processes, and a
 * signal that ends the first does not reach the last.
 */
export async function onPackageManagerEnd(callback: () => void): Promise<void> {
  if (!process.env["npm_lifecycle_event"]) return;
  const links = await packageManagerLinks();
  const timer = setInterval(async () => {
    for (const { child, parent } of links) {
      if ((await describe(child))?.parent !== parent) {
        clearInterval(timer);
        callback();
        return;
      }
    }
  }, intervalMs);
  timer.unref();
}

/** Returns each process and its parent, from this process up to the outermost package manager. */
async function packageManagerLinks(): Promise<{ child: number; parent: number }[]> {
  const links: { child: number; parent: number }[] = [];
  let known = 0;
  for (let child = process.pid; child > 1; ) {
    const parent = (await describe(child))?.parent;
    if (parent === undefined) break;
    links.push({ child, parent });
    if (/\b(npm|npx|pnpm)\b/.test((await describe(parent))?.command ?? "")) known = links.length;
    child = parent;
  }
  return links.slice(0, known);
}

async function describe(pid: number): Promise<{ parent: number; command: string } | undefined> {
  try {
    if (process.platform === "linux") {
      const [stat, command] = await Promise.all([
        readFile(`/proc/${pid}/stat`, "utf8"),
        readFile(`/proc/${pid}/cmdline`, "utf8"),
      ]);
      // pid (name) state parent …; the name may contain any character.
      const [, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return { parent: Number(parent), command: command.replaceAll("\0", " ") };
    }
    const { stdout } = await promisify(execFile)("ps", ["-o", "ppid=,args=", "-p", String(pid)]);
    const [, parent, command = ""] = /^\s*(\d+)\s+(.*)/.exec(stdout) ?? [];
    return { parent: Number(parent), command };
  } catch {
    return undefined;
  }
}
