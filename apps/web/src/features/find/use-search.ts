import type { RouterOutputs } from "@kumite/api";
import { useEffect, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { isApiLoaded, loadApi } from "#trpc/load-api.ts";
import type { LiveSearch, SearchResult } from "./live-search.ts";
import { type FirstPage, keyOf, type Query } from "./query.ts";

type Search = {
  /** Undefined while nothing has been answered yet. */
  windows: RouterOutputs["availability"]["search"]["items"] | undefined;
  /** Whether `windows` are those of the search before, until this one is answered. */
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

  const key = query && keyOf(query);
  const isFirst = first !== undefined && keyOf(first.query) === key;
  // A search that was not answered says nothing about another one.
  const failed = failure?.key === key ? failure : undefined;
  const mustAsk = query !== undefined && !live && !failed && (!isFirst || wantsMore || isReturn);

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

  if (result) {
    return {
      windows: result.data?.pages.flatMap((page) => page.items),
      isFormer: result.isPlaceholderData,
      error: result.error,
      retry: () => void result.refetch(),
      hasMore: result.hasNextPage,
      isLoadingMore: result.isFetchingNextPage,
      loadMore: () => void result.fetchNextPage(),
    };
  }
  return {
    // Windows of the search before are no answer where this one failed.
    windows: isFirst || !failed ? first?.page.items : undefined,
    isFormer: first !== undefined && !isFirst,
    error: failed?.error,
    retry: () => setFailure(undefined),
    hasMore: isFirst && first.page.cursor !== undefined,
    isLoadingMore: wantsMore && !failed,
    loadMore: () => setWantsMore(true),
  };
}
