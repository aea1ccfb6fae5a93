"use client";

import { useSyncExternalStore } from "react";

/** Whether the page is hydrated; from then on its controls react to presses. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  );
}

const waiting = { "data-waiting": "" };
const ready = {};

/**
 * Returns attributes that mark a control until the page is hydrated. components/ui/early-presses.tsx repeats what is
 * pressed or chosen until then.
 */
export function useWaitingMark(): { "data-waiting"?: string } {
  return useHydrated() ? ready : waiting;
}
