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

const waiting = { "data-waiting": "" };
const ready = {};

/**
 * Attributes for a control: they mark it until the browser has taken over. What is pressed or chosen until
 * then, components/ui/early-presses.tsx keeps and repeats.
 */
export function useWaitingMark(): { "data-waiting"?: string } {
  return useHydrated() ? ready : waiting;
}
