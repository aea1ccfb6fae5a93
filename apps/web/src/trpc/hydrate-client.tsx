import "server-only";
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiProvider } from "./client.tsx";
import { getQueryClient } from "./server.ts";

/** Provides the API, and what the server fetched from it, to the client components below. */
export function HydrateClient({ children }: { children: ReactNode }) {
  return (
    <ApiProvider>
      <HydrationBoundary state={dehydrate(getQueryClient())}>{children}</HydrationBoundary>
    </ApiProvider>
  );
}
