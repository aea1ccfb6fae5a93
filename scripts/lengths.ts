/** The most lines of a code file. Not Biome's rule, because it counts a multi-line string or comment as one line. */

export const maxLines = 300;

/** Files that may be longer, each with the reason. */
export const exceptions: Readonly<Record<string, string>> = {};

/**
 * Finds files that are too long, and exceptions that are not needed.
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

/** The number of lines of a text. The last line may have no line break. */
function countLines(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}
