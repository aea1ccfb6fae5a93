// `prepare` of package.json: puts git's hooks in place after an install (lefthook.yml). It never fails an install: a copy without
// git, a pipeline, or a machine for which lefthook has no program go without hooks. Plain JavaScript for every version of Node.
import { spawnSync } from "node:child_process";

const { CI, LEFTHOOK } = process.env;
const isWanted = !CI && LEFTHOOK !== "0" && LEFTHOOK !== "false";
const isCheckout = () => spawnSync("git", ["rev-parse", "--git-dir"], { stdio: "ignore" }).status === 0;

if (isWanted && isCheckout()) {
  const { status, error, stdout, stderr } = spawnSync("lefthook", ["install"], { encoding: "utf8" });
  if (status !== 0) {
    process.stderr.write(`Git's hooks were not installed: ${error?.message ?? (stderr || stdout).trim()}\n`);
  }
}
