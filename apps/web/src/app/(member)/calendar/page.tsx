import { requireSession } from "#auth/session.ts";
import { CalendarPage } from "#features/calendar/calendar-page.tsx";
import { daysSpan } from "#features/calendar/span.ts";
import { paths } from "#lib/paths.ts";
import { dayOf } from "#lib/time.ts";
import { HydrateClient, prefetch } from "#trpc/server.tsx";

export const metadata = { title: "Calendar" };

export default async function Page() {
  await requireSession(paths.calendar);
  // The week is on its way before the calendar component is.
  await prefetch(({ trpc, queryClient }) => [
    queryClient.fetchQuery(trpc.community.get.queryOptions()),
    queryClient.fetchQuery(trpc.user.get.queryOptions({})).then(({ timezone }) => {
      if (!timezone) return;
      const week = daysSpan(dayOf(new Date().toISOString(), timezone), 7, timezone);
      return queryClient.fetchQuery(trpc.calendar.get.queryOptions(week));
    }),
  ]);
  return (
    <HydrateClient>
      <CalendarPage />
    </HydrateClient>
  );
}
