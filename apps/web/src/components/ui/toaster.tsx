"use client";

import { type ComponentType, useSyncExternalStore } from "react";

let Notices: ComponentType | undefined;
const listeners = new Set<() => void>();

/**
 * Where notices appear; once, in the root layout. What shows them (components/ui/toast.tsx) comes with the code that has something
 * to say, so that pages which only show things do not load it.
 */
export function Toaster() {
  const Shown = useSyncExternalStore(
    subscribe,
    () => Notices,
    () => undefined,
  );
  return Shown && <Shown />;
}

/** Has `notices` shown by the Toaster. */
export function mountNotices(notices: ComponentType): void {
  Notices = notices;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
