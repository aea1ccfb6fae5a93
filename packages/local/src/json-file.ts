import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { PartFailure } from "./processes.ts";

/** A value that lives in memory and, where a path is given, in a JSON file as well. */
export interface JsonFile<T> {
  readonly value: T;
  /** Resolves when every change made to the value so far is in the file. */
  save(): Promise<void>;
}

/**
 * Opens a JSON file; where there is none, or no path is given, the value starts as `initial`.
 * Writes are atomic, and changes that come while one is under way share the next.
 */
export async function openJsonFile<T>(file: string | undefined, initial: () => T): Promise<JsonFile<T>> {
  if (file === undefined) return { value: initial(), save: async () => {} };

  const value = await readJson<T>(file, initial);
  let current: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return {
    value,
    save() {
      next ??= current
        .catch(() => {})
        .then(() => {
          next = undefined;
          current = writeJson(file, value);
          return current;
        });
      return next;
    },
  };
}

/** Writes a JSON file, for its owner's eyes, so that a reader sees the old one or the new one, never half of it. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  // Nothing here must outlast a crash of the machine.
  await writeFileAtomic(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, fsync: false });
}

/** Reads a JSON file, or answers `initial` where there is none. */
export async function readJson<T>(file: string, initial: () => T): Promise<T> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return initial();
    throw error;
  }
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new PartFailure(`${file} is damaged: \`dev --reset\` starts over.`);
  }
}
