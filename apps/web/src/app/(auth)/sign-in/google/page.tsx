import { redirect } from "next/navigation";
import { nextPath, signInPath, welcomePath } from "#auth/next-path.ts";
import { readRedirectError } from "#auth/redirect-errors.ts";
import { getSession } from "#auth/session.ts";
import { AuthPage } from "#features/auth/auth-page.tsx";
import { GoogleReturn } from "#features/auth/google-return.tsx";
import { fetchOnServer } from "#trpc/server.ts";

export const metadata = { title: "Sign in with Google" };

/** Google redirects here with a code or an error; the page reloads without them once the person is signed in. */
export default async function GooglePage({ searchParams }: PageProps<"/sign-in/google">) {
  const { code, error, error_description, next } = await searchParams;
  if (code === undefined && error === undefined) return await goOn(nextPath(next));
  const failure = error === undefined ? undefined : readRedirectError(`${error} ${error_description}`);
  return (
    <AuthPage title="Sign in with Google">
      <GoogleReturn failure={failure} />
    </AuthPage>
  );
}

/** Redirects new members to their profile, and others to `next`. */
async function goOn(next: string): Promise<never> {
  if (!(await getSession())) redirect(signInPath(next));
  const { data: profile } = await fetchOnServer(({ client }) => client.user.get.query({}));
  redirect(profile?.cohort === null ? welcomePath(next) : next);
}
