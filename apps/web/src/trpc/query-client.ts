import { QueryClient } from "@tanstack/react-query";
import { explain, isTooOften } from "#lib/errors.ts";

/** The cache of one browser tab, or of one request on the server. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Offline, a page says so at once instead of waiting in silence, and asks again when back.
        networkMode: "always",
        refetchOnReconnect: true,
        // What the server prefetched is not fetched again at once.
        staleTime: 30_000,
        // The server does not keep a page waiting: what fails there is asked for again by the browser. A call too many
        // is asked for again by its person, who is told when.
        retry: (failures, error) =>
          typeof window !== "undefined" && failures < 2 && explain(error).retryable && !isTooOften(error),
      },
      mutations: { networkMode: "always" },
    },
  });
}
