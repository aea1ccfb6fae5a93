import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireSession } from "#auth/session.ts";
import { AvailabilityPage } from "#features/availability/availability-page.tsx";
import { availabilityTitle } from "#features/availability/availability-title.ts";
import { paths, withQuery } from "#lib/paths.ts";
import { fetchMember } from "#member/fetch-member.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";
import { pageTitle } from "#trpc/page-title.ts";
import { fetchOnServer } from "#trpc/server.ts";

type Props = PageProps<"/availabilities/[owner]/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { owner, id } = await params;
  const member = await fetchMember();
  return pageTitle("Open time", async ({ trpc, queryClient }) => {
    const availability = await queryClient.fetchQuery(trpc.availability.get.queryOptions({ owner, id }));
    return member && availabilityTitle(availability, member.profile.username, member.community.typeLabels);
  });
}

export default async function Page({ params, searchParams }: Props) {
  const { owner, id } = await params;
  await requireSession(withQuery(paths.availability(owner, id), await searchParams));
  const { refusal } = await fetchOnServer(async ({ trpc, queryClient }) => {
    const [{ startTime, endTime }] = await Promise.all([
      queryClient.fetchQuery(trpc.availability.get.queryOptions({ owner, id })),
      queryClient.fetchQuery(trpc.user.get.queryOptions({ username: owner })),
    ]);
    await queryClient.fetchQuery(trpc.calendar.get.queryOptions({ from: startTime, to: endTime }));
  });
  if (refusal === "NOT_FOUND") notFound();
  return (
    <HydrateClient>
      <AvailabilityPage owner={owner} id={id} />
    </HydrateClient>
  );
}
