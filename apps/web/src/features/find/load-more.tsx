import { useEffect, useRef } from "react";
import { Button } from "#components/ui/button.tsx";

/** Loads the next page when the end of the list becomes visible, or by its button for keyboard users. */
export function LoadMore({ pending, onMore }: { pending: boolean; onMore: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  useEffect(() => {
    more.current = onMore;
  });
  useEffect(() => {
    if (pending || !end.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && more.current(),
      { rootMargin: "600px" },
    );
    observer.observe(end.current);
    // Observes again after each page: a page without a match moves nothing, and must not end the search.
    return () => observer.disconnect();
  }, [pending]);
  return (
    <div ref={end} className="mt-8 flex justify-center">
      <Button pending={pending} onClick={onMore}>
        {pending ? "Loading more…" : "Show more"}
      </Button>
    </div>
  );
}
