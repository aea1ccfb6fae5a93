"use client";

import type { ReactNode } from "react";
import { useHydrated } from "#lib/use-hydrated.ts";
import { Button } from "./button.tsx";

/** Sends its form. Off until the page can hear it, so that a quick press is not lost to a page load. */
export function SubmitButton({
  pending,
  disabled = false,
  children,
}: {
  pending: boolean;
  /** Nothing can be sent now; words beside the button say why. */
  disabled?: boolean;
  children: ReactNode;
}) {
  const isHydrated = useHydrated();
  return (
    <Button type="submit" variant="primary" pending={pending} disabled={!isHydrated || disabled}>
      {children}
    </Button>
  );
}
