import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/chromium.ts";

const isSummed = process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] !== undefined;

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/stack.ts",
  outputDir: "../../test-results/browser",
  reporter: isSummed ? [["list"], ["json"]] : "list",
  // The machine has two cores, and the stack wants one of them.
  workers: 1,
  forbidOnly: process.env["CI"] !== undefined,
  // Ceilings, which nothing waits for that goes well: for a machine half as fast with other work beside.
  timeout: 240_000,
  expect: { timeout: 45_000 },
  use: {
    // A failure leaves a picture and what a screen reader would read; `--trace on` shows each step.
    actionTimeout: 45_000,
    screenshot: "only-on-failure",
    launchOptions: {
      ...(await findChromium()),
      // Chromium's sandbox needs what containers and root do not have; its own look-ups need a network.
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    },
  },
});
