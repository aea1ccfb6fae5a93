"use client";

import type { ComponentProps } from "react";
import { cx } from "#lib/cx.ts";
import { useWaitingMark } from "#lib/use-hydrated.ts";

const chip =
  "inline-flex min-h-10 cursor-pointer select-none items-center justify-center rounded border border-line-strong " +
  "bg-surface px-3 text-sm transition-colors hover:bg-sunken " +
  "has-checked:border-ink has-checked:bg-ink has-checked:font-medium has-checked:text-paper " +
  "has-focus-visible:outline-2 has-focus-visible:outline-ink has-focus-visible:outline-offset-2 " +
  "has-disabled:cursor-not-allowed has-disabled:border-line has-disabled:bg-transparent has-disabled:text-ink-soft " +
  "has-disabled:has-checked:border-ink-soft has-disabled:has-checked:bg-sunken";

type ChoiceProps = Omit<ComponentProps<"input">, "type"> & { kind: "one" | "many" };

/**
 * One of a few choices, as a chip: choose `one` of its group, or any number. A native radio button or check box, so that
 * keys, forms and screen readers work. Put it in a <Choices> in a <FieldGroup>.
 */
export function Choice({ kind, className, children, ...rest }: ChoiceProps) {
  return (
    <label className={cx(chip, className)}>
      <input
        {...useWaitingMark()}
        {...rest}
        type={kind === "one" ? "radio" : "checkbox"}
        className="sr-only"
      />
      {children}
    </label>
  );
}

/** Lays out a group's chips. */
export function Choices({ className, ...rest }: ComponentProps<"div">) {
  return <div {...rest} className={cx("relative flex flex-wrap gap-2", className)} />;
}
