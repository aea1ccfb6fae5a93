import { nextPath, withNext } from "#auth/next-path.ts";
import { Link } from "#components/ui/link.tsx";
import { AuthPage } from "#features/auth/auth-page.tsx";
import { ConfirmForm } from "#features/auth/confirm-form.tsx";
import { paths } from "#lib/paths.ts";

export const metadata = { title: "Confirm your address" };

export default async function ConfirmPage({ searchParams }: PageProps<"/confirm">) {
  const next = nextPath((await searchParams)["next"]);
  return (
    <AuthPage
      title="Confirm your address"
      footer={
        <p>
          Wrong address?{" "}
          <Link href={withNext(paths.signUp, next)} className="link">
            Sign up again
          </Link>
        </p>
      }
    >
      <ConfirmForm next={next} />
    </AuthPage>
  );
}
