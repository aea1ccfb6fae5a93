import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import writeFileAtomic from "write-file-atomic";
import { PartFailure } from "./processes.ts";

/** A value in memory and, if a path is given, in a JSON file as well. */
export interface JsonFile<T> {
  readonly value: T;
  /** Resolves when every change made to the value so far is in the file. */
  save(): Promise<void>;
}

/**
 * Opens a JSON file. Without a file or a path, the value starts as `initial`. Writes are atomic; changes made during a
 * write share the next one.
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

/** Writes a JSON file atomically. Only its owner may read it. */
export async function writeJson(file: string, value: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  // Without fsync: nothing here has to survive a crash of the machine.
  await writeFileAtomic(file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, fsync: false });
}

/** Reads a JSON file; returns `initial` if there is none. */
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
