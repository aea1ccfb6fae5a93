"use client";

import { type ComponentType, useSyncExternalStore } from "react";

let Notices: ComponentType | undefined;
const listeners = new Set<() => void>();

/**
 * The place where notices appear; put it once in the root layout. The component (components/ui/toast.tsx) loads with the
 * code that calls `notify`, so that pages without notices do not load it.
 */
export function Toaster() {
  const Shown = useSyncExternalStore(
    subscribe,
    () => Notices,
    () => undefined,
  );
  return Shown && <Shown />;
}

/** Makes the Toaster show `notices`. */
export function mountNotices(notices: ComponentType): void {
  Notices = notices;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
