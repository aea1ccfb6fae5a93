// Characters that change how the text around them is shown: control characters, bidirectional overrides and, where
// one line is asked for, Unicode's own line breaks.
export const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** What `singleLine(max)` accepts of a text that cannot be asked for again; perhaps nothing. */
export function toSingleLine(text: string, max: number): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/\s/g, " ")
      .replaceAll(new RegExp(hidden, "gu"), "")
      .replaceAll(/ +/g, " ")
      .trim()
      .slice(0, max)
      // Half of a character that was cut through.
      .replace(/[\uD800-\uDBFF]$/, "")
      .trimEnd()
  );
}
