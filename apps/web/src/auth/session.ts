import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import { env } from "#env.ts";
import type { AuthConfig } from "./config.ts";
import { signInPath } from "./next-path.ts";
import { readSession, type Session } from "./session-header.ts";

/** What the browser needs to speak to Cognito. */
export async function getAuthConfig(): Promise<AuthConfig> {
  // Never at build time, when there is no environment to read.
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
 * The session in which this page is asked for, if there is one: the proxy has verified its token, and renewed it where that was due.
 */
export const getSession = cache(async (): Promise<Session | undefined> => readSession(await headers()));

/**
 * Whether a member is signed in for certain. Pages for visitors redirect members by this alone, so that a session which the
 * server cannot verify never ends in a redirect loop.
 */
export async function isSignedIn(): Promise<boolean> {
  return (await getSession())?.accessToken !== undefined;
}

/** Sends whoever has no session to the sign-in page, and back to `path` afterwards. */
export async function requireSession(path: string): Promise<void> {
  if (!(await getSession())) redirect(signInPath(path));
}
