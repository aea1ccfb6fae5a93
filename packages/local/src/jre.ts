import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { access, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { setTimeout as sleep } from "node:timers/promises";
import { lock } from "proper-lockfile";
import { extract } from "tar";

/** A long-term support version that Adoptium builds for every platform below. */
const featureVersion = 21;
const answerTimeoutMs = 30_000;
const lockIntervalMs = 200;
const partialPrefix = "partial-";

/** Adoptium's names of the platforms on which DynamoDB Local runs. */
const systems: Readonly<Record<string, string>> = { linux: "linux", darwin: "mac" };
const architectures: Readonly<Record<string, string>> = { x64: "x64", arm64: "aarch64" };

export interface JreOptions {
  /** The directory of the JRE. */
  readonly cacheDir: string;
  /** Adoptium's API, e.g. `https://api.adoptium.net`. */
  readonly api: string;
  /** Whether a command is a Java that can be used. */
  readonly isUsable: (command: string) => Promise<boolean>;
  /** Called before fetching, with what is fetched, e.g. `Eclipse Temurin 21`. */
  readonly onFetch: (name: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Returns the `java` command of the JRE in the cache. If there is none, this process downloads it, verifies Adoptium's
 * checksum, and moves it into place in one step. Other processes wait meanwhile.
 *
 * @throws Error if Adoptium has none for the platform, the network fails, or the checksum is wrong
 */
export async function ensureJre(options: JreOptions): Promise<string> {
  const { cacheDir, signal } = options;
  const home = path.join(cacheDir, `jre-${featureVersion}`);
  const cached = await findCommand(home);
  if (cached !== undefined && (await options.isUsable(cached))) return cached;

  await mkdir(cacheDir, { recursive: true });
  const release = await takeLock(cacheDir, signal);
  try {
    const meanwhile = await findCommand(home);
    if (meanwhile !== undefined && (await options.isUsable(meanwhile))) return meanwhile;
    // Directories left by killed processes.
    const leftovers = (await readdir(cacheDir)).filter((name) => name.startsWith(partialPrefix));
    await Promise.all([home, ...leftovers.map((name) => path.join(cacheDir, name))].map(remove));

    const partial = await mkdtemp(path.join(cacheDir, partialPrefix));
    try {
      const unpacked = await fetchJre(partial, options);
      await rename(unpacked, home);
    } finally {
      await remove(partial);
    }
    return await requireCommand(home);
  } finally {
    await release();
  }
}

/** Downloads a JRE into a directory, and unpacks it there. */
async function fetchJre(directory: string, { api, isUsable, onFetch, signal }: JreOptions): Promise<string> {
  const { link, checksum } = await findPackage(api, signal);
  onFetch(`Eclipse Temurin ${featureVersion} (a JRE, some 50 MB)`);
  const archive = path.join(directory, "jre.tar.gz");
  const actual = await download(link, archive, signal);
  if (actual !== checksum) {
    throw new Error(`${link} has the SHA-256 ${actual}, but should have ${checksum}`);
  }
  const unpacked = path.join(directory, "jre");
  await mkdir(unpacked);
  await extract({ file: archive, cwd: unpacked, strip: 1 });
  const command = await requireCommand(unpacked);
  if (!(await isUsable(command))) throw new Error(`the Java of ${link} does not run here`);
  return unpacked;
}

/** Finds the address of the newest JRE for this machine, and its SHA-256. */
async function findPackage(
  api: string,
  signal: AbortSignal | undefined,
): Promise<{ link: string; checksum: string }> {
  const { platform, arch } = process;
  const [os, architecture] = [systems[platform], architectures[arch]];
  if (os === undefined || architecture === undefined)
    throw new Error(`no JRE is known for ${platform} ${arch}`);
  const query = new URLSearchParams({ architecture, image_type: "jre", os, vendor: "eclipse" });
  const url = `${api}/v3/assets/latest/${featureVersion}/hotspot?${query}`;
  const timeout = AbortSignal.timeout(answerTimeoutMs);
  const response = await get(url, signal ? AbortSignal.any([signal, timeout]) : timeout);
  const assets = (await response.json()) as {
    binary?: { package?: { link?: unknown; checksum?: unknown } };
  }[];
  const { link, checksum } = assets[0]?.binary?.package ?? {};
  if (typeof link !== "string" || typeof checksum !== "string") throw new Error(`${url} names no JRE`);
  return { link, checksum: checksum.toLowerCase() };
}

/** Downloads a URL into a file, and returns its SHA-256 in hexadecimal. */
async function download(url: string, file: string, signal: AbortSignal | undefined): Promise<string> {
  const { body } = await get(url, signal);
  if (!body) throw new Error(`${url} answers without a body`);
  const hash = createHash("sha256");
  const hashing = new Transform({
    transform(chunk, _, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  // The cast is for programs that also load the browser's types.
  await pipeline(Readable.fromWeb(body as ReadableStream), hashing, createWriteStream(file));
  return hash.digest("hex");
}

async function get(url: string, signal: AbortSignal | undefined): Promise<Response> {
  const response = await fetch(url, signal ? { signal } : {});
  if (response.ok) return response;
  await response.body?.cancel();
  throw new Error(`${url} answers ${response.status}`);
}

/** Waits until no other process holds the lock. A killed process loses it after some seconds. */
async function takeLock(directory: string, signal: AbortSignal | undefined): Promise<() => Promise<void>> {
  while (true) {
    signal?.throwIfAborted();
    try {
      return await lock(directory, {
        lockfilePath: path.join(directory, "lock"),
        // A machine that sleeps loses the lock. At worst, a second process downloads the JRE again.
        onCompromised: () => {},
      });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ELOCKED") throw error;
      await sleep(lockIntervalMs, undefined, signal ? { signal } : {});
    }
  }
}

async function requireCommand(home: string): Promise<string> {
  const command = await findCommand(home);
  if (command === undefined) throw new Error("the archive holds no bin/java");
  return command;
}

/** Finds `bin/java`, which is deeper in the archive for macOS. */
async function findCommand(home: string): Promise<string | undefined> {
  for (const parts of [["bin"], ["Contents", "Home", "bin"]]) {
    const command = path.join(home, ...parts, "java");
    if (await exists(command)) return command;
  }
  return undefined;
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

const remove = (file: string) => rm(file, { recursive: true, force: true });
