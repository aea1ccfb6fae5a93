import type { RouterOutputs } from "@kumite/api";
import type { Api } from "#trpc/api.ts";
import type { LazyApi } from "#trpc/load-api.ts";
import { type Busy, busyInput, busyTimes } from "./busy.ts";
import type { SearchInput } from "./search-input.ts";

/** A page of results, with the member's busy times around them. */
export type FoundPage = RouterOutputs["availability"]["search"] & {
  busy: Busy[];
  /** Why the busy times are unknown. */
  busyError?: unknown;
};

/** The first page of a search, as the server found it. */
export type FirstPage = {
  input: SearchInput;
  page: FoundPage;
  /** When it was fetched, in milliseconds since 1970. */
  at: number;
};

/** Fetches a page of availabilities, then the member's calendar around them. */
export async function searchPage(
  { client }: Api,
  input: SearchInput,
  cursor: string | undefined,
): Promise<FoundPage> {
  const page = await client.availability.search.query({ ...input, cursor });
  const span = busyInput(page.items);
  if (!span) return { ...page, busy: [] };
  return await client.calendar.get.query(span).then(
    (calendar) => ({ ...page, busy: busyTimes(calendar) }),
    (busyError: unknown) => ({ ...page, busy: [], busyError }),
  );
}

/**
 * Returns a React Query observer of a search.
 * @param first the server's first page of it, if known; `isOld` if this tab may have booked or posted something since
 */
export function observeSearch(
  api: LazyApi,
  input: SearchInput,
  first: (FirstPage & { isOld: boolean }) | undefined,
) {
  const { queryClient, trpc, InfiniteQueryObserver } = api;
  // Below the procedure's path, so that invalidating the procedure invalidates this too.
  const queryKey = [...trpc.availability.search.pathKey(), "pages", input];
  const known = queryClient.getQueryState(queryKey);
  if (first && (!known || known.dataUpdatedAt < first.at)) {
    const data = { pages: [first.page], pageParams: [undefined] };
    queryClient.setQueryData(queryKey, data, { updatedAt: first.at });
  }
  return new InfiniteQueryObserver(queryClient, {
    queryKey,
    queryFn: ({ pageParam }) => searchPage(api, input, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: FoundPage) => page.cursor,
    refetchOnMount: first?.isOld ? "always" : true,
  });
}
