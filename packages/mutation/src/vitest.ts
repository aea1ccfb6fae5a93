import path from "node:path";
import { defineConfig } from "vitest/config";

// The same unusual time zone as in the other tests.
process.env["TZ"] = "Asia/Kathmandu";

// This runs in Stryker's process. It ends when its parent stops, and the database with it.
process.on("disconnect", () => process.exit(1));

const tests = process.env["KUMITE_MUTATION_TESTS"]?.split(",") ?? [];
const needsDatabase = tests.some((file) => file.endsWith(".database.test.ts"));

/** One project for Stryker: the tests that cli.ts names, with one DynamoDB Local for all runs if they need it. */
export default defineConfig({
  root: path.resolve(import.meta.dirname, "../../.."),
  test: {
    environment: "node",
    restoreMocks: true,
    include: tests,
    globalSetup: needsDatabase ? "packages/local/testing/database.ts" : [],
    testTimeout: 60_000,
  },
});
