/**
 * Sets the class `light` or `dark` before the first paint and keeps it up to date: the chosen theme (see theme.ts), else
 * the system's. A string that runs in every browser without a build, because it must run before any script loads.
 */
const script = `(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    let chosen;
    try { chosen = localStorage.getItem("theme"); } catch {}
    const isDark = chosen === "dark" || (chosen !== "light" && dark.matches);
    const root = document.documentElement;
    // All colors change at once: fading ones are hard to read.
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
