"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";

type LinkProps = ComponentProps<"a"> & { href: string };

/**
 * A link within the app. Next's own asks the server for every page that is in sight, a request for each availability in
 * Find, and weighs 3 kB; this one asks when somebody is about to go there.
 */
export function Link({ href, onClick, ...rest }: LinkProps) {
  const router = useRouter();
  const prefetch = () => router.prefetch(href);

  function go(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    // What opens a new tab or saves the page is the browser's own.
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!isPlain || event.defaultPrevented) return;
    event.preventDefault();
    router.push(href);
  }
  return (
    <a {...rest} href={href} onClick={go} onPointerEnter={prefetch} onFocus={prefetch}>
      {rest.children}
    </a>
  );
}
