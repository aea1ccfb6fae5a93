/**
 * An icon of the app: one path, drawn after Lucide's (ISC license). A file each, because a page loads the files that it imports as a
 * whole; `lucide-react` itself would be 1.3 kB more on Find.
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
