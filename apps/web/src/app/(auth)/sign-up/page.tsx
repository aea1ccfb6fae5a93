import { redirect } from "next/navigation";
import { nextPath, signInPath, withNext } from "#auth/next-path.ts";
import { isSignedIn } from "#auth/session.ts";
import { Link } from "#components/ui/link.tsx";
import { AuthPage } from "#features/auth/auth-page.tsx";
import { GoogleSignIn } from "#features/auth/google-sign-in.tsx";
import { SignUpForm } from "#features/auth/sign-up-form.tsx";
import { paths } from "#lib/paths.ts";

export const metadata = { title: "Sign up" };

export default async function SignUpPage({ searchParams }: PageProps<"/sign-up">) {
  const next = nextPath((await searchParams)["next"]);
  if (await isSignedIn()) redirect(next);
  return (
    <AuthPage
      title="Sign up"
      lead="We send you a code by e-mail to confirm your address."
      footer={
        <>
          <p>
            Already a member?{" "}
            <Link href={signInPath(next)} className="link">
              Sign in
            </Link>
          </p>
          <p>
            Have a code?{" "}
            <Link href={withNext(paths.confirm, next)} className="link">
              Confirm your address
            </Link>
          </p>
        </>
      }
    >
      <GoogleSignIn next={next} />
      <SignUpForm next={next} />
    </AuthPage>
  );
}
