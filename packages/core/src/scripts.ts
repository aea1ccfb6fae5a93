import { plainLatin } from "./characters.ts";
import { lazyPattern } from "./lazy-pattern.ts";

// Which scripts one word may mix: Unicode's restriction level "moderately restrictive" (UTS 39, section 5.2), applied to
// words instead of whole identifiers, so that a name may be written twice: "Анна (Anna)".

/** Scripts in everyday use (UAX 31, table 5), by their ISO 15924 codes. */
const recommended =
  "Arab Armn Beng Bopo Cyrl Deva Ethi Geor Grek Gujr Guru Hang Hani Hebr Hira Knda Kana Khmr Laoo Latn Mlym Mymr Orya Sinh Taml Telu Thaa Thai Tibt".split(
    " ",
  );

/** Letters of these look like Latin ones. */
const latinLookalikes = new Set(["Cyrl", "Grek"]);

const allowedTogether = [
  ...recommended.map((script) => (latinLookalikes.has(script) ? [script] : ["Latn", script])),
  ["Latn", "Hani", "Hira", "Kana"],
  ["Latn", "Hani", "Bopo"],
  ["Latn", "Hani", "Hang"],
];

/** What belongs to any script: digits, punctuation, marks. */
const common = String.raw`\p{scx=Zyyy}\p{scx=Zinh}`;

const inOneOf = (scripts: readonly string[]) => scripts.map((script) => `\\p{scx=${script}}`).join("");

const words = lazyPattern(String.raw`[\p{L}\p{M}\p{N}]+`, "gu");

const allowed = allowedTogether.map((scripts) => lazyPattern(`^[${common}${inOneOf(scripts)}]*$`, "u"));

/** Letters of old and rare scripts alone, which no reader mistakes for others. */
const rare = lazyPattern(`^[^${inOneOf(recommended)}]*$`, "u");

/** Whether one word of the text mixes scripts that look alike, such as Latin and Cyrillic. */
export function mixesScripts(text: string): boolean {
  if (plainLatin.test(text)) return false;
  const found = text.match(words()) ?? [];
  return found.some((word) => !rare().test(word) && !allowed.some((pattern) => pattern().test(word)));
}
