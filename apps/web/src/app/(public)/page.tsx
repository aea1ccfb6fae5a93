import { redirect } from "next/navigation";
import { getSession } from "#auth/session.ts";
import { ButtonLink } from "#components/ui/button.tsx";
import { paths } from "#lib/paths.ts";

export default async function LandingPage() {
  if (await getSession()) redirect(paths.find);
  return <ButtonLink href={paths.signUp}>Sign up</ButtonLink>;
}
