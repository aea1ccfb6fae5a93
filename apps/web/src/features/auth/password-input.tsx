"use client";

import { type ComponentProps, useState } from "react";
import { PlainButton } from "#components/ui/button.tsx";
import { Input } from "#components/ui/field.tsx";
import { Eye } from "#components/ui/icons/eye.ts";
import { EyeOff } from "#components/ui/icons/eye-off.ts";

/** A password field that can show the password. */
export function PasswordInput(props: Omit<ComponentProps<"input">, "type">) {
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <div className="relative">
      <Input
        {...props}
        type={isShown ? "text" : "password"}
        className="pr-12"
        autoCapitalize="none"
        spellCheck={false}
      />
      <PlainButton
        aria-label="Show password"
        aria-pressed={isShown}
        onClick={() => setShown(!isShown)}
        className="absolute inset-y-0 right-0 grid w-11 place-items-center rounded text-ink-soft hover:text-ink"
      >
        <Icon className="size-4.5" />
      </PlainButton>
    </div>
  );
}
