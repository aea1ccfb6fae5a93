/** Where things are in this app. Links are built here, so that a moved page is a change in one place. */
export const paths = {
  landing: "/",
  find: "/find",
  calendar: "/calendar",
  post: "/post",
  profile: "/profile",
  member: (username: string) => `/members/${encodeURIComponent(username)}`,
  signIn: "/sign-in",
  signUp: "/sign-up",
  confirm: "/confirm",
  forgotPassword: "/forgot-password",
} as const;
