import { useSyncExternalStore } from "react";

/** What a visitor chose; the theme script shows it. */
export type Theme = "system" | "light" | "dark";

/** The chosen theme; undefined on the server, which does not know it. */
export function useTheme(): Theme | undefined {
  return useSyncExternalStore(subscribe, readTheme, () => undefined);
}

export function setTheme(theme: Theme): void {
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // Storage is switched off: it stays like the system.
  }
  // Other tabs hear of it by themselves.
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
