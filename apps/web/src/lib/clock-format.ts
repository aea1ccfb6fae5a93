/** The format of clock times: `6:00 pm` or `18:00`. */
export type ClockFormat = "12h" | "24h";

/** A member's choice in this browser; `browser`: the usual clock of the browser's language. */
export type ClockSetting = ClockFormat | "browser";

/** The cookie that keeps the setting. The server reads it too, so that its HTML shows the same times. */
export const clockCookie = "clock";

/** Reads the setting from the cookie's value; an invalid one counts as not chosen. */
export function readClockSetting(cookie: string | undefined): ClockSetting {
  return cookie === "12h" || cookie === "24h" ? cookie : "browser";
}

/** Returns the usual clock of the first language in an Accept-Language header; 24 hours if there is none. */
export function clockOfLanguages(acceptLanguage: string | null): ClockFormat {
  const [first = ""] = (acceptLanguage ?? "").split(/[,;]/);
  try {
    return usualClock(first.trim() || "en-GB");
  } catch {
    return "24h";
  }
}

/**
 * Returns the usual clock of a language; without one, of this browser.
 * @throws RangeError for an invalid language tag
 */
export function usualClock(language?: string): ClockFormat {
  const { hour12 } = new Intl.DateTimeFormat(language, { hour: "numeric" }).resolvedOptions();
  return hour12 ? "12h" : "24h";
}

/** Formats a clock reading such as `18:05`: `6:05 pm`, or unchanged. */
export function formatClock(time: string, format: ClockFormat): string {
  if (format === "24h") return time;
  const [hours, minutes] = time.split(":");
  // A no-break space, so that the two stay on one line.
  return `${Number(hours) % 12 || 12}:${minutes}\u00a0${Number(hours) < 12 ? "am" : "pm"}`;
}

/** Formats two clock readings of one day: `18:00–19:30`, or `6:00–7:30 pm` with one am or pm if both have the same. */
export function formatClockRange(start: string, end: string, format: ClockFormat): string {
  const [first, last] = [formatClock(start, format), formatClock(end, format)];
  const half = first.slice(-3);
  return `${format === "12h" && last.endsWith(half) ? first.slice(0, -half.length) : first}–${last}`;
}

/**
 * Parses a clock time as people type it: `18:05`, `1805`, `18`, `6:05 pm`, `6pm`.
 * @returns `18:05`; undefined for an invalid time
 */
export function parseClock(text: string): string | undefined {
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:([ap])\.?\s?m\.?)?$/i.exec(text.trim());
  if (!found) return undefined;
  const [, hourText, minuteText = "00", half] = found;
  const hour = Number(hourText);
  if (Number(minuteText) > 59 || hour > 23 || (half && (hour < 1 || hour > 12))) return undefined;
  const hour24 = half ? (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0) : hour;
  return `${String(hour24).padStart(2, "0")}:${minuteText}`;
}
