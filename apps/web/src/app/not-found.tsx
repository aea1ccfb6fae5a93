import { PublicShell } from "#components/shell/public-shell.tsx";
import { ButtonLink } from "#components/ui/button.tsx";
import { paths } from "#lib/paths.ts";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PublicShell>
      <div className="m-auto grid max-w-md justify-items-start gap-4 px-4 pb-32">
        <h1 className="text-3xl">There is no such page</h1>
        <p className="text-ink-soft">The link may be old, or not complete.</p>
        <ButtonLink href={paths.landing}>To the start</ButtonLink>
      </div>
    </PublicShell>
  );
}
