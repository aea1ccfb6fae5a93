"use client";

import { Button, ButtonLink } from "#components/ui/button.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { EmptyState, ErrorState } from "#components/ui/states.tsx";
import { useQueryOfAddress } from "#lib/address.ts";
import { cx } from "#lib/cx.ts";
import { useNow } from "#lib/now.tsx";
import { paths } from "#lib/paths.ts";
import { dayOf } from "#lib/time.ts";
import { useCommunity } from "#member/community.ts";
import { useOwnProfile } from "#member/member.tsx";
import { useZone } from "#member/zone.tsx";
import { AvailabilityList } from "./availability-list.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { type Filters, formatFilters, isFiltered, parseFilters } from "./filters.ts";
import { FindSkeleton } from "./find-skeleton.tsx";
import { LoadMore } from "./load-more.tsx";
import type { FirstPage } from "./search.ts";
import { searchInput } from "./search-input.ts";
import { useSearch } from "./use-search.ts";

/** Upcoming availabilities of others that the member may book; `first` is the server's first page of them. */
export function FindPage({ first }: { first: FirstPage | undefined }) {
  const zone = useZone();
  const today = dayOf(useNow(), zone);
  // Filters are in the address: links can contain them, and going back from an availability restores them.
  const [address, replaceAddress] = useQueryOfAddress();
  const filters = parseFilters(address, today);
  const apply = (filters: Filters) => replaceAddress(formatFilters(filters));
  const community = useCommunity();
  const { profile, error, retry } = useOwnProfile();
  const input = profile?.cohort ? searchInput(filters, community, zone, today) : undefined;
  const search = useSearch(input, filters.fits === true, first);
  const shown = search.availabilities;

  if (profile?.cohort === null) return <ChooseCohort />;
  return (
    <>
      <PageHeader title="Find" lead="Hours that other members offer. Choose one and book it." />
      <FilterBar filters={filters} today={today} onChange={apply} />
      <div
        aria-busy={search.isFormer}
        className={cx("transition-opacity", search.isFormer && !search.error && "opacity-50")}
      >
        {shown && (
          <AvailabilityList
            availabilities={shown}
            preferredType={filters.types.length === 1 ? filters.types[0] : undefined}
          />
        )}
        {error || search.error ? (
          <ErrorState error={error ?? search.error} retry={error ? retry : search.retry} />
        ) : !shown ? (
          <FindSkeleton />
        ) : search.hasMore ? (
          <LoadMore pending={search.isLoadingMore} onMore={search.loadMore} />
        ) : (
          shown.length === 0 && <NothingFound filters={filters} onClear={() => apply({ types: [] })} />
        )}
      </div>
    </>
  );
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
        Members offer their hours to certain cohorts. Choose yours to see what is open to you.
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
          Post an open time
        </ButtonLink>
      }
    >
      Offer an hour of your own: others find it here and book it.
    </EmptyState>
  );
}
