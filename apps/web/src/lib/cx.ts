/** Joins class names; what is false or undefined is left out. */
export function cx(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(" ");
}
