/**
 * Puts `light` or `dark` on the page before it is painted, and keeps it so: as chosen (see theme.ts), else like the
 * system. Plain text that runs in every browser, because it must run before anything is loaded.
 */
const script = `(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    let chosen;
    try { chosen = localStorage.getItem("theme"); } catch {}
    const isDark = chosen === "dark" || (chosen !== "light" && dark.matches);
    const root = document.documentElement;
    // All colors change at once: none fades, and is unreadable on the way.
    root.classList.add("changing-theme");
    root.classList.toggle("dark", isDark);
    root.classList.toggle("light", !isDark);
    getComputedStyle(document.body ?? root).color;
    setTimeout(() => root.classList.remove("changing-theme"), 1);
  };
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  apply();
})()`;

export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  return (
    <script
      // Browsers hide a nonce from scripts, and so from React.
      suppressHydrationWarning
      nonce={nonce}
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}
