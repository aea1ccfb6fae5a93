/** `pnpm lengths:check` checks that no file of code is too long (scripts/lengths.ts). */
import { readFileSync } from "node:fs";
import { listFiles } from "./files.ts";
import { findLengthProblems } from "./lengths.ts";

const files = listFiles().filter((file) => /\.(?:mjs|ts|tsx)$/.test(file));
const problems = findLengthProblems(new Map(files.map((file) => [file, readFileSync(file, "utf8")])));
for (const problem of problems) console.error(problem);
console.log(`${files.length} files, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
