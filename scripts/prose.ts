/**
 * The words that this repository does not use in code, comments, documents and UI texts: CONTRIBUTING.md says why. The
 * list is short on purpose: each entry is wrong everywhere, so that no one has to discuss it.
 */

interface Rule {
  readonly pattern: RegExp;
  /** What to write instead of the found text. */
  readonly instead: (found: string) => string;
}

export interface Finding {
  /** From 1. */
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

/** What may separate two words: also the end of a line, and the comment mark of the next one. */
const gap = String.raw`(?:\s|//|\*|#)+`;

const replacing = (pattern: RegExp, replacement: string): Rule => ({
  pattern,
  instead: (found) => found.replace(pattern, replacement),
});
const saying = (words: string, instead: string): Rule => ({
  pattern: new RegExp(String.raw`\b(?:${words.replaceAll(" ", gap)})\b`, "i"),
  instead: () => instead,
});

const izing =
  "apolog|author|categor|central|character|custom|emphas|final|general|initial|local|maxim|memor|minim|normal|optim|organ|prior|real|recogn|serial|special|stabil|standard|summar|symbol|synchron|util|visual";

const rules: readonly Rule[] = [
  // American spelling.
  replacing(/\b(behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|rum)our/i, "$1or"),
  replacing(
    new RegExp(String.raw`\b((?:de|re|un)?(?:${izing}))is(e[ds]?|ing|ations?|ers?)\b`, "i"),
    "$1iz$2",
  ),
  replacing(/\b(anal|catal|paral)ys(e[ds]?|ing)\b/i, "$1yz$2"),
  replacing(/\b(cancel|fuel|label|level|marshal|model|signal|total|travel|tunnel)l(ed|ing|ers?)\b/i, "$1$2"),
  replacing(/\b(cent|fib|lit|theat)re(s?)\b/i, "$1er$2"),
  replacing(/\bcentred\b/i, "centered"),
  replacing(/\b(defen|licen|offen|preten)ce/i, "$1se"),
  replacing(/\b(catal|dial)ogue/i, "$1og"),
  replacing(/\bgrey/i, "gray"),
  replacing(/\bjudgement/i, "judgment"),
  replacing(/\bfulfil(s?|ment)\b/i, "fulfill$1"),
  saying("whilst", "while"),
  saying("amongst", "among"),
  // Words with a plain alternative, and phrases that are hard to read.
  saying("for good(?! reason)", "permanently"),
  saying("in vain", "without effect"),
  saying("in the place of", "instead of"),
  saying("heed(?:s|ed|ing)?", "read, or its negation: ignore"),
  saying("sees to it", "does it, or another verb"),
  saying("it shall", "it is, or it will"),
  saying("lest", "so that … not"),
  saying("albeit", "although"),
  saying(
    "thereof|therein|thereby|whereof|wherein|whereby|whereupon|whence|hence(?:forth)?|hitherto",
    "a new sentence",
  ),
  saying("na?ought", "nothing"),
];

/** Finds the words in a text. Ignores words in capitals, which are names from elsewhere: iCalendar's `CANCELLED`. */
export function findWords(text: string): Finding[] {
  return rules
    .flatMap(({ pattern, instead }) =>
      [...text.matchAll(new RegExp(pattern.source, "gi"))]
        .filter(([found]) => found !== found.toUpperCase())
        .map((match) => ({
          line: text.slice(0, match.index).split("\n").length,
          found: match[0].replace(new RegExp(gap, "g"), " "),
          instead: instead(match[0]),
        })),
    )
    .sort((a, b) => a.line - b.line);
}
