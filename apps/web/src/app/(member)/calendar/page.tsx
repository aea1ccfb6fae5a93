import { requireSession } from "#auth/session.ts";
import { CalendarPage } from "#features/calendar/calendar-page.tsx";
import { daysSpan } from "#features/calendar/span.ts";
import { paths, withQuery } from "#lib/paths.ts";
import { dayOf } from "#lib/time.ts";
import { fetchMember } from "#member/fetch-member.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";
import { fetchOnServer } from "#trpc/server.ts";

export const metadata = { title: "Calendar" };

export default async function Page({ searchParams }: PageProps<"/calendar">) {
  await requireSession(withQuery(paths.calendar, await searchParams));
  // Fetches the week early: the calendar component loads later.
  const timezone = (await fetchMember())?.profile.timezone;
  if (timezone) {
    const week = daysSpan(dayOf(new Date().toISOString(), timezone), 7, timezone);
    await fetchOnServer(({ trpc, queryClient }) =>
      queryClient.fetchQuery(trpc.calendar.get.queryOptions(week)),
    );
  }
  return (
    <HydrateClient>
      <CalendarPage />
    </HydrateClient>
  );
}
