/** A member's session, as the proxy found it. */
export type Session = {
  /** Cognito's access token, verified; undefined where the server could not tell, and the browser must see to it. */
  accessToken: string | undefined;
};

/** Where pages find it among the request's headers. What a client sends under this name never gets as far. */
const name = "x-session";

/** Hands the session over to the page that is asked for; undefined where there is none. */
export function writeSession(headers: Headers, session: Session | undefined): void {
  if (session) headers.set(name, JSON.stringify(session));
  else headers.delete(name);
}

/** The session that the proxy handed over. */
export function readSession(headers: Pick<Headers, "get">): Session | undefined {
  const value = headers.get(name);
  return value === null ? undefined : (JSON.parse(value) as Session);
}
