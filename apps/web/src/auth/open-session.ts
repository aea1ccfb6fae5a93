import "server-only";
import { setImmediate, setTimeout } from "node:timers/promises";
import { createServerRunner } from "@aws-amplify/adapter-nextjs";
import { sessionCookies } from "@kumite/api/session-cookies";
import { fetchAuthSession } from "aws-amplify/auth/server";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "#env.ts";
import type { Session } from "./session-header.ts";

/** A page does not wait longer for Cognito, in milliseconds. */
const patience = 3_000;

/** What a request's session came to. */
type Opened = {
  /** Undefined where there is none. */
  session: Session | undefined;
  /** What the browser is to keep, or to forget, from now on, as values of `Set-Cookie`. */
  cookies: readonly string[];
};

/**
 * Reads the session in the request's cookies, verifies it, and renews it where its access token has expired.
 * Where Cognito refuses to renew it, it is over, and the browser is to forget it. Where Cognito is out of reach, or the token is
 * not one that Cognito has signed, nothing is known: a page without the member's data leaves the rest to the browser.
 * @param isSecure whether the browser has come by https, and is to send its cookies by https alone
 */
export async function openSession(request: NextRequest, isSecure: boolean): Promise<Opened> {
  if (!request.cookies.has(sessionCookies(env().COGNITO_CLIENT_ID).lastUser)) {
    return { session: undefined, cookies: [] };
  }
  const response = new NextResponse();
  const accessToken = await withPatience(
    serverRunner()({
      nextServerContext: { request, response },
      operation: async (context) => (await fetchAuthSession(context)).tokens?.accessToken.toString(),
    }),
  ).catch((error: unknown) => {
    console.warn("A session could not be renewed:", error instanceof Error ? error.name : "unknown error");
    return undefined;
  });
  // Amplify does not wait until it has forgotten a session that was refused; it has once this turn ends.
  await setImmediate();
  for (const cookie of response.cookies.getAll()) response.cookies.set({ ...cookie, secure: isSecure });
  const cookies = response.headers.getSetCookie();
  const isOver = accessToken === undefined && cookies.length > 0;
  return { session: isOver ? undefined : { accessToken }, cookies };
}

type Run = ReturnType<typeof createServerRunner>["runWithAmplifyServerContext"];
let run: Run | undefined;

function serverRunner(): Run {
  const { COGNITO_USER_POOL_ID: userPoolId, COGNITO_CLIENT_ID: userPoolClientId } = env();
  run ??= createServerRunner({
    config: { Auth: { Cognito: { userPoolId, userPoolClientId } } },
    runtimeOptions: { cookies: { sameSite: "lax" } },
  }).runWithAmplifyServerContext;
  return run;
}

async function withPatience<T>(work: Promise<T>): Promise<T> {
  const done = new AbortController();
  const tooLate = setTimeout(patience, undefined, { signal: done.signal }).then((): never => {
    throw new DOMException("Cognito has not answered", "TimeoutError");
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    done.abort();
  }
}
