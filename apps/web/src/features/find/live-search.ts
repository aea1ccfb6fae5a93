import { InfiniteQueryObserver, keepPreviousData } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";
import { type Busy, busyInput, busyTimes } from "./busy.ts";
import type { FirstPage, Query } from "./query.ts";
import { searchInput } from "./search-input.ts";

export type LiveSearch = ReturnType<typeof createLiveSearch>;
export type SearchResult = Parameters<Parameters<LiveSearch["observe"]>[1]>[0];

/**
 * A search that asks the API. It begins with what the server found, and while it looks for something else it still
 * shows what it found before.
 * @param query what `first` was found for, or what is looked for first
 * @param isOld whether availabilities may have been booked or posted here since the server found its own
 */
export function createLiveSearch(
  { trpc, queryClient }: Api,
  query: Query,
  { first, isOld }: { first: FirstPage | undefined; isOld: boolean },
) {
  const optionsFor = ({ filters, known, zone, today }: Query) => ({
    ...trpc.availability.search.infiniteQueryOptions(searchInput(filters, known, zone, today), {
      getNextPageParam: (page) => page.cursor,
    }),
    placeholderData: keepPreviousData,
  });
  const initial = optionsFor(first ? first.query : query);
  if (first) {
    const { queryKey, initialPageParam } = initial;
    const known = queryClient.getQueryState(queryKey);
    if (!known || known.dataUpdatedAt < first.at) {
      const data = { pages: [first.page], pageParams: [initialPageParam] };
      queryClient.setQueryData(queryKey, data, { updatedAt: first.at });
    }
    if (isOld) void queryClient.invalidateQueries({ queryKey });
  }
  const observer = new InfiniteQueryObserver(queryClient, initial);
  type Result = ReturnType<typeof observer.getCurrentResult>;
  return {
    /** When the member is busy around the availabilities of some pages: of each page what is not known yet is asked for. */
    async fetchBusy(pages: readonly FirstPage["page"][]): Promise<Busy[]> {
      const inputs = pages.flatMap(({ items }) => busyInput(items) ?? []);
      const calendars = inputs.map((input) => queryClient.fetchQuery(trpc.calendar.get.queryOptions(input)));
      return (await Promise.all(calendars)).flatMap(busyTimes);
    },
    /** Tells of what is found for `query`, until the function that it answers is called. */
    observe(query: Query, listen: (result: Result) => void): () => void {
      observer.setOptions(optionsFor(query));
      const stop = observer.subscribe(listen);
      listen(observer.getCurrentResult());
      return stop;
    },
  };
}
