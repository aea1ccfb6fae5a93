/** Where things are in this app. Links are built here, so that a moved page is a change in one place. */
export const paths = {
  landing: "/",
  find: "/find",
  calendar: "/calendar",
  post: "/post",
  /** The form for an availability on a day like `2026-11-24`. */
  postOn: (day: string) => `${paths.post}?${new URLSearchParams({ day })}`,
  availability: (owner: string, id: string) =>
    `/availabilities/${encodeURIComponent(owner)}/${encodeURIComponent(id)}`,
  editAvailability: (owner: string, id: string) => `${paths.availability(owner, id)}/edit`,
  meeting: (id: string) => `/meetings/${encodeURIComponent(id)}`,
  /** The meeting as an iCalendar file. */
  meetingFile: (id: string) => `${paths.meeting(id)}/meeting.ics`,
  profile: "/profile",
  member: (username: string) => `/members/${encodeURIComponent(username)}`,
  signIn: "/sign-in",
  /** Where people come back to from Google. */
  googleSignIn: "/sign-in/google",
  signUp: "/sign-up",
  /** The API, described for people. */
  apiDocs: "/docs/api",
  confirm: "/confirm",
  forgotPassword: "/forgot-password",
} as const;

/** The query of a page as Next gives it. */
export type PageQuery = Record<string, string | string[] | undefined>;

/** The address of a page that is open: its path with its whole query, for the way back after signing in. */
export function withQuery(path: string, query: PageQuery): string {
  const pairs = Object.entries(query).flatMap(([name, values = []]) =>
    [values].flat().map((value) => [name, value]),
  );
  return path + (pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : "");
}
