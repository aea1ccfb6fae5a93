// Installs .sst/platform without AWS, for the infrastructure's type check and tests: SST's source and Pulumi's
// providers, 320 MB from the npm registry. Does nothing if it is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import sst from "../node_modules/sst/package.json" with { type: "json" };

const root = path.resolve(import.meta.dirname, "..");

/** Records what was installed: SST's version, and a hash of the config, which names the providers. */
const stampFile = ".sst/installed";

/** The text of a file of the project; empty if there is none. */
function read(file: string): string {
  try {
    return readFileSync(path.join(root, file), "utf8");
  } catch {
    return "";
  }
}

export default function installPlatform(): void {
  const stamp = `${sst.version} ${createHash("sha256").update(read("sst.config.ts")).digest("hex")}`;
  // `sst` itself may have installed another version since.
  if (read(stampFile) === stamp && read(".sst/platform/version") === sst.version) return;

  console.error("Installing SST's platform once: about 40 s.");
  const { status } = spawnSync(path.join(root, "node_modules/.bin/sst"), ["install", "--stage", "test"], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      SST_TELEMETRY_DISABLED: "1",
      DO_NOT_TRACK: "1",
      SST_SKIP_DEPENDENCY_CHECK: "1",
      SST_NO_BUN: "1",
      AWS_EC2_METADATA_DISABLED: "true",
    },
  });
  if (status !== 0) {
    throw new Error("SST's platform could not be installed: check that the npm registry is reachable.");
  }
  writeFileSync(path.join(root, stampFile), stamp);
}

if (import.meta.main) installPlatform();
