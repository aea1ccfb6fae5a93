/** The paths of this app. All links are built here, so that moving a page changes one place. */
export const paths = {
  landing: "/",
  find: "/find",
  calendar: "/calendar",
  post: "/post",
  /** The form for an availability on a day such as `2026-11-24`. */
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
  /** Where Google redirects to. */
  googleSignIn: "/sign-in/google",
  signUp: "/sign-up",
  /** The API's reference. */
  apiDocs: "/docs/api",
  confirm: "/confirm",
  forgotPassword: "/forgot-password",
} as const;

/** The query of a page, as Next.js passes it. */
export type PageQuery = Record<string, string | string[] | undefined>;

/** Returns a page's path with its whole query, to return to after signing in. */
export function withQuery(path: string, query: PageQuery): string {
  const pairs = Object.entries(query).flatMap(([name, values = []]) =>
    [values].flat().map((value) => [name, value]),
  );
  return path + (pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : "");
}
