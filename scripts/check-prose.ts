/** `pnpm prose:check` finds words that this repository does not use (scripts/prose.ts). */
import { readFileSync } from "node:fs";
import { listFiles } from "./files.ts";
import { findWords } from "./prose.ts";

const isText = /\.(?:css|html|md|mjs|sh|ts|tsx|ya?ml)$|^\.ci\//;
/** The list itself, its test, and texts by others. */
const isExempt = /^scripts\/prose\.|^LICENSE$|(?:^|\/)pnpm-lock\.yaml$/;

const files = listFiles().filter((file) => isText.test(file) && !isExempt.test(file));
let count = 0;
for (const file of files) {
  for (const { line, found, instead } of findWords(readFileSync(file, "utf8"))) {
    count++;
    console.error(`${file}:${line}: “${found}”: write ${instead}`);
  }
}
console.log(`${files.length} files, ${count} words`);
process.exitCode = count === 0 ? 0 : 1;
