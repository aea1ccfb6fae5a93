"use client";

import { createContext, type ReactNode, use, useEffect, useRef, useSyncExternalStore } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { detectZone } from "#lib/time.ts";
import { loadApi } from "#trpc/load-api.ts";
import { useOwnProfile } from "./member.tsx";

const Zone = createContext<string | undefined>(undefined);

/** The zone in which the member sees every time: their profile's; until they have one, the browser's. */
export function useZone(): string {
  const zone = use(Zone);
  if (!zone) throw new Error("useZone needs a ZoneProvider above");
  return zone;
}

/** Knows the member's zone, and saves the browser's to a profile that has none yet. */
export function ZoneProvider({ children }: { children: ReactNode }) {
  const { profile } = useOwnProfile();
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
  const config = useAuthConfig();
  const { setProfile } = useOwnProfile();
  const tried = useRef(false);
  useEffect(() => {
    if (!isMissing || tried.current) return;
    tried.current = true;
    loadApi(config)
      .then(({ client }) => client.user.set.mutate({ timezone: detectZone() }))
      // The next page tries again; until then the detected zone is shown all the same.
      .then(setProfile, () => {});
  }, [isMissing, config, setProfile]);
}
