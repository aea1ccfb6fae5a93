import { type NextRequest, NextResponse } from "next/server";
import { openSession } from "./auth/open-session.ts";
import { writeSession } from "./auth/session-header.ts";
import { cognitoOrigins, contentSecurityPolicy } from "./content-security-policy.ts";
import { env } from "./env.ts";

/**
 * Adds the content security policy and the session to each page request, and refuses writes from other sites. Next.js reads
 * the nonce from the request's policy and adds it to its scripts.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (isCrossSiteWrite(request)) return new NextResponse(null, { status: 403 });
  const { COGNITO_USER_POOL_ID, COGNITO_ENDPOINT, COGNITO_DOMAIN } = env();
  const isSecure = request.headers.get("x-forwarded-proto") === "https";
  const { session, cookies } = await openSession(request, isSecure);
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy({
    nonce,
    cognito: cognitoOrigins({
      userPoolId: COGNITO_USER_POOL_ID,
      endpoint: COGNITO_ENDPOINT,
      hostedDomain: COGNITO_DOMAIN,
    }),
    isSecure,
    isDevelopment: process.env.NODE_ENV === "development",
  });
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  writeSession(headers, session);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}

function isCrossSiteWrite({ method, headers }: NextRequest): boolean {
  const site = headers.get("sec-fetch-site");
  return method !== "GET" && method !== "HEAD" && site !== null && site !== "same-origin";
}

// Not for static files and the API.
export const config = { matcher: "/((?!_next/|api/).*)" };
