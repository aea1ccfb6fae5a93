"use client";

import { useEffect, useState } from "react";
import { useAuthConfig } from "#auth/auth-config.tsx";
import { describeAuthError } from "#auth/cognito-errors.ts";
import { rememberVisit } from "#auth/google-visit.ts";
import { useCognito } from "#auth/use-cognito.ts";
import { Button } from "#components/ui/button.tsx";
import { FormError } from "#components/ui/form-error.tsx";
import { GoogleMark } from "./google-mark.tsx";

/** Sign-in with Google, above a form; nothing if this stage has none. */
export function GoogleSignIn({ next }: { next: string }) {
  if (!useAuthConfig().hostedDomain) return null;
  return (
    <div className="grid gap-6">
      <GoogleButton next={next} />
      <p className="flex items-center gap-4 text-ink-soft text-sm before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        or
      </p>
    </div>
  );
}

/** @param props.next where to go after sign-in, a path of this site */
export function GoogleButton({ next }: { next: string }) {
  const cognito = useCognito();
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string>();

  // The browser's back button shows the page as it was left: reset the button.
  useEffect(() => {
    const reset = () => setPending(false);
    window.addEventListener("pageshow", reset);
    return () => window.removeEventListener("pageshow", reset);
  }, []);

  async function leave() {
    setPending(true);
    setFailure(undefined);
    try {
      const { leaveForGoogle } = await cognito();
      rememberVisit({ next, isRetry: false });
      await leaveForGoogle();
    } catch (error) {
      setPending(false);
      setFailure(describeAuthError(error).message);
    }
  }

  return (
    <div className="grid gap-4">
      <FormError>{failure}</FormError>
      <Button pending={pending} onClick={() => void leave()}>
        {!pending && <GoogleMark />}
        Continue with Google
      </Button>
    </div>
  );
}
