import type { AppRouter } from "@kumite/api";
import type { TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { searchInput } from "./filters.ts";

/** The search as the server prefetches it and as the page asks for it: one key for both. */
export function searchOptions(trpc: TRPCOptionsProxy<AppRouter>, input: ReturnType<typeof searchInput>) {
  return trpc.availability.search.infiniteQueryOptions(input, { getNextPageParam: (page) => page.cursor });
}
