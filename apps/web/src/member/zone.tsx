"use client";

import { createContext, type ReactNode, use, useEffect, useRef, useSyncExternalStore } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { detectZone } from "#lib/time.ts";
import { loadApi } from "#trpc/load-api.ts";
import { useOwnProfile } from "./member.tsx";

const Zone = createContext<string | undefined>(undefined);

/** Returns the zone of all times that the member sees: their profile's, or the browser's until they have one. */
export function useZone(): string {
  const zone = use(Zone);
  if (!zone) throw new Error("useZone needs a ZoneProvider above");
  return zone;
}

/** Provides the member's zone, and saves the browser's zone to a profile without one. */
export function ZoneProvider({ children }: { children: ReactNode }) {
  const { profile } = useOwnProfile();
  const detected = useDetectedZone();
  useSaveDetectedZone(profile?.timezone === null);
  return <Zone value={profile?.timezone ?? detected}>{children}</Zone>;
}

/** Returns the browser's zone; UTC on the server, which does not know it. */
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
      // If it fails, the next page tries again; the detected zone is shown anyway.
      .then(setProfile, () => {});
  }, [isMissing, config, setProfile]);
}
