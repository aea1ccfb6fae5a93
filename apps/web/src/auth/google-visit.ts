/**
 * A visit to Google that is under way, kept by this tab: it outlives the pages in between. Storage that is switched off
 * or was tampered with reads as none.
 */
type GoogleVisit = {
  /** Where to go on to, as it was asked for: not to be trusted when it comes back. */
  next: string;
  /** Whether this is the second try, after an account was linked. */
  isRetry: boolean;
};

const key = "kumite.google";

export function rememberVisit(visit: GoogleVisit): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(visit));
  } catch {
    // One then goes on to the usual page.
  }
}

/** Answers the visit, and forgets it. */
export function endVisit(): Partial<GoogleVisit> {
  try {
    const visit: unknown = JSON.parse(sessionStorage.getItem(key) ?? "{}");
    sessionStorage.removeItem(key);
    return typeof visit === "object" && visit !== null ? visit : {};
  } catch {
    return {};
  }
}
