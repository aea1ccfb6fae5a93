import {
  access,
  constants,
  link,
  mkdir,
  open,
  readdir,
  rm,
  statfs,
  utimes,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PartFailure } from "./processes.ts";
import { repositoryRoot } from "./repository.ts";

/** Where `dev` and `seed` keep everything between starts: `.local`, or what `KUMITE_DATA_DIR` names. */
export const dataDirectory = path.resolve(repositoryRoot, process.env["KUMITE_DATA_DIR"] || ".local");

/** A file in the data directory. */
export const dataFile = (name: string): string => path.join(dataDirectory, name);

const lockFile = dataFile("lock");
const takeoverFile = `${lockFile}.takeover`;
const takeoverMs = 10;
const neededMegabytes = 100;
const heartbeatMs = 2_000;
const staleMs = 10_000;

/** The right to use the data directory. One process at a time holds it. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Makes the data directory usable and takes it for this process.
 *
 * @throws PartFailure that says what to do if the directory is in use or the disk is full; Node's own error if it is
 * not writable
 */
export async function lockDataDirectory(): Promise<Lock> {
  await mkdir(dataDirectory, { recursive: true });
  await access(dataDirectory, constants.W_OK);
  if (await isDiskFull(neededMegabytes)) {
    throw new PartFailure(
      `The disk is full: make at least ${neededMegabytes} MB of room for ${dataDirectory} and start again.`,
    );
  }

  await takeLock();
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(lockFile, now, now).catch(() => {});
  }, heartbeatMs);
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      await rm(lockFile, { force: true });
    },
  };
}

/** Creates the lock file, which holds this process's id from the start. Throws if another process holds the lock. */
async function takeLock(): Promise<void> {
  const own = `${lockFile}.${process.pid}`;
  await writeFile(own, String(process.pid));
  try {
    while (!(await linkUnlessThere(own, lockFile))) {
      const holder = await findHolder();
      if (holder !== undefined) {
        throw new PartFailure(
          `This checkout is already running as process ${holder}: use that one, or stop it and start again.`,
        );
      }
      // Only one process at a time removes a dead process's lock: a second one would remove the first one's new lock.
      if (await linkUnlessThere(own, takeoverFile)) {
        await removeStale(lockFile).finally(() => rm(takeoverFile, { force: true }));
      } else {
        await removeStale(takeoverFile);
        await sleep(takeoverMs);
      }
    }
  } finally {
    await rm(own, { force: true });
  }
}

/** Links `file` to an existing one. Returns false if `file` exists, so only one of several processes succeeds. */
async function linkUnlessThere(existing: string, file: string): Promise<boolean> {
  try {
    await link(existing, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function removeStale(file: string): Promise<void> {
  const lock = await readLock(file);
  if (lock && !lock.isLive) await rm(file, { force: true });
}

/** Returns the id of the process that uses the data directory now; undefined if there is none. */
export async function findHolder(): Promise<number | undefined> {
  const lock = await readLock(lockFile);
  return lock?.isLive && lock.pid !== process.pid ? lock.pid : undefined;
}

/** Reads which process holds a lock file, and whether it is alive; undefined if there is no file. */
async function readLock(file: string): Promise<{ pid: number; isLive: boolean } | undefined> {
  const lock = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!lock) return undefined;
  try {
    // Both are read through one handle, because another file may have the name by now.
    const [text, { mtimeMs }] = await Promise.all([lock.readFile("utf8"), lock.stat()]);
    const pid = Number(text);
    // A killed process leaves the file behind, and another process may have its id by now.
    return { pid, isLive: Date.now() - mtimeMs < staleMs && isRunning(pid) };
  } finally {
    await lock.close();
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Empties the data directory. This process must hold the lock. */
export async function clearDataDirectory(): Promise<void> {
  const files = (await readdir(dataDirectory)).map(dataFile).filter((file) => file !== lockFile);
  await Promise.all(files.map((file) => rm(file, { recursive: true, force: true })));
}

/** Whether the data directory's disk has less than this much free space. */
export async function isDiskFull(megabytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(dataDirectory);
  return bavail * bsize < megabytes * 1024 * 1024;
}
