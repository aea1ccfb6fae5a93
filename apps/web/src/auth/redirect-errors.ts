/** Why someone comes back from Google without a code. */
export type RedirectFailure =
  /** The Google account was just linked to a password account: the next try succeeds. */
  "linked" | "canceled" | "failed";

/** Reads Cognito's `error` and `error_description`, which are meant for developers and vary by provider. */
export function readRedirectError(words: string): RedirectFailure {
  if (/already found an entry for username/i.test(words)) return "linked";
  if (/access_denied|cancel/i.test(words)) return "canceled";
  return "failed";
}
