import type { ReactNode } from "react";
import { Link } from "#components/ui/link.tsx";
import { paths } from "#lib/paths.ts";
import { Wordmark } from "./mark.tsx";
import { SkipLink } from "./skip-link.tsx";
import { ThemeSwitch } from "./theme-switch.tsx";

/** The frame of the public pages. */
export function PublicShell({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="mx-auto flex h-16 w-full max-w-[68rem] shrink-0 items-center justify-between px-4">
        <Link href={paths.landing} className="rounded" aria-label="Kumite, go to the home page">
          <Wordmark />
        </Link>
        <ThemeSwitch />
      </header>
      <main id="content" tabIndex={-1} className="flex grow flex-col outline-none">
        {children}
      </main>
      <footer className="border-line border-t">
        <p className="mx-auto max-w-[68rem] px-4 py-6 text-ink-soft text-sm">
          For developers:{" "}
          <Link href={paths.apiDocs} className="link">
            the API
          </Link>
        </p>
      </footer>
    </div>
  );
}
