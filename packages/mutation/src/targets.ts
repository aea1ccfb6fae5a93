import { globSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../../..");

/** What is mutated where no path is given. */
const defaults = [
  "packages/core/src/*.ts",
  "packages/core/src/{availabilities,calendar,database,limits,meetings,users}/*.ts",
  "packages/api/src/{auth,errors}.ts",
];
/** Files of a kind that has nothing to mutate, or whose words are no behavior. */
const excluded = /(\.test|\/index|\/context|\/messages|\/page|\/database|\/tables)\.ts$/;

/** Tests beside those in the same folder. */
const furtherTests: Readonly<Record<string, readonly string[]>> = {
  "packages/core/src/calendar/busy.ts": [
    "packages/core/src/availabilities/book-availability.database.test.ts",
    "packages/core/src/availabilities/several.database.test.ts",
    "packages/core/src/availabilities/withdraw-availability.database.test.ts",
    "packages/core/src/meetings/cancel-meeting.database.test.ts",
    "packages/core/src/testing/interleavings.database.test.ts",
  ],
};

/** A source file, and the test files that must notice every change of it. */
export interface Target {
  readonly file: string;
  readonly tests: readonly string[];
}

/**
 * The files to mutate.
 * @param patterns paths or globs from the root; the defaults where there is none
 */
export function findTargets(patterns: readonly string[]): Target[] {
  const given = patterns.length > 0 ? patterns : defaults;
  const files = given.flatMap((pattern) => globSync(pattern, { cwd: root }));
  return [...new Set(files)]
    .filter((file) => !excluded.test(file))
    .sort()
    .map((file) => ({ file, tests: testsOf(file) }));
}

/** A file's own tests where it has some; else all of its folder. And those that are named above. */
function testsOf(file: string): string[] {
  const own = globSync(`${file.replace(/\.ts$/, "")}{,.database}.test.ts`, { cwd: root });
  const near = globSync(`${path.dirname(file)}/*.test.ts`, { cwd: root });
  return [...new Set([...(own.length > 0 ? own : near), ...(furtherTests[file] ?? [])])];
}
