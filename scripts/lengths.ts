/** How long a file of code may be. Biome's rule for it counts a text or a comment of many lines as one. */

export const maxLines = 300;

/** Files that may be longer, each with the reason. */
export const exceptions: Readonly<Record<string, string>> = {};

/**
 * What is wrong with the lengths of files.
 * @param files their texts by path
 * @param allowed the files that may be longer; each must exist and need it
 * @returns a sentence for each problem
 */
export function findLengthProblems(
  files: ReadonlyMap<string, string>,
  allowed: Readonly<Record<string, string>> = exceptions,
): string[] {
  const tooLong = [...files].filter(([, text]) => countLines(text) > maxLines).map(([file]) => file);
  const unneeded = Object.keys(allowed).filter((file) => !tooLong.includes(file));
  return [
    ...tooLong
      .filter((file) => !(file in allowed))
      .map((file) => `${file}: ${countLines(files.get(file) ?? "")} lines, and ${maxLines} are the most`),
    ...unneeded.map((file) => `${file}: no longer needs its exception in scripts/lengths.ts`),
  ];
}

/** The lines of a text, of which the last one may end without a line break. */
function countLines(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
