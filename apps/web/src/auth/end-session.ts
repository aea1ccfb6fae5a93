import { paths } from "#lib/paths.ts";
import type { AuthConfig } from "./config.ts";
import { signInPath } from "./next-path.ts";
import { type Cognito, loadCognito } from "./use-cognito.ts";

/** From the start of a sign-out until the page is left: calls that fail meanwhile must not redirect to sign-in. */
let isSigningOut = false;

/** While a sign-out ends the session, pending; it then stays so, unless the sign-out fails. */
let sessionKept: Promise<void> = Promise.resolve();

/**
 * Resolves at once, except while a sign-out ends the session: then only if that fails, since otherwise the page is left.
 * Calls wait for it: without a session, the API would refuse them.
 */
export function untilSessionKept(): Promise<void> {
  return sessionKept;
}

/**
 * Signs the member out and goes to the landing page, through the hosted domain if there is one: it has its own session of
 * people who came from Google.
 */
export function signOut(config: AuthConfig): Promise<void> {
  return leave(config, (cognito) => cognito.signOut());
}

/** As `signOut`, and ends the member's sessions in other browsers too; throws if that fails. */
export function signOutEverywhere(config: AuthConfig): Promise<void> {
  return leave(config, (cognito) => cognito.signOutEverywhere());
}

/**
 * Goes to the landing page once `work` is done, which makes the session useless; calls that fail meanwhile do not
 * redirect.
 */
export function leaveAfter(config: AuthConfig, work: () => Promise<unknown>): Promise<void> {
  // If the account is gone, there is nothing to revoke.
  return leave(config, (cognito) => cognito.signOut().catch(() => {}), work);
}

async function leave(
  config: AuthConfig,
  end: (cognito: Cognito) => Promise<void>,
  work?: () => Promise<unknown>,
): Promise<void> {
  isSigningOut = true;
  try {
    const cognito = await loadCognito(config);
    await work?.();
    const ended = end(cognito);
    sessionKept = ended.then(
      () => new Promise(() => {}),
      () => {},
    );
    await ended;
  } catch (error) {
    isSigningOut = false;
    throw error;
  }
  // A browser that goes back may restore this page as it was, without a session.
  window.addEventListener("pageshow", ({ persisted }) => persisted && window.location.reload());
  window.location.assign(afterSignOut(config));
}

function afterSignOut({ hostedDomain, clientId }: AuthConfig): string {
  if (!hostedDomain) return paths.landing;
  const landing = window.location.origin + paths.landing;
  return `https://${hostedDomain}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: landing })}`;
}

/** Forgets a session that has ended and goes to sign-in, which returns to the current page. */
export async function endSession(config: AuthConfig): Promise<void> {
  if (isSigningOut) return;
  const { pathname, search } = window.location;
  const cognito = await loadCognito(config);
  await cognito.signOut();
  window.location.assign(signInPath(pathname + search));
}
