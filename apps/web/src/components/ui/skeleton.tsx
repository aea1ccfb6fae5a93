import { cx } from "#lib/cx.ts";

/** The place of something on its way. Put it inside <Loading>, which says so aloud. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cx("animate-pulse rounded bg-sunken", className)} />;
}
