"use client";

import { useEffect, useRef, useState } from "react";
import { endVisit, rememberVisit } from "#auth/google-visit.ts";
import { nextPath, signInPath } from "#auth/next-path.ts";
import type { RedirectFailure } from "#auth/redirect-errors.ts";
import { useCognito } from "#auth/use-cognito.ts";
import { FormError } from "#components/ui/form-error.tsx";
import { Link } from "#components/ui/link.tsx";
import { paths } from "#lib/paths.ts";
import { GoogleButton } from "./google-sign-in.tsx";

const words = {
  canceled: "You canceled at Google. Nothing was changed.",
  failed: "Signing in with Google did not work. Try again, or use your e-mail address and password.",
  lost: "This sign-in began in another tab or too long ago. Try again.",
};

type Failure = { message: string; next: string };

/** Completes the sign-in of someone who comes back from Google, or shows why it failed. */
export function GoogleReturn({ failure }: { failure: RedirectFailure | undefined }) {
  const cognito = useCognito();
  const [shown, setShown] = useState<Failure>();

  const isBegun = useRef(false);
  useEffect(() => {
    if (isBegun.current) return;
    isBegun.current = true;
    const visit = endVisit();
    const next = nextPath(visit.next);
    const show = (why: keyof typeof words) => setShown({ message: words[why], next });

    async function complete() {
      const { leaveForGoogle, returnFromGoogle } = await cognito();
      const isSignedIn = await returnFromGoogle();
      if (failure === "linked" && !visit.isRetry) {
        rememberVisit({ next, isRetry: true });
        await leaveForGoogle();
      } else if (failure) show(failure === "canceled" ? "canceled" : "failed");
      else if (isSignedIn) {
        // Loads a new page, so that nothing rendered for an anonymous visitor stays. That page redirects new members.
        window.location.replace(`${paths.googleSignIn}?${new URLSearchParams({ next })}`);
      } else show("lost");
    }
    complete().catch(() => show("failed"));
  }, [cognito, failure]);

  if (!shown) return <p role="status">Signing you in…</p>;
  return (
    <div className="grid gap-6">
      <FormError>{shown.message}</FormError>
      <GoogleButton next={shown.next} />
      <Link href={signInPath(shown.next)} className="link text-sm">
        Other ways to sign in
      </Link>
    </div>
  );
}
