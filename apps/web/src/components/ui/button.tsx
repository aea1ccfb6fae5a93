"use client";

import type { ComponentProps, MouseEvent } from "react";
import { cx } from "#lib/cx.ts";
import { useWaitingMark } from "#lib/use-hydrated.ts";
import { Link } from "./link.tsx";
import { Spinner } from "./spinner.tsx";

/** `primary` is vermilion: the next thing to do. Use one per screen. */
type Look = {
  variant?: "primary" | "secondary" | "ghost" | "danger" | undefined;
  size?: "md" | "sm" | undefined;
};

const variants = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border border-line-strong bg-surface text-ink hover:bg-sunken",
  ghost: "text-ink hover:bg-sunken",
  danger: "border border-danger text-danger hover:bg-danger-tint",
};
const sizes = { md: "min-h-11 px-4 text-base", sm: "min-h-9 px-3 text-sm" };

/** Returns the classes of a button, for other elements that must look like one. */
export function buttonClass({ variant = "secondary", size = "md" }: Look, className?: string): string {
  return cx(
    "inline-flex select-none items-center justify-center gap-2 rounded font-medium transition-colors",
    "disabled:pointer-events-none disabled:opacity-50 aria-disabled:opacity-70",
    variants[variant],
    sizes[size],
    className,
  );
}

/** An unstyled button. A press before hydration is repeated after it: see early-presses.tsx. */
export function PlainButton(props: ComponentProps<"button">) {
  return <button type="button" {...useWaitingMark()} {...props} />;
}

type ButtonProps = ComponentProps<"button"> &
  Look & {
    /** While an action runs: keeps the focus, shows a spinner, ignores a second press. */
    pending?: boolean;
  };

export function Button({
  variant,
  size,
  pending = false,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <PlainButton
      {...rest}
      className={buttonClass({ variant, size }, className)}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      onClick={press}
    >
      {pending && <Spinner />}
      {children}
    </PlainButton>
  );
}

/** A link that looks like a button. */
export function ButtonLink({ variant, size, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={buttonClass({ variant, size }, className)} />;
}
