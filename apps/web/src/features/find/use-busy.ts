import { useEffect, useState } from "react";
import type { Busy } from "./busy.ts";
import type { LiveSearch } from "./live-search.ts";
import type { FirstPage } from "./query.ts";

type Page = FirstPage["page"];

type BusyData = {
  /** The pages around whose availabilities it is known when the member is busy. */
  pages: readonly Page[];
  busy: Busy[];
  error?: unknown;
};

/**
 * When the member is busy around the availabilities of some pages. The server says it of the first page; of others the API is
 * asked.
 * @param pages undefined while the search is not answered
 */
export function useBusy(
  live: LiveSearch | undefined,
  pages: readonly Page[] | undefined,
  first: Pick<FirstPage, "page" | "busy"> | undefined,
): BusyData & { retry: () => void } {
  const [asked, setAsked] = useState<BusyData>();
  const [attempt, setAttempt] = useState(0);
  const start: BusyData = first?.busy ? { pages: [first.page], busy: first.busy } : { pages: [], busy: [] };

  useEffect(() => {
    if (!live || !pages) return;
    let isOver = false;
    const unknown = pages.filter((page) => !start.pages.includes(page));
    live.fetchBusy(unknown).then(
      (busy) => isOver || setAsked({ pages: [...start.pages, ...unknown], busy: [...start.busy, ...busy] }),
      (error: unknown) => isOver || setAsked((former = start) => ({ ...former, error })),
    );
    return () => {
      isOver = true;
    };
  }, [live, pages, attempt]);

  return { ...(asked ?? start), retry: () => setAttempt((former) => former + 1) };
}
