import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { headers } from "next/headers";
import { ThemeScript } from "#components/shell/theme-script.tsx";
import { EarlyPresses } from "#components/ui/early-presses.tsx";
import { Toaster } from "#components/ui/toaster.tsx";
import "./globals.css";

const latin = localFont({
  src: "../../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2",
  weight: "400 700",
  variable: "--font-latin",
});
const latinExtended = localFont({
  src: "../../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-ext-wght-normal.woff2",
  weight: "400 700",
  variable: "--font-latin-extended",
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: "unicode-range", value: "U+0100-02BA, U+1E00-1E9F, U+1EF2-1EFF, U+20A0-20C0" }],
});

export const metadata: Metadata = {
  title: { default: "Kumite", template: "%s · Kumite" },
  description: "Kumite brings the members of a training community together, one hour at a time.",
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f9f8f5" },
    { media: "(prefers-color-scheme: dark)", color: "#131417" },
  ],
};

export default async function RootLayout({ children }: LayoutProps<"/">) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" className={`${latinExtended.variable} ${latin.variable}`} suppressHydrationWarning>
      <body className="min-h-dvh bg-paper text-ink">
        <ThemeScript nonce={nonce} />
        <EarlyPresses nonce={nonce} />
        {/* A separate stacking context: dialogs come after it in the page, and so appear above it. */}
        <div className="isolate">{children}</div>
        <Toaster />
      </body>
    </html>
  );
}
