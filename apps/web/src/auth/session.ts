import "server-only";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { connection } from "next/server";
import { cache } from "react";
import { env } from "#env.ts";
import type { AuthConfig } from "./config.ts";
import { signInPath } from "./next-path.ts";

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

type Session = {
  /** Cognito's access token; undefined when it has expired and the browser must refresh it. */
  accessToken: string | undefined;
};

/**
 * The session in Amplify's cookies, if there is one. Nothing is verified here: this only decides what to show,
 * and the API verifies the token of every call.
 */
export const getSession = cache(async (): Promise<Session | undefined> => {
  const jar = await cookies();
  const prefix = `CognitoIdentityServiceProvider.${env().COGNITO_CLIENT_ID}`;
  const username = jar.get(`${prefix}.LastAuthUser`)?.value;
  if (!username) return undefined;
  const token = jar.get(cookieName(`${prefix}.${username}.accessToken`))?.value;
  if (!token) return undefined;
  return { accessToken: expiresAt(token) > Date.now() ? token : undefined };
});

/** Sends whoever is not signed in to the sign-in page, and back to `path` afterwards. */
export async function requireSession(path: string): Promise<void> {
  if (!(await getSession())) redirect(signInPath(path));
}

/** js-cookie, with which Amplify writes, encodes names its own way. */
function cookieName(name: string): string {
  return encodeURIComponent(name)
    .replace(/%(2[346B]|5E|60|7C)/g, decodeURIComponent)
    .replaceAll("(", "%28")
    .replaceAll(")", "%29");
}

/** When a JWT expires, in milliseconds since 1970; 0 for what is none. */
function expiresAt(token: string): number {
  try {
    const payload: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    const { exp } = payload as { exp?: unknown };
    return typeof exp === "number" ? exp * 1000 : 0;
  } catch {
    return 0;
  }
}
