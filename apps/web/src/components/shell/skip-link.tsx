/** The first stop of the Tab key: skips the header. */
export function SkipLink() {
  return (
    <a
      href="#content"
      className="fixed top-2 left-2 z-50 -translate-y-20 rounded bg-ink px-4 py-2 font-medium text-paper focus-visible:translate-y-0"
    >
      Skip to content
    </a>
  );
}
