import type { ReactNode } from "react";
import { cx } from "#lib/cx.ts";

const tones = {
  plain: "bg-sunken text-ink-soft",
  accent: "bg-accent-tint text-accent",
  good: "bg-good-tint text-good",
  danger: "bg-danger-tint text-danger",
};

/** A word or two about a thing, such as its type or state. The words say it; the color only repeats it. */
export function Badge({ tone = "plain", children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <span className={cx("inline-flex items-center rounded-sm px-2 py-0.5 font-medium text-xs", tones[tone])}>
      {children}
    </span>
  );
}
