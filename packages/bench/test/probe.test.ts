import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";

const probe = path.resolve(import.meta.dirname, "../src/cold/probe.mjs");

test("a probe's memory is its own, however much its parent uses", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "kumite-probe-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const hello = path.join(folder, "hello.mjs");
  writeFileSync(hello, "export async function handler() { return { statusCode: 200 }; }");
  // A parent of 300 MiB starts the probe.
  const parent = `
    const ballast = Buffer.alloc(300 * 2 ** 20, 1);
    const { spawnSync } = require("node:child_process");
    const { stderr } = spawnSync(process.execPath, process.argv.slice(1), { encoding: "utf8" });
    process.stdout.write(stderr + (ballast.length > 0 ? "" : " "));`;
  const output = execFileSync(process.execPath, ["-e", parent, probe, hello, "{}"], { encoding: "utf8" });
  const { sample } = JSON.parse(output);
  expect(sample.memory).toBeGreaterThan(20);
  expect(sample.memory).toBeLessThan(150);
});
