import { InfiniteQueryObserver, keepPreviousData } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";
import type { FirstPage, SearchInput } from "./filters.ts";

export type LiveSearch = ReturnType<typeof createLiveSearch>;
export type SearchResult = Parameters<Parameters<LiveSearch["observe"]>[1]>[0];

/**
 * A search that asks the API. It begins with what the server found, and while it looks for something else it still
 * shows what it found before.
 * @param isOld whether windows may have been booked or posted here since the server found its own
 */
export function createLiveSearch(
  { trpc, queryClient }: Api,
  input: SearchInput,
  { first, isOld }: { first: FirstPage | undefined; isOld: boolean },
) {
  const optionsFor = (input: SearchInput) => ({
    ...trpc.availability.search.infiniteQueryOptions(input, { getNextPageParam: (page) => page.cursor }),
    placeholderData: keepPreviousData,
  });
  if (first) {
    const { queryKey, initialPageParam } = optionsFor(first.input);
    const known = queryClient.getQueryState(queryKey);
    if (!known || known.dataUpdatedAt < first.at) {
      const data = { pages: [first.page], pageParams: [initialPageParam] };
      queryClient.setQueryData(queryKey, data, { updatedAt: first.at });
    }
    if (isOld) void queryClient.invalidateQueries({ queryKey });
  }
  const observer = new InfiniteQueryObserver(queryClient, optionsFor(first?.input ?? input));
  type Result = ReturnType<typeof observer.getCurrentResult>;
  return {
    /** Tells of what is found for `input`, until the function that it answers is called. */
    observe(input: SearchInput, listen: (result: Result) => void): () => void {
      observer.setOptions(optionsFor(input));
      const stop = observer.subscribe(listen);
      listen(observer.getCurrentResult());
      return stop;
    },
  };
}
