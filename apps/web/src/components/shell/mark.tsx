import { cx } from "#lib/cx.ts";

/** The logo: two people who face each other, on the red of a seal. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={cx("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="4" className="fill-accent" />
      <path
        d="M6.5 5.5 10 12l-3.5 6.5M17.5 5.5 14 12l3.5 6.5"
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="square"
        className="stroke-on-accent"
      />
    </svg>
  );
}

/** The logo and the name. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2.5 font-semibold text-lg tracking-tight">
      <Mark />
      Kumite
    </span>
  );
}
