// Characters that change how the text around them is shown: control characters, bidirectional overrides and, where
// one line is asked for, Unicode's own line breaks.
export const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;

/** Whether there is anything to see in a text: some characters are wide and empty, or nothing at all. */
export function isVisible(text: string): boolean {
  return /[^\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\p{M}\u2800]/u.test(text);
}

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
