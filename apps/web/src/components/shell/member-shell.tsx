import type { ReactNode } from "react";
import { Link } from "#components/ui/link.tsx";
import { paths } from "#lib/paths.ts";
import { AccountMenu } from "./account-menu.tsx";
import { Wordmark } from "./mark.tsx";
import { HeaderNavigation, TabBar } from "./navigation.tsx";
import { SkipLink } from "./skip-link.tsx";
import { ZoneClock } from "./zone-clock.tsx";

/** The frame of every page for members: a header, the page, and a tab bar on phones. */
export function MemberShell({ children }: { children: ReactNode }) {
  return (
    <>
      <SkipLink />
      <header className="sticky top-0 z-20 border-line border-b bg-paper">
        <div className="mx-auto flex h-16 max-w-[68rem] items-center gap-3 px-4 sm:gap-6">
          <Link href={paths.find} className="rounded" aria-label="Kumite, go to Find">
            <Wordmark />
          </Link>
          <HeaderNavigation />
          <div className="ml-auto flex min-w-0 items-center gap-1">
            <ZoneClock />
            <AccountMenu />
          </div>
        </div>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto max-w-[68rem] px-4 pt-8 pb-28 outline-none sm:pb-16"
      >
        {children}
      </main>
      <TabBar />
    </>
  );
}
