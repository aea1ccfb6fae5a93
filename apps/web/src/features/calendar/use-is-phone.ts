import { useSyncExternalStore } from "react";

const query = "(width < 40rem)";

/** Whether the screen is as narrow as a phone's. Browser only. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}

function subscribe(onChange: () => void): () => void {
  const media = window.matchMedia(query);
  media.addEventListener("change", onChange);
  return () => media.removeEventListener("change", onChange);
}
