import { useState } from "react";
import { useNow } from "#lib/now.tsx";
import { useLazyQuery } from "#trpc/lazy-query.ts";
import { isApiLoaded } from "#trpc/load-api.ts";
import { choose, type FoundAvailability } from "./busy.ts";
import type { FirstPage } from "./search.ts";
import type { SearchInput } from "./search-input.ts";

type Search = {
  /** Undefined until the first result. */
  availabilities: FoundAvailability[] | undefined;
  /** Whether `availabilities` are still the previous search's. */
  isFormer: boolean;
  error: unknown;
  retry: () => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
};

/**
 * A search that starts with the server's first page. It calls the API for another search, for the next page, and when the
 * member comes back to the page.
 * @param input undefined while it is unknown
 * @param fits whether to leave out what clashes with the member's meetings
 */
export function useSearch(
  input: SearchInput | undefined,
  fits: boolean,
  first: FirstPage | undefined,
): Search {
  const now = useNow();
  const [isReturn] = useState(isApiLoaded);
  const [wantsMore, setWantsMore] = useState(false);
  const isFirst = first !== undefined && JSON.stringify(first.input) === JSON.stringify(input);
  const { result, isFormer, error, retry } = useLazyQuery(
    input && {
      key: JSON.stringify(input),
      observe: async (api) => {
        const { observeSearch } = await import("./search.ts");
        return observeSearch(api, input, isFirst ? { ...first, isOld: isReturn } : undefined);
      },
    },
    !isFirst || wantsMore || isReturn,
  );
  const found = (pages: FirstPage["page"][] | undefined) =>
    // Without the calendar, it is unknown which availabilities fit.
    pages
      ?.filter(({ busyError }) => !fits || !busyError)
      .flatMap(({ items, busy }) => choose(items, busy, fits, now));

  if (result) {
    const pages = result.data?.pages;
    return {
      availabilities: found(pages),
      isFormer,
      error: error ?? (fits ? pages?.find(({ busyError }) => busyError)?.busyError : undefined),
      retry,
      hasMore: !isFormer && result.hasNextPage,
      isLoadingMore: result.isFetchingNextPage,
      loadMore: () => void result.fetchNextPage(),
    };
  }
  return {
    // If this search failed, do not show the previous one's results.
    availabilities: isFirst || !error ? found(first && [first.page]) : undefined,
    isFormer: first !== undefined && !isFirst,
    error,
    retry,
    hasMore: isFirst && first.page.cursor !== undefined,
    isLoadingMore: wantsMore && !error,
    loadMore: () => setWantsMore(true),
  };
}
