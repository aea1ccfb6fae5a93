"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useState } from "react";

/**
 * Puts another query into the address of the page at `path`, as part of the same history entry. Does nothing once the
 * address is another page's.
 *
 * It writes past Next's router, by the browser's own method: the router takes each `history.replaceState` of a page for
 * a navigation to that page, and drops the navigation that is under way. A link that was pressed just before would
 * lead nowhere.
 * @param query empty, or beginning with `?`
 */
export function replaceQuery(path: string, query: string): void {
  if (window.location.pathname !== path) return;
  // With the state as it is, by which the router finds the page again when one goes back.
  History.prototype.replaceState.call(window.history, window.history.state, "", path + query);
}

/**
 * The query of this page's address, and a function that replaces it. The router does not hear of what is written:
 * `useSearchParams` would still return the former query.
 */
export function useQueryOfAddress(): [query: URLSearchParams, replace: (query: string) => void] {
  const path = usePathname();
  const routed = useSearchParams();
  const [query, setQuery] = useState(() => toQuery(routed));

  // After each render, because the router may just have written: a link to this page has been pressed.
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
