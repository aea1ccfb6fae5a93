// `prepare` of package.json: installs git hooks after `pnpm install` (lefthook.yml). It never fails the install: a copy
// without git, a pipeline, and a machine without a lefthook binary have no hooks. Plain JavaScript for every version of
// Node.
import { spawnSync } from "node:child_process";

const { CI, LEFTHOOK } = process.env;
const isWanted = !CI && LEFTHOOK !== "0" && LEFTHOOK !== "false";
const isCheckout = () => spawnSync("git", ["rev-parse", "--git-dir"], { stdio: "ignore" }).status === 0;

if (isWanted && isCheckout()) {
  const { status, error, stdout, stderr } = spawnSync("lefthook", ["install"], { encoding: "utf8" });
  if (status !== 0) {
    process.stderr.write(
      `The git hooks were not installed: ${error?.message ?? (stderr || stdout).trim()}\n`,
    );
  }
}
