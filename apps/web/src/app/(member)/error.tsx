"use client";

import { useEffect } from "react";

/** Shown when a page throws. Every page contains it, so it imports nothing large. */
export default function MemberError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
    document.title = "Something went wrong · Kumite";
  }, [error]);
  return (
    <div role="alert" className="grid justify-items-start gap-3">
      <h1 className="text-3xl">Something went wrong</h1>
      <p className="text-ink-soft">That should not have happened. Trying again may help.</p>
      <button type="button" className="link" onClick={retry}>
        Try again
      </button>
    </div>
  );
}
