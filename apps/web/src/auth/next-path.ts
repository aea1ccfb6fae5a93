import { paths } from "#lib/paths.ts";

/** Where a member goes by default. */
export const homePath = paths.find;

/**
 * Returns the path to go to after signing in: `next` if it is a path of this site, else Find.
 * Refuses anything that a browser could read as another origin (`//host`, `/\host`, `/..//host`, `https:…`).
 */
export function nextPath(next: string | string[] | null | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/")) return homePath;
  const base = "http://this.site";
  if (!URL.canParse(next, base)) return homePath;
  const { origin, pathname, search, hash } = new URL(next, base);
  // With its dots resolved, a path can begin with two slashes, and a browser reads that as a host.
  return origin === base && !pathname.startsWith("//") ? pathname + search + hash : homePath;
}

/** Returns an auth page's path that goes to `next` at the end. */
export function withNext(page: `/${string}`, next: string): string {
  return next === homePath ? page : `${page}?${new URLSearchParams({ next })}`;
}

/** Returns the path of a new member's profile form, which then goes to `next`. */
export function welcomePath(next: string): string {
  return `${paths.profile}?${new URLSearchParams({ welcome: next === paths.profile ? homePath : next })}`;
}

/** Returns the path of the sign-in page, which then goes to `next`. */
export function signInPath(next: string): string {
  return withNext(paths.signIn, next);
}
