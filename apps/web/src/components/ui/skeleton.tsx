import { cx } from "#lib/cx.ts";

/** A placeholder for content that loads. Put it inside <Loading>, which screen readers announce. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx("animate-pulse rounded bg-sunken", className)} />;
}
