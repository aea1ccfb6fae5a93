import { requireSession } from "#auth/session.ts";
import { type Busy, busyInput, busyTimes } from "#features/find/busy.ts";
import { parseFilters } from "#features/find/filters.ts";
import { FindPage } from "#features/find/find-page.tsx";
import type { FirstPage } from "#features/find/query.ts";
import { searchInput } from "#features/find/search-input.ts";
import { paths, withQuery } from "#lib/paths.ts";
import { dayOf } from "#lib/time.ts";
import { fetchMember } from "#member/fetch-member.ts";
import { fetchOnServer } from "#trpc/server.ts";

export const metadata = { title: "Find" };

export default async function Page({ searchParams }: PageProps<"/find">) {
  const address = withQuery(paths.find, await searchParams);
  await requireSession(address);
  return <FindPage first={await fetchFirstPage(new URLSearchParams(address.slice(paths.find.length)))} />;
}

/** The first availabilities of a search; undefined where the browser must ask by itself. */
async function fetchFirstPage(address: URLSearchParams): Promise<FirstPage | undefined> {
  const member = await fetchMember();
  if (!member?.profile.cohort || !member.profile.timezone) return undefined;
  const { timezone: zone } = member.profile;
  const { cohorts, types } = member.community;
  const known = { cohorts, types };
  const today = dayOf(new Date().toISOString(), zone);
  const filters = parseFilters(address, today);
  const page = await fetchOnServer(({ trpc, queryClient }) =>
    queryClient.fetchQuery(trpc.availability.search.queryOptions(searchInput(filters, known, zone, today))),
  );
  return (
    page && {
      query: { filters, known, zone, today },
      page,
      busy: await fetchBusy(page.items),
      at: Date.now(),
    }
  );
}

/** When the member is busy around some availabilities; undefined where the API did not answer. */
async function fetchBusy(availabilities: Busy[]): Promise<Busy[] | undefined> {
  const span = busyInput(availabilities);
  if (!span) return [];
  const calendar = await fetchOnServer(({ trpc, queryClient }) =>
    queryClient.fetchQuery(trpc.calendar.get.queryOptions(span)),
  );
  return calendar && busyTimes(calendar);
}
