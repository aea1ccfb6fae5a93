import { globSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../../..");

const core = "packages/core/src";

/** What is mutated where no path is given: rules, transactions, repositories and what they write, limits, authentication, errors. */
const defaults = [
  `${core}/{cursor,errors}.ts`,
  `${core}/availabilities/{churn,openings,repository,rules}.ts`,
  `${core}/calendar/{busy,repository}.ts`,
  `${core}/database/*.ts`,
  `${core}/limits/*.ts`,
  `${core}/meetings/{repository,rules}.ts`,
  `${core}/users/{blocks,repository,rules}.ts`,
  "packages/api/src/{auth,errors}.ts",
];
/** Files that have nothing to mutate, or only what the tests cannot do without: the connection and the tables. */
const excluded = /(\.test|\/index|\/database|\/tables)\.ts$/;

/** Tests beside a file's own. */
const furtherTests: Readonly<Record<string, readonly string[]>> = {
  [`${core}/calendar/busy.ts`]: [`${core}/availabilities/book-availability.database.test.ts`],
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
