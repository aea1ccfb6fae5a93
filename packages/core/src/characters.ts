import { lazyPattern } from "./lazy-pattern.ts";

// Characters that change how the text around them is shown: control characters, bidirectional overrides and, where
// one line is asked for, Unicode's own line breaks.
const hiddenCharacters = String.raw`[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]`;
export const hidden = lazyPattern(hiddenCharacters, "u");
const allHidden = lazyPattern(hiddenCharacters, "gu");

/** Whether there is anything to see in a text: some characters are wide and empty, or nothing at all. */
export function isVisible(text: string): boolean {
  return visible().test(text);
}

const visible = lazyPattern(String.raw`[^\p{Default_Ignorable_Code_Point}\p{Z}\p{C}\p{M}\u2800]`, "u");

/** An emoji may need invisible characters: joiners in a family, tags in the flag of Wales. */
const emoji = lazyPattern(String.raw`(\p{RGI_Emoji})`, "v");

/**
 * Characters without a look of their own: zero-width, direction marks, fillers, tags, control characters. After a virama
 * of an Indic script a joiner is one of the letters: it decides how they look.
 */
const unseen = lazyPattern(
  String.raw`(?<![\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA])[\u200C\u200D]|(?![\u200C\u200D])[\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFB\u2800]`,
  "gu",
);

/** One line of text without the characters that cannot be seen; line breaks become spaces. */
export function toVisibleLine(text: string): string {
  return (
    text
      .replaceAll(/\s/g, " ")
      .split(emoji())
      // Those at odd places are the emojis.
      .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(unseen(), "")))
      .join("")
      .trim()
  );
}

/** What `singleLine(max)` accepts of a text that cannot be asked for again; perhaps nothing. */
export function toSingleLine(text: string, max: number): string {
  return (
    text
      .toWellFormed()
      .replaceAll(/\s/g, " ")
      .replaceAll(allHidden(), "")
      .replaceAll(/ +/g, " ")
      .trim()
      .slice(0, max)
      // Half of a character that was cut through.
      .replace(/[\uD800-\uDBFF]$/, "")
      .trimEnd()
  );
}
