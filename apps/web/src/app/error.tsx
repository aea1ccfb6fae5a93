"use client";

import { useEffect } from "react";
import { PublicShell } from "#components/shell/public-shell.tsx";
import { Button } from "#components/ui/button.tsx";

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <PublicShell>
      <div role="alert" className="m-auto grid max-w-md justify-items-start gap-4 px-4 pb-32">
        <h1 className="text-3xl">Something went wrong</h1>
        <p className="text-ink-soft">That should not have happened. Trying again may help.</p>
        <Button onClick={retry}>Try again</Button>
      </div>
    </PublicShell>
  );
}
