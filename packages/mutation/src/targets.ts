import { globSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../../..");

const core = "packages/core/src";

/**
 * What is mutated without a path: rules, transactions, repositories and what they write, limits, authentication,
 * errors.
 */
const defaults = [
  `${core}/{context/cursor,errors}.ts`,
  `${core}/agenda/{busy,repository}.ts`,
  `${core}/availabilities/{capacity,copies,openings,repository,*rules,seats}.ts`,
  `${core}/booking/churn.ts`,
  `${core}/database/*.ts`,
  `${core}/meetings/{repository,rules}.ts`,
  `${core}/users/{blocks,repository,rules}.ts`,
  "packages/api/src/{auth,errors}.ts",
  "packages/api/src/limits/*.ts",
];
/** Tests, and files without behavior: lists of exports, the connection, the tables' definitions. */
const excluded = /(\.test|\/index|\/database|\/tables)\.ts$/;

/** A source file, and the test files that must notice every change in it. */
export interface Target {
  readonly file: string;
  readonly tests: readonly string[];
}

/**
 * Returns the files to mutate.
 * @param patterns paths or globs from the root; the defaults if empty
 */
export function findTargets(patterns: readonly string[]): Target[] {
  const given = patterns.length > 0 ? patterns : defaults;
  const files = given.flatMap((pattern) => globSync(pattern, { cwd: root }));
  return [...new Set(files)]
    .filter((file) => !excluded.test(file))
    .sort()
    .map((file) => ({ file, tests: testsOf(file) }));
}

/** A file's own tests (`auth.test.ts`, `auth-keys.test.ts`); if it has none, all tests of its folder. */
function testsOf(file: string): string[] {
  const own = globSync(`${file.replace(/\.ts$/, "")}{,-*}{,.database}.test.ts`, { cwd: root });
  return own.length > 0 ? own : globSync(`${path.dirname(file)}/*.test.ts`, { cwd: root });
}
