"use client";

import { useSyncExternalStore } from "react";

/** Whether the browser has taken over from the server's HTML; from then on a press is heard. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}
