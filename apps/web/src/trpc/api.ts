import type { AppRouter } from "@kumite/api";
import type { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { AuthConfig } from "#auth/config.ts";
import { endSession, untilSessionKept } from "#auth/end-session.ts";
import { loadCognito } from "#auth/use-cognito.ts";
import { makeQueryClient } from "./query-client.ts";
import { refreshLink } from "./refresh-link.ts";

/** The API for pages, in the browser and on the server: as plain calls, or through the cache. */
export type Api = {
  client: TRPCClient<AppRouter>;
  queryClient: QueryClient;
  /** The procedures as options for React Query. */
  trpc: TRPCOptionsProxy<AppRouter>;
};

let browserApi: Api | undefined;

/** Returns the API on the page's own origin, with the session's cookies. Pages that may not need it use `loadApi`. */
export function getApi(config: AuthConfig): Api {
  // On the server, one per render, or members would see each other's data; in the browser, only one.
  if (typeof window === "undefined") return createApi(config);
  browserApi ??= createApi(config);
  return browserApi;
}

function createApi(config: AuthConfig): Api {
  const queryClient = makeQueryClient();
  const client = createTRPCClient<AppRouter>({
    links: [
      refreshLink({
        refresh: async () => (await loadCognito(config)).refresh(),
        end: () => void endSession(config),
        ready: untilSessionKept,
      }),
      httpBatchLink({ url: "/api/trpc" }),
    ],
  });
  return { client, queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }) };
}
