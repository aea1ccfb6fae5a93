import { redirect } from "next/navigation";
import { nextPath, withNext } from "#auth/next-path.ts";
import { isSignedIn } from "#auth/session.ts";
import { Link } from "#components/ui/link.tsx";
import { AuthPage } from "#features/auth/auth-page.tsx";
import { GoogleSignIn } from "#features/auth/google-sign-in.tsx";
import { SignInForm } from "#features/auth/sign-in-form.tsx";
import { paths } from "#lib/paths.ts";

export const metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: PageProps<"/sign-in">) {
  const next = nextPath((await searchParams)["next"]);
  if (await isSignedIn()) redirect(next);
  return (
    <AuthPage
      title="Sign in"
      footer={
        <p>
          New here?{" "}
          <Link href={withNext(paths.signUp, next)} className="link">
            Sign up
          </Link>
        </p>
      }
    >
      <GoogleSignIn next={next} />
      <SignInForm next={next} />
    </AuthPage>
  );
}
