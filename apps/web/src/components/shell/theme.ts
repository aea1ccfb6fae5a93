import { useSyncExternalStore } from "react";

/** The visitor's choice; the theme script applies it. */
export type Theme = "system" | "light" | "dark";

/** Returns the chosen theme; undefined on the server, which does not know it. */
export function useTheme(): Theme | undefined {
  return useSyncExternalStore(subscribe, readTheme, () => undefined);
}

export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage is disabled: the theme stays the system's.
  }
  // The browser sends this event to other tabs only.
  window.dispatchEvent(new StorageEvent("storage", { key: "theme" }));
}

function readTheme(): Theme {
  try {
    const chosen = localStorage.getItem("theme");
    return chosen === "light" || chosen === "dark" ? chosen : "system";
  } catch {
    return "system";
  }
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("storage", onChange);
  return () => window.removeEventListener("storage", onChange);
}
