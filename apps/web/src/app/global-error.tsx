"use client";

import "./globals.css";

/** Shown when the root layout fails. It uses nothing that could fail again. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Kumite</title>
        <main className="mx-auto grid max-w-md justify-items-start gap-4 px-4 pt-32">
          <h1 className="text-3xl">Something went wrong</h1>
          <p className="text-ink-soft">That should not have happened. Trying again may help.</p>
          <button type="button" className="link" onClick={retry}>
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
