"use client";

import { useState } from "react";
import { describeAuthError } from "#auth/cognito-errors.ts";
import { Button } from "#components/ui/button.tsx";

/** Requests another code. `send` returns whether one was sent; its error is shown here. */
export function ResendCode({ send }: { send: () => Promise<boolean> }) {
  const [pending, setPending] = useState(false);
  const [told, setTold] = useState("");

  async function resend() {
    setPending(true);
    setTold("");
    try {
      if (await send()) setTold("A new code is on its way. Older codes no longer work.");
    } catch (error) {
      setTold(describeAuthError(error).message);
    } finally {
      setPending(false);
    }
  }

  return (
    <div className="grid justify-items-start gap-2">
      <Button size="sm" pending={pending} onClick={() => void resend()}>
        Send a new code
      </Button>
      <p role="status" className="text-ink-soft text-sm">
        {told}
      </p>
    </div>
  );
}
