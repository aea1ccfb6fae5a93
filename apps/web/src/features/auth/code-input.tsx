import type { ComponentProps } from "react";
import { Input } from "#components/ui/field.tsx";

/** The six digits from an e-mail; phones offer to fill them in. */
export function CodeInput(props: ComponentProps<"input">) {
  return (
    <Input
      {...props}
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={12}
      className="text-xl tracking-[0.3em]"
    />
  );
}
