import { requireSession } from "#auth/session.ts";
import { parseFilters } from "#features/find/filters.ts";
import { FindPage } from "#features/find/find-page.tsx";
import { type FirstPage, searchPage } from "#features/find/search.ts";
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

/** Returns the first page of a search; undefined if the browser must fetch it. */
async function fetchFirstPage(address: URLSearchParams): Promise<FirstPage | undefined> {
  const member = await fetchMember();
  if (!member?.profile.cohort || !member.profile.timezone) return undefined;
  const { timezone: zone } = member.profile;
  const today = dayOf(new Date().toISOString(), zone);
  const input = searchInput(parseFilters(address, today), member.community, zone, today);
  const { data: page } = await fetchOnServer((api) => searchPage(api, input, undefined));
  return page && !page.busyError ? { input, page, at: Date.now() } : undefined;
}
