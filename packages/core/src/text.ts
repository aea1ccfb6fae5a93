import * as z from "zod/mini";
import { hidden } from "./characters.ts";
import { lazyPattern } from "./lazy-pattern.ts";
import "./messages.ts";

const hiddenButLineBreaks = lazyPattern(String.raw`[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]`, "u");

const message = "Contains characters that cannot be shown";

/** One line of text, trimmed, of at most `max` characters. */
export function singleLine(max: number) {
  return z.string().check(
    z.trim(),
    z.maxLength(max, `At most ${max} characters`),
    z.refine((text) => text.isWellFormed() && !hidden().test(text), message),
  );
}

/** Text with line breaks, trimmed, of at most `max` characters. */
export function multiLine(max: number) {
  return z.string().check(
    z.overwrite((text) => text.replaceAll("\r\n", "\n").trim()),
    z.maxLength(max, `At most ${max} characters`),
    z.refine((text) => text.isWellFormed() && !hiddenButLineBreaks().test(text), message),
  );
}

/**
 * The id of a user, availability or meeting in an input: any text that can be a key. Unknown ids are reported as not
 * found.
 */
export const Id = z.string().check(
  z.minLength(1, "Must not be empty"),
  z.maxLength(128, "At most 128 characters"),
  z.refine((text) => text.isWellFormed(), message),
);

/** In characters. */
const longestLink = 500;

/** The https address of a meeting room; an empty text removes it. */
export const Link = z.string().check(
  z.trim(),
  z.maxLength(longestLink, `At most ${longestLink} characters`),
  z.refine((text) => text === "" || isHttps(text), "Must be a link that starts with https://"),
);

const httpsAddress = lazyPattern(String.raw`^https://[^\s\p{C}]+$`, "u");

function isHttps(text: string): boolean {
  if (!httpsAddress().test(text) || !URL.canParse(text)) return false;
  const { hostname, username, password } = new URL(text);
  return hostname !== "" && username === "" && password === "";
}
