import type { AppRouter } from "@kumite/api";
import type { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink, type TRPCClient } from "@trpc/client";
import { createTRPCOptionsProxy, type TRPCOptionsProxy } from "@trpc/tanstack-react-query";
import type { AuthConfig } from "#auth/config.ts";
import { endSession } from "#auth/end-session.ts";
import { loadCognito } from "#auth/use-cognito.ts";
import { makeQueryClient } from "./query-client.ts";
import { refreshLink } from "./refresh-link.ts";

/** The API as pages ask it, in the browser and on the server: plainly, or by way of the cache. */
export type Api = {
  client: TRPCClient<AppRouter>;
  queryClient: QueryClient;
  /** The procedures as options for the cache. */
  trpc: TRPCOptionsProxy<AppRouter>;
};

let browserApi: Api | undefined;

/** The API with the session's cookies, on the page's own origin; load it with `loadApi` where a page can do without. */
export function getApi(config: AuthConfig): Api {
  // On the server one per request, or members would see each other's data; in the browser one that stays.
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
      }),
      httpBatchLink({ url: "/api/trpc" }),
    ],
  });
  return { client, queryClient, trpc: createTRPCOptionsProxy<AppRouter>({ client, queryClient }) };
}
