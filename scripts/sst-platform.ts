// Installs what `sst` needs around sst.config.ts (.sst/platform: its own source and Pulumi's providers, 320 MB from the
// npm registry) without AWS, for the type check and the tests of the infrastructure. Does nothing where it is there.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import sst from "../node_modules/sst/package.json" with { type: "json" };

const root = path.resolve(import.meta.dirname, "..");

/** Says what was installed: SST's version, and the config, which names the providers. */
const stampFile = ".sst/installed";

/** The text of one of the project's files; empty where there is none. */
function read(file: string): string {
  try {
    return readFileSync(path.join(root, file), "utf8");
  } catch {
    return "";
  }
}

export default function installPlatform(): void {
  const stamp = `${sst.version} ${createHash("sha256").update(read("sst.config.ts")).digest("hex")}`;
  // `sst` itself may have put another version there since.
  if (read(stampFile) === stamp && read(".sst/platform/version") === sst.version) return;

  console.error("Installing SST's platform, once: some 40 s.");
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
    throw new Error("SST's platform could not be installed: the npm registry must be in reach.");
  }
  writeFileSync(path.join(root, stampFile), stamp);
}

if (import.meta.main) installPlatform();
