import { paths } from "#lib/paths.ts";
import type { AuthConfig } from "./config.ts";
import { signInPath } from "./next-path.ts";
import { type Cognito, loadCognito } from "./use-cognito.ts";

/** From the wish to sign out until the page is left: calls that fail meanwhile must not lead elsewhere. */
let isSigningOut = false;

/**
 * Signs the member out and goes to the landing page, by way of the hosted domain where there is one: it remembers who
 * came from Google.
 */
export function signOut(config: AuthConfig): Promise<void> {
  return leave(config, (cognito) => cognito.signOut());
}

/** As `signOut`, and ends the member's sessions in other browsers too; throws where that did not work. */
export function signOutEverywhere(config: AuthConfig): Promise<void> {
  return leave(config, (cognito) => cognito.signOutEverywhere());
}

/**
 * Goes to the landing page once `work` is done, after which the session counts for nothing; calls that fail meanwhile lead
 * nowhere else.
 */
export async function leaveAfter(config: AuthConfig, work: () => Promise<unknown>): Promise<void> {
  await leave(config, async (cognito) => {
    await work();
    // The account may be gone: then there is nothing to revoke.
    await cognito.signOut().catch(() => {});
  });
}

async function leave(config: AuthConfig, end: (cognito: Cognito) => Promise<void>): Promise<void> {
  isSigningOut = true;
  try {
    await end(await loadCognito(config));
  } catch (error) {
    isSigningOut = false;
    throw error;
  }
  window.location.assign(afterSignOut(config));
}

function afterSignOut({ hostedDomain, clientId }: AuthConfig): string {
  if (!hostedDomain) return paths.landing;
  const landing = window.location.origin + paths.landing;
  return `https://${hostedDomain}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: landing })}`;
}

/** Forgets a session that is over and asks to sign in again, then back to the page that is open. */
export async function endSession(config: AuthConfig): Promise<void> {
  if (isSigningOut) return;
  const { pathname, search } = window.location;
  const cognito = await loadCognito(config);
  await cognito.signOut();
  window.location.assign(signInPath(pathname + search));
}
