"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";

/**
 * Replaces the query in the address of the page at `path`, in the same history entry. Does nothing if another page is
 * open by now.
 *
 * It bypasses the Next.js router and calls the browser's own method. The router treats every `history.replaceState` as a
 * navigation to that page, and drops the navigation that is under way: a link that was just pressed would lead nowhere.
 * @param query empty, or beginning with `?`
 */
export function replaceQuery(path: string, query: string): void {
  if (window.location.pathname !== path) return;
  // Keeps the state: the router needs it to restore the page when the member goes back.
  History.prototype.replaceState.call(window.history, window.history.state, "", path + query);
}

/**
 * Returns the query of this page's address, and a function that replaces it. The router does not notice the change:
 * `useSearchParams` would return the former query.
 */
export function useQueryOfAddress(): [query: URLSearchParams, replace: (query: string) => void] {
  const path = usePathname();
  const routed = useSearchParams();
  const [query, setQuery] = useState(() => toQuery(routed));

  // After each render, because the router may have changed the address: by a link to this page.
  useEffect(() => {
    if (window.location.pathname === path) setQuery(window.location.search);
  });

  const replace = useCallback(
    (next: string) => {
      setQuery(next);
      replaceQuery(path, next);
    },
    [path],
  );
  return [new URLSearchParams(query), replace];
}

function toQuery(parameters: URLSearchParams): string {
  return parameters.size > 0 ? `?${parameters}` : "";
}
