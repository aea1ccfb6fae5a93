"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";

type LinkProps = ComponentProps<"a"> & { href: string };

/**
 * A link within the app. The Next.js link prefetches every visible page, one request for each availability in Find, and
 * weighs 3 kB. This one prefetches when the pointer or the focus reaches it.
 */
export function Link({ href, onClick, ...rest }: LinkProps) {
  const router = useRouter();
  const prefetch = () => router.prefetch(href);

  function go(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    // Leaves new tabs and downloads to the browser.
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
