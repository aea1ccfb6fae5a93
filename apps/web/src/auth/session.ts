import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import { env } from "#env.ts";
import type { AuthConfig } from "./config.ts";
import { signInPath } from "./next-path.ts";
import { readSession, type Session } from "./session-header.ts";

/** Returns what the browser needs to call Cognito. */
export async function getAuthConfig(): Promise<AuthConfig> {
  // Waits for a request: at build time there is no environment to read.
  await connection();
  const { COGNITO_USER_POOL_ID, COGNITO_CLIENT_ID, COGNITO_ENDPOINT, COGNITO_DOMAIN, COGNITO_AUTH_FLOW } =
    env();
  return {
    userPoolId: COGNITO_USER_POOL_ID,
    clientId: COGNITO_CLIENT_ID,
    endpoint: COGNITO_ENDPOINT,
    hostedDomain: COGNITO_DOMAIN,
    authFlow: COGNITO_AUTH_FLOW ?? "USER_SRP_AUTH",
  };
}

/**
 * Returns the session of this request, if there is one. The proxy has verified its token, or renewed it if it had expired.
 */
export const getSession = cache(async (): Promise<Session | undefined> => readSession(await headers()));

/**
 * Whether a member is verifiably signed in. Pages for visitors redirect members only then, so that a session that the
 * server cannot verify never causes a redirect loop.
 */
export async function isSignedIn(): Promise<boolean> {
  return (await getSession())?.accessToken !== undefined;
}

/** Redirects to the sign-in page if there is no session, and back to `path` afterwards. */
export async function requireSession(path: string): Promise<void> {
  if (!(await getSession())) redirect(signInPath(path));
}
