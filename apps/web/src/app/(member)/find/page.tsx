import { requireSession } from "#auth/session.ts";
import { parseFilters, searchInput } from "#features/find/filters.ts";
import { FindPage } from "#features/find/find-page.tsx";
import { searchOptions } from "#features/find/search.ts";
import { paths } from "#lib/paths.ts";
import { dayOf } from "#lib/time.ts";
import { HydrateClient, prefetch } from "#trpc/server.tsx";

export const metadata = { title: "Find" };

export default async function Page({ searchParams }: PageProps<"/find">) {
  const query = new URLSearchParams((await searchParams) as Record<string, string>);
  await requireSession(paths.find + (query.size > 0 ? `?${query}` : ""));
  await prefetch(({ trpc, queryClient }) => [
    (async () => {
      const [community, profile] = await Promise.all([
        queryClient.fetchQuery(trpc.community.get.queryOptions()),
        queryClient.fetchQuery(trpc.user.get.queryOptions({})),
      ]);
      // Until the zone is known the browser asks by itself.
      if (!profile.cohort || !profile.timezone) return;
      const today = dayOf(new Date().toISOString(), profile.timezone);
      const input = searchInput(parseFilters(query, today), community, profile.timezone, today);
      await queryClient.fetchInfiniteQuery(searchOptions(trpc, input));
    })(),
  ]);
  return (
    <HydrateClient>
      <FindPage />
    </HydrateClient>
  );
}
