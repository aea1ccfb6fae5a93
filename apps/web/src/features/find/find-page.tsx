"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { Button, ButtonLink } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { EmptyState, ErrorState } from "#components/ui/states.tsx";
import { useCommunity } from "#features/availability/community.ts";
import { useOwnProfile } from "#features/profile/use-own-profile.ts";
import { useZone } from "#features/profile/zone.tsx";
import { cx } from "#lib/cx.ts";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { dayOf } from "#lib/time.ts";
import { useTRPC } from "#trpc/client.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { type Filters, formatFilters, isFiltered, parseFilters, searchInput } from "./filters.ts";
import { FindSkeleton } from "./find-skeleton.tsx";
import { LoadMore } from "./load-more.tsx";
import { searchOptions } from "./search.ts";
import { WindowList } from "./window-list.tsx";

/** Upcoming windows of others that the member may book. */
export function FindPage() {
  const trpc = useTRPC();
  const zone = useZone();
  const today = dayOf(useNow(), zone);
  const filters = parseFilters(useSearchParams(), today);
  const community = useCommunity();
  const { data: profile } = useOwnProfile();
  const input = searchInput(filters, community, zone, today);
  const search = useInfiniteQuery({ ...searchOptions(trpc, input), placeholderData: keepPreviousData });
  const shown = search.data?.pages.flatMap((page) => page.items) ?? [];

  if (profile?.cohort === null) return <ChooseCohort />;
  return (
    <>
      <PageHeader title="Find" lead="Hours that other members offer. Choose one and book it." />
      <FilterBar filters={filters} today={today} onChange={apply} />
      {search.isPending ? (
        <FindSkeleton />
      ) : (
        <div
          aria-busy={search.isPlaceholderData}
          className={cx("transition-opacity", search.isPlaceholderData && "opacity-50")}
        >
          <WindowList
            windows={shown}
            preferredType={filters.types.length === 1 ? filters.types[0] : undefined}
          />
          {search.isError && <ErrorState error={search.error} retry={() => void search.refetch()} />}
          {search.isSuccess && shown.length === 0 && !search.hasNextPage && (
            <NothingFound filters={filters} onClear={() => apply({ types: [] })} />
          )}
          {search.hasNextPage && (
            <LoadMore pending={search.isFetchingNextPage} onMore={() => void search.fetchNextPage()} />
          )}
        </div>
      )}
    </>
  );
}

/** Filters live in the address: a link to them can be kept, and going back from a window finds them again. */
function apply(filters: Filters): void {
  window.history.replaceState(null, "", paths.find + formatFilters(filters));
}

function ChooseCohort() {
  return (
    <>
      <PageHeader title="Find" />
      <EmptyState
        title="First, choose your cohort"
        action={
          <ButtonLink href={paths.profile} variant="primary">
            Choose my cohort
          </ButtonLink>
        }
      >
        Members offer their hours to certain cohorts. Once Kumite knows yours, what is open to you appears
        here.
      </EmptyState>
    </>
  );
}

function NothingFound({ filters, onClear }: { filters: Filters; onClear: () => void }) {
  if (isFiltered(filters)) {
    return (
      <EmptyState
        title="Nothing fits these filters"
        action={<Button onClick={onClear}>Show everything</Button>}
      >
        Fewer filters or other days may help.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing is open to you just now"
      action={
        <ButtonLink href={paths.post} variant="primary">
          Post a window
        </ButtonLink>
      }
    >
      Offer an hour of your own: others find it here and book it.
    </EmptyState>
  );
}
