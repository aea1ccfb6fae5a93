import { QueryClient } from "@tanstack/react-query";
import { explain, isTooOften } from "#lib/errors.ts";

/** Creates the cache of one browser tab, or of one request on the server. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Offline, a page shows an error at once instead of waiting, and refetches when online again.
        networkMode: "always",
        refetchOnReconnect: true,
        // Does not refetch at once what the server has just fetched.
        staleTime: 30_000,
        // The server does not retry, because the page would wait: the browser does. After a rate limit the member retries;
        // the message says when.
        retry: (failures, error) =>
          typeof window !== "undefined" && failures < 2 && explain(error).retryable && !isTooOften(error),
      },
      mutations: { networkMode: "always" },
    },
  });
}
