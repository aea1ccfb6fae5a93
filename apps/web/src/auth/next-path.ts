import { paths } from "#lib/paths.ts";

/** Where a member goes when nothing else was asked for. */
export const homePath = paths.find;

/**
 * The path to go on to after signing in: `next` where it is a path of this site, else Find.
 * Anything that a browser could read as another origin (`//host`, `/\host`, `/..//host`, `https:…`) is not.
 */
export function nextPath(next: string | string[] | null | undefined): string {
  if (typeof next !== "string" || !next.startsWith("/")) return homePath;
  const base = "http://this.site";
  if (!URL.canParse(next, base)) return homePath;
  const { origin, pathname, search, hash } = new URL(next, base);
  // Without its dots a path may begin with two slashes, which a browser reads as a host.
  return origin === base && !pathname.startsWith("//") ? pathname + search + hash : homePath;
}

/** An auth page that leads on to `next` in the end. */
export function withNext(page: `/${string}`, next: string): string {
  return next === homePath ? page : `${page}?${new URLSearchParams({ next })}`;
}

/** A new member's first step, their profile, leading on to `next`. */
export function welcomePath(next: string): string {
  return `${paths.profile}?${new URLSearchParams({ welcome: next === paths.profile ? homePath : next })}`;
}

/** The sign-in page, leading on to `next`. */
export function signInPath(next: string): string {
  return withNext(paths.signIn, next);
}
