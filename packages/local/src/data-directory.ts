import {
  access,
  constants,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  statfs,
  utimes,
  writeFile,
} from "node:fs/promises";
import path from "node:path";
import { PartFailure } from "./processes.ts";
import { repositoryRoot } from "./repository.ts";

/** Where `dev` and `seed` keep everything between starts: `.local`, or what `KUMITE_DATA_DIR` names. */
export const dataDirectory = path.resolve(repositoryRoot, process.env["KUMITE_DATA_DIR"] || ".local");

/** A file in the data directory. */
export const dataFile = (name: string): string => path.join(dataDirectory, name);

const lockFile = dataFile("lock");
const neededMegabytes = 100;
const heartbeatMs = 2_000;
const staleMs = 10_000;

/** The right to use the data directory, which one process at a time has. */
export interface Lock {
  release(): Promise<void>;
}

/**
 * Makes the data directory usable and takes it for this process.
 *
 * @throws PartFailure with what to do when it is in use or the disk is full, Node's own error when it is not writable.
 */
export async function lockDataDirectory(): Promise<Lock> {
  await mkdir(dataDirectory, { recursive: true });
  await access(dataDirectory, constants.W_OK);
  if (await isDiskFull(neededMegabytes)) {
    throw new PartFailure(
      `The disk is full: make at least ${neededMegabytes} MB of room for ${dataDirectory} and start again.`,
    );
  }

  const holder = await findHolder();
  if (holder !== undefined) {
    throw new PartFailure(
      `This checkout is running already, as process ${holder}: use that one, or stop it and start again.`,
    );
  }
  await rm(lockFile, { force: true });
  await writeFile(lockFile, String(process.pid), { flag: "wx" });
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

/** The id of the process that uses the data directory now, undefined if none does. */
export async function findHolder(): Promise<number | undefined> {
  try {
    const pid = Number(await readFile(lockFile, "utf8"));
    // A process that was killed leaves the file behind, and its id may be another's by now.
    const isFresh = Date.now() - (await stat(lockFile)).mtimeMs < staleMs;
    process.kill(pid, 0);
    return isFresh && pid !== process.pid ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Empties the data directory, which this process must have locked. */
export async function clearDataDirectory(): Promise<void> {
  const files = (await readdir(dataDirectory)).map(dataFile).filter((file) => file !== lockFile);
  await Promise.all(files.map((file) => rm(file, { recursive: true, force: true })));
}

/** Whether the disk of the data directory has less room than this. */
export async function isDiskFull(megabytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(dataDirectory);
  return bavail * bsize < megabytes * 1024 * 1024;
}
