import * as z from "zod/mini";
import "./messages.ts";

// Characters that change how the text around them is shown: control characters, bidirectional overrides and, where
// one line is asked for, Unicode's own line breaks.
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u;
const hiddenButLineBreaks = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/u;

const message = "Contains characters that cannot be shown";

/** One line of text, trimmed, of at most `max` characters. */
export function singleLine(max: number) {
  return z.string().check(
    z.trim(),
    z.maxLength(max, `At most ${max} characters`),
    z.refine((text) => text.isWellFormed() && !hidden.test(text), message),
  );
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

/** Text that may run over several lines, trimmed, of at most `max` characters. */
export function multiLine(max: number) {
  return z.string().check(
    z.overwrite((text) => text.replaceAll("\r\n", "\n").trim()),
    z.maxLength(max, `At most ${max} characters`),
    z.refine((text) => text.isWellFormed() && !hiddenButLineBreaks.test(text), message),
  );
}

/** The id of a user, window or meeting, as it stands in an input: any text that can be a key. An unknown one is not found. */
export const Id = z.string().check(
  z.minLength(1, "Must not be empty"),
  z.maxLength(128, "At most 128 characters"),
  z.refine((text) => text.isWellFormed(), message),
);
