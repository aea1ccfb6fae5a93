import { defineConfig } from "vitest/config";

// An unusual time zone, so that tests which depend on the machine's time zone fail.
process.env["TZ"] = "Asia/Kathmandu";

const shared = { environment: "node" as const, restoreMocks: true };

/** One DynamoDB Local for all tests of a project. */
const database = "packages/local/testing/database.ts";

export default defineConfig({
  test: {
    // Two workers: these tests mostly wait for other processes.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: "unit",
          testTimeout: 30_000,
          include: ["{apps,packages}/*/src/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: ["**/node_modules/**", "**/*.database.test.ts"],
        },
      },
      {
        test: {
          ...shared,
          name: "database",
          include: [
            "packages/{core,api,functions}/src/**/*.database.test.ts",
            "packages/core/test/**/*.database.test.ts",
            "packages/contract-tests/access/*.database.test.ts",
          ],
          globalSetup: database,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: "infra",
          include: ["infra/test/*.test.ts"],
          globalSetup: ["infra/test/setup.ts", database],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: "bundle",
          include: ["packages/functions/test/bundle/*.test.ts"],
          globalSetup: ["packages/functions/test/bundle/setup.ts", database],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          ...shared,
          name: "stack",
          include: [
            "packages/{bench,local}/test/**/*.test.ts",
            "packages/contract-tests/{contract,hostile}/*.test.ts",
            "turbo/**/*.test.ts",
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Each file starts its own processes.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          name: "outside",
          include: ["packages/api/test/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          ...shared,
          name: "proof",
          include: ["packages/proof/test/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
