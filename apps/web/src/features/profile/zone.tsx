"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useRef, useSyncExternalStore } from "react";
import { detectZone } from "#lib/time.ts";
import { useTRPC } from "#trpc/client.tsx";

const Zone = createContext<string | undefined>(undefined);

/** The zone in which the member sees every time: their profile's; until they have one, the browser's. */
export function useZone(): string {
  const zone = use(Zone);
  if (!zone) throw new Error("useZone needs a ZoneProvider above");
  return zone;
}

/** Knows the member's zone, and saves the browser's to a profile that has none yet. */
export function ZoneProvider({ children }: { children: ReactNode }) {
  const trpc = useTRPC();
  const { data: profile } = useQuery(trpc.user.get.queryOptions({}));
  const detected = useDetectedZone();
  useSaveDetectedZone(profile?.timezone === null);
  return <Zone value={profile?.timezone ?? detected}>{children}</Zone>;
}

/** The browser's zone; on the server, which cannot know it, UTC. */
function useDetectedZone(): string {
  return useSyncExternalStore(
    () => () => {},
    detectZone,
    () => "UTC",
  );
}

function useSaveDetectedZone(isMissing: boolean): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate } = useMutation(
    trpc.user.set.mutationOptions({
      onSuccess: (profile) => queryClient.setQueryData(trpc.user.get.queryKey({}), profile),
    }),
  );
  const tried = useRef(false);
  useEffect(() => {
    if (!isMissing || tried.current) return;
    tried.current = true;
    mutate({ timezone: detectZone() });
  }, [isMissing, mutate]);
}
