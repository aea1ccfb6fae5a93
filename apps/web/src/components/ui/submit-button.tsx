import type { ReactNode } from "react";
import { Button } from "./button.tsx";

/** Sends its form. */
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
  return (
    <Button type="submit" variant="primary" pending={pending} disabled={disabled}>
      {children}
    </Button>
  );
}
