import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/chromium.ts";

const isSummed = process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] !== undefined;

export default defineConfig({
  testDir: "e2e",
  testMatch: "*.spec.ts",
  globalSetup: "./e2e/stack.ts",
  outputDir: "../../test-results/browser",
  reporter: isSummed ? [["list"], ["json"]] : "list",
  // On a machine with two cores, the stack needs one.
  workers: 1,
  forbidOnly: process.env["CI"] !== undefined,
  // Upper limits for a slow, busy machine; a test that passes does not wait for them.
  timeout: 240_000,
  expect: { timeout: 45_000 },
  use: {
    // A failure leaves a screenshot and the accessibility tree; `--trace on` records each step.
    actionTimeout: 45_000,
    screenshot: "only-on-failure",
    launchOptions: {
      ...(await findChromium()),
      // Chromium's sandbox does not work for root and in containers; its background requests need a network.
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    },
  },
});
