import * as z from "zod/mini";
import "./messages.ts";

/**
 * An instant: ISO 8601 with any offset as input, UTC with milliseconds as output (`2026-11-22T18:00:00.000Z`). With
 * this single form, comparing texts compares instants.
 */
export const Instant = z.pipe(
  z.iso.datetime({
    offset: true,
    error: "Must be a date and time with a time zone, such as 2026-11-22T18:00:00Z",
  }),
  z.transform((text: string, context) => {
    const time = Date.parse(text);
    const iso = Number.isNaN(time) ? "" : new Date(time).toISOString();
    // An offset can push the year 0000 or 9999 into years that ISO writes with six digits.
    if (iso.length !== 24) {
      context.issues.push({ code: "custom", message: "Out of range", input: text });
      return z.NEVER;
    }
    return iso;
  }),
);
