import { createWriteStream, mkdirSync } from "node:fs";
import path from "node:path";

/** The output of the stack's processes: kept in files and, on request, shown as well. */
export interface OutputLog {
  write(process: string, text: string): void;
  /** Shows all further lines, except those that `isQuiet`. */
  show(isQuiet: (process: string, line: string) => boolean): void;
}

/** Writes the output of each process to its own file in `directory`. Each start begins new files. */
export function openOutputLog(directory: string): OutputLog {
  mkdirSync(directory, { recursive: true });
  const files = new Map<string, NodeJS.WritableStream>();
  let isQuiet: (process: string, line: string) => boolean = () => true;

  const fileOf = (process: string) => {
    let file = files.get(process);
    if (!file) {
      // A full disk must not end the stack because of its logs.
      file = createWriteStream(path.join(directory, `${process}.log`)).on("error", () => {});
      files.set(process, file);
    }
    return file;
  };
  return {
    write(name, text) {
      fileOf(name).write(text);
      for (const line of text.split(/(?<=\n)/)) {
        if (!isQuiet(name, line)) process.stdout.write(line);
      }
    },
    show(quiet) {
      isQuiet = quiet;
    },
  };
}
