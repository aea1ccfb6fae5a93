"use client";

import { useEffect } from "react";
import { StandaloneMessage } from "#components/shell/standalone-message.tsx";

export default function RootError({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
    document.title = "Something went wrong · Kumite";
  }, [error]);
  return (
    <StandaloneMessage
      title="Something went wrong"
      detail="That should not have happened. Trying again may help."
    >
      <button type="button" className="link" onClick={retry}>
        Try again
      </button>
    </StandaloneMessage>
  );
}
