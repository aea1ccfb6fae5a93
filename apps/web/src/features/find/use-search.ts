import { useEffect, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { useNow } from "#lib/now.tsx";
import { isApiLoaded, loadApi } from "#trpc/load-api.ts";
import { choose, type FoundAvailability } from "./busy.ts";
import type { LiveSearch, SearchResult } from "./live-search.ts";
import { type FirstPage, keyOf, type Query } from "./query.ts";
import { useBusy } from "./use-busy.ts";

type Search = {
  /** Undefined while nothing has been answered yet. */
  availabilities: FoundAvailability[] | undefined;
  /** Whether `availabilities` are those of the search before, until this one is answered. */
  isFormer: boolean;
  error: unknown;
  retry: () => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
};

/**
 * A search that begins with what the server found. The API's client is loaded when there is something to ask it:
 * another search, the next page, or what may have changed since the member was here.
 * @param query undefined while it is not known yet what to search for
 */
export function useSearch(query: Query | undefined, first: FirstPage | undefined): Search {
  const config = useAuthConfig();
  const [isReturn] = useState(isApiLoaded);
  const [live, setLive] = useState<LiveSearch>();
  const [result, setResult] = useState<SearchResult>();
  const [failure, setFailure] = useState<{ key: string | undefined; error: unknown }>();
  const [wantsMore, setWantsMore] = useState(false);
  const now = useNow();

  const key = query && keyOf(query);
  const isFirst = first !== undefined && keyOf(first.query) === key;
  // A search that was not answered says nothing about another one.
  const failed = failure?.key === key ? failure : undefined;
  const fits = query?.filters.fits === true;
  const isUnchecked = fits && first?.busy === undefined;
  const mustAsk =
    query !== undefined && !live && !failed && (!isFirst || wantsMore || isReturn || isUnchecked);

  // Each render makes a new query: they are compared by their keys.
  useEffect(() => {
    if (!mustAsk) return;
    let isOver = false;
    Promise.all([loadApi(config), import("./live-search.ts")]).then(
      ([api, { createLiveSearch }]) =>
        isOver || setLive(createLiveSearch(api, query, { first, isOld: isReturn })),
      (error: unknown) => isOver || setFailure({ key, error }),
    );
    return () => {
      isOver = true;
    };
  }, [mustAsk, key]);

  useEffect(() => (live && query ? live.observe(query, setResult) : undefined), [live, key]);

  const pages = result?.data?.pages;
  // On return, what the server knew may be old.
  const known = useBusy(
    live,
    result?.isPlaceholderData === true ? undefined : pages,
    isReturn && live ? undefined : first,
  );

  if (result) {
    // Which availabilities fit is said of those alone that are checked against the calendar.
    const checked = fits ? pages?.filter((page) => known.pages.includes(page)) : pages;
    const isChecking = checked?.length !== pages?.length && !known.error;
    return {
      availabilities:
        checked?.length === 0
          ? undefined
          : checked &&
            choose(
              checked.flatMap((page) => page.items),
              known.busy,
              fits,
              now,
            ),
      isFormer: result.isPlaceholderData,
      error: result.error ?? (fits && known.error),
      retry: () => {
        known.retry();
        void result.refetch();
      },
      hasMore: result.hasNextPage || isChecking,
      isLoadingMore: result.isFetchingNextPage || isChecking,
      loadMore: () => void result.fetchNextPage(),
    };
  }
  return {
    // Availabilities of the search before are no answer where this one failed.
    availabilities:
      first && !isUnchecked && (isFirst || !failed)
        ? choose(first.page.items, known.busy, fits, now)
        : undefined,
    isFormer: first !== undefined && !isFirst,
    error: failed?.error,
    retry: () => setFailure(undefined),
    hasMore: isFirst && first.page.cursor !== undefined,
    isLoadingMore: wantsMore && !failed,
    loadMore: () => setWantsMore(true),
  };
}
