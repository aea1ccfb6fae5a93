"use client";

import { usePathname } from "next/navigation";
import { CalendarDays } from "#components/ui/icons/calendar-days.ts";
import { Plus } from "#components/ui/icons/plus.ts";
import { Search } from "#components/ui/icons/search.ts";
import { Link } from "#components/ui/link.tsx";
import { cx } from "#lib/cx.ts";
import { paths } from "#lib/paths.ts";

const places = [
  { href: paths.find, label: "Find", Icon: Search },
  { href: paths.calendar, label: "Calendar", Icon: CalendarDays },
  { href: paths.post, label: "Post", Icon: Plus },
];

function useIsCurrent(): (href: string) => boolean {
  const pathname = usePathname();
  return (href) => pathname === href || pathname.startsWith(`${href}/`);
}

/** The main navigation in the header, on tablets and wider screens. */
export function HeaderNavigation() {
  const isCurrent = useIsCurrent();
  return (
    <nav aria-label="Main" className="hidden h-full sm:block">
      <ul className="flex h-full gap-1">
        {places.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent(href) ? "page" : undefined}
              className={cx(
                "flex h-full items-center border-b-2 px-3 font-medium",
                isCurrent(href) ? "border-ink text-ink" : "border-transparent text-ink-soft hover:text-ink",
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The main navigation at the bottom of the screen, on phones. */
export function TabBar() {
  const isCurrent = useIsCurrent();
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-paper pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      <ul className="grid grid-cols-3">
        {places.map(({ href, label, Icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isCurrent(href) ? "page" : undefined}
              className={cx(
                "grid h-15 content-center justify-items-center gap-0.5 border-t-2 text-xs",
                isCurrent(href) ? "border-ink font-semibold text-ink" : "border-transparent text-ink-soft",
              )}
            >
              <Icon className="size-5" />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
