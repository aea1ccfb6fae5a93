"use client";

import type { AppRouter } from "@kumite/api";
import { QueryClientProvider } from "@tanstack/react-query";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { type ReactNode, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { getApi } from "./api.ts";

const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/**
 * The API's procedures as options for React Query: `useQuery(trpc.meeting.get.queryOptions({ id }))`; and as plain calls, for
 * actions that need several.
 */
export { useTRPC, useTRPCClient };

/** Provides the API to the components below. */
export function ApiProvider({ children }: { children: ReactNode }) {
  const config = useAuthConfig();
  const [{ client, queryClient }] = useState(() => getApi(config));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={client} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}
