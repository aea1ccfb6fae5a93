/** A member's session, as the proxy read it. */
export type Session = {
  /** Cognito's access token, verified; undefined if the server could not verify it: then the browser renews the session. */
  accessToken: string | undefined;
};

/** The request header with the session. The proxy overwrites what a client sends under this name. */
const name = "x-session";

/** Passes the session to the requested page; undefined if there is none. */
export function writeSession(headers: Headers, session: Session | undefined): void {
  if (session) headers.set(name, JSON.stringify(session));
  else headers.delete(name);
}

/** Returns the session that the proxy passed. */
export function readSession(headers: Pick<Headers, "get">): Session | undefined {
  const value = headers.get(name);
  return value === null ? undefined : (JSON.parse(value) as Session);
}
