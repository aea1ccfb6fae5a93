import { lazyPattern } from "./lazy-pattern.ts";

// Characters that change how the text around them is shown: control characters, bidirectional overrides and, for
// single-line fields, Unicode's own line breaks.
const hiddenCharacters = String.raw`[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]`;
export const hidden = lazyPattern(hiddenCharacters, "u");
const allHidden = lazyPattern(hiddenCharacters, "gu");

/**
 * Printable ASCII and Latin letters, as in most names. Such texts need none of the large patterns, whose compilation takes
 * 20 ms of a cold start.
 */
export const plainLatin = /^[ -~\u00C0-\u024F]*$/;

/** Whether a text has anything visible: some characters are blank or have no width. */
export function isVisible(text: string): boolean {
  return /[!-~]/.test(text) || visible().test(text);
}

const visible = lazyPattern(String.raw`[^\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\p{M}\u2800]`, "u");

/** An emoji may need invisible characters: joiners in a family, tags in the flag of Wales. */
const emoji = lazyPattern(String.raw`(\p{RGI_Emoji})`, "v");

/**
 * Invisible characters: zero-width, direction marks, fillers, tags, control characters. After a virama of an Indic
 * script a joiner is kept, because it changes how the letters look.
 */
const unseen = lazyPattern(
  String.raw`(?<![\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA])[\u200C\u200D]|(?![\u200C\u200D])[\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFB\u2800]`,
  "gu",
);

/** Returns one line of text without invisible characters; line breaks become spaces. */
export function toVisibleLine(text: string): string {
  const line = text.replaceAll(/\s/g, " ");
  if (plainLatin.test(line)) return line.trim();
  return (
    line
      .split(emoji())
      // `split` puts the emojis at odd indexes.
      .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(unseen(), "")))
      .join("")
      .trim()
  );
}

/** Returns the part of a text that `singleLine(max)` accepts, for texts that the user cannot correct. May be empty. */
export function toSingleLine(text: string, max: number): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/\s/g, " ")
      .replaceAll(allHidden(), "")
      .replaceAll(/ +/g, " ")
      .trim()
      .slice(0, max)
      // Half of a surrogate pair that was cut.
      .replace(/[\uD800-\uDBFF]$/, "")
      .trimEnd()
  );
}
