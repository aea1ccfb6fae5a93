"use client";

import type { AppRouter } from "@kumite/api";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { endSession } from "#auth/end-session.ts";
import { loadCognito } from "#auth/use-cognito.ts";
import { cursorLink } from "./cursor-link.ts";
import { makeQueryClient } from "./query-client.ts";
import { refreshLink } from "./refresh-link.ts";

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/**
 * The API's procedures as options for React Query: `useQuery(trpc.user.get.queryOptions({}))`; and as plain calls, for
 * what takes more than one.
 */
export { useTRPC, useTRPCClient };

let browserClient: QueryClient | undefined;

function getQueryClient(): QueryClient {
  // On the server one per request, or members would see each other's data; in the browser one for good.
  if (typeof window === "undefined") return makeQueryClient();
  browserClient ??= makeQueryClient();
  return browserClient;
}

/** The API for the pages below. Calls carry the session's cookies to the page's own origin. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const config = useAuthConfig();
  const queryClient = getQueryClient();
  const [client] = useState(() =>
    createTRPCClient<AppRouter>({
      links: [
        refreshLink({
          refresh: async () => (await loadCognito(config)).refresh(),
          end: () => void endSession(config, queryClient),
        }),
        cursorLink,
        httpBatchLink({ url: "/api/trpc" }),
      ],
    }),
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
