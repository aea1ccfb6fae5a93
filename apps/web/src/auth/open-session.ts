import "server-only";
import { setImmediate, setTimeout } from "node:timers/promises";
import { createServerRunner } from "@aws-amplify/adapter-nextjs";
import { sessionCookies } from "@kumite/api/session-cookies";
import { fetchAuthSession } from "aws-amplify/auth/server";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "#env.ts";
import type { Session } from "./session-header.ts";

/** How long a page waits for Cognito at most, in milliseconds. */
const patience = 3_000;

/** The result of opening a request's session. */
type Opened = {
  /** Undefined if there is none. */
  session: Session | undefined;
  /** Cookies that the browser must set or delete, as values of `Set-Cookie`. */
  cookies: readonly string[];
};

/**
 * Reads the session in the request's cookies, verifies it, and renews it if its access token has expired.
 * If Cognito refuses to renew it, the session is over and its cookies are deleted. If Cognito does not answer or did not
 * sign the token, the session stays unknown: the page renders without the member's data, and the browser renews it.
 * @param isSecure whether the browser uses https; its cookies are then `Secure`
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
  // Amplify deletes the cookies of a refused session without awaiting it; after this turn they are deleted.
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
    throw new DOMException("Cognito did not answer in time", "TimeoutError");
  });
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    done.abort();
  }
}
