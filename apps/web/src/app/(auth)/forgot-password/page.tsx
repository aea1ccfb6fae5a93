import { nextPath, signInPath } from "#auth/next-path.ts";
import { Link } from "#components/ui/link.tsx";
import { AuthPage } from "#features/auth/auth-page.tsx";
import { ForgotPasswordForm } from "#features/auth/forgot-password-form.tsx";

export const metadata = { title: "A new password" };

export default async function ForgotPasswordPage({ searchParams }: PageProps<"/forgot-password">) {
  const next = nextPath((await searchParams)["next"]);
  return (
    <AuthPage
      title="A new password"
      lead="We send you a code by e-mail. Enter it with a new password."
      footer={
        <p>
          Remembered it?{" "}
          <Link href={signInPath(next)} className="link">
            Sign in
          </Link>
        </p>
      }
    >
      <ForgotPasswordForm next={next} />
    </AuthPage>
  );
}
