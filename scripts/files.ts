import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The paths of the repository's files from its root. New files that nobody has added yet count; deleted and ignored ones do not. */
export function listFiles(): string[] {
  return execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  })
    .split("\0")
    .filter((file) => file !== "" && existsSync(file));
}
