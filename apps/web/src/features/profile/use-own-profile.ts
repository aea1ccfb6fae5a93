"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "#trpc/client.tsx";

/** The signed-in member's own profile; the layout has prefetched it. */
export function useOwnProfile() {
  const trpc = useTRPC();
  return useQuery({
    ...trpc.user.get.queryOptions({}),
    // Asked without a name, the API answers the caller's own, which alone has an address.
    select: (profile) => ("email" in profile ? profile : undefined),
  });
}
