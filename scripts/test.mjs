// `pnpm test` runs every suite, also in a fresh clone. The last line has the sum of all.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";

const results = "test-results";
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
  return status === 0;
}

/** The counts in a suite's report. A suite without a report has failed. */
function count(file, read) {
  try {
    return read(JSON.parse(readFileSync(`${results}/${file}`, "utf8")));
  } catch {
    return { passed: 0, failed: 1 };
  }
}

// First, so that a missing Java is reported before anything is built.
const java = spawnSync("node", ["packages/local/start.mjs", "java"], {
  stdio: ["inherit", "ignore", "inherit"],
});
if (java.status !== 0) {
  console.log("0 passed, 1 failed");
  process.exit(1);
}
if (!run("turbo", ["run", "build", "--output-logs=errors-only"])) {
  console.error("The build failed, so no test was run.");
  console.log("0 passed, 1 failed");
  process.exit(1);
}

const reports = [`--outputFile.json=${results}/vitest.json`, "--reporter=default", "--reporter=json"];
const vitest = run("vitest", ["run", ...reports]);
const playwright = run("pnpm", ["--filter", "@kumite/web", "run", "test:browser"], {
  PLAYWRIGHT_JSON_OUTPUT_NAME: `../../${results}/playwright.json`,
});

const counts = [
  count("vitest.json", (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests })),
  count("playwright.json", ({ stats }) => ({
    passed: stats.expected,
    // A test that passed only on retry counts as failed.
    failed: stats.unexpected + stats.flaky,
  })),
];
const passed = counts.reduce((sum, suite) => sum + suite.passed, 0);
// A suite can fail outside its tests, for example in its setup.
const failed = counts.reduce((sum, suite) => sum + suite.failed, 0) || (vitest && playwright ? 0 : 1);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
