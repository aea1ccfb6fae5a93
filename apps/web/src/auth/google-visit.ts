/**
 * A visit to Google that is under way, kept in this tab's storage: it survives the pages in between. If storage is
 * disabled or was tampered with, there is none.
 */
type GoogleVisit = {
  /** The path to go to afterwards. Do not trust it when it is read: other code can change it. */
  next: string;
  /** Whether this is the second try, after an account was linked. */
  isRetry: boolean;
};

const key = "kumite.google";

export function rememberVisit(visit: GoogleVisit): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(visit));
  } catch {
    // The sign-in then ends on the default page.
  }
}

/** Returns the visit, and forgets it. */
export function endVisit(): Partial<GoogleVisit> {
  try {
    const visit: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    sessionStorage.removeItem(key);
    return typeof visit === "object" && visit !== null ? visit : {};
  } catch {
    return {};
  }
}
