/**
 * An icon of the app: one path, after Lucide's (ISC license). One file each, because a page loads whole files;
 * `lucide-react` would add 1.3 kB to Find.
 */
export function icon(d: string) {
  return function Icon({ className }: { className: string }) {
    return (
      <svg
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        className={className}
      >
        <path d={d} />
      </svg>
    );
  };
}
