/** Joins class names; leaves out false and undefined. */
export function cx(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
