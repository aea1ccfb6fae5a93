import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

/** The paths of the repository's files from its root. Includes untracked files, but not deleted and ignored ones. */
export function listFiles(): string[] {
  return execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    encoding: "utf8",
  })
    .split("\0")
    .filter((file) => file !== "" && existsSync(file));
}
