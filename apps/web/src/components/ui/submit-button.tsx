import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** Submits its form. */
export function SubmitButton({
  pending,
  disabled = false,
  children,
}: {
  pending: boolean;
  /** The form cannot be submitted now; a text near the button says why. */
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <Button type="submit" variant="primary" pending={pending} disabled={disabled}>
      {children}
    </Button>
  );
}
