import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireSession } from "#auth/session.ts";
import { MeetingPage } from "#features/meeting/meeting-page.tsx";
import { meetingTitle } from "#features/meeting/meeting-title.ts";
import { paths } from "#lib/paths.ts";
import { fetchMember } from "#member/fetch-member.ts";
import { HydrateClient } from "#trpc/hydrate-client.tsx";
import { pageTitle } from "#trpc/page-title.ts";
import { fetchOnServer } from "#trpc/server.ts";

type Props = PageProps<"/meetings/[id]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  const member = await fetchMember();
  return pageTitle("Meeting", async ({ trpc, queryClient }) => {
    const meeting = await queryClient.fetchQuery(trpc.meeting.get.queryOptions({ id }));
    return member && meetingTitle(meeting, member.profile.username, member.community.typeLabels);
  });
}

export default async function Page({ params }: Props) {
  const { id } = await params;
  await requireSession(paths.meeting(id));
  const { refusal } = await fetchOnServer(async ({ trpc, queryClient }) => {
    const [{ owner, participant }, me] = await Promise.all([
      queryClient.fetchQuery(trpc.meeting.get.queryOptions({ id })),
      queryClient.fetchQuery(trpc.user.get.queryOptions({})),
    ]);
    const other = owner === me.username ? participant : owner;
    await queryClient.fetchQuery(trpc.user.get.queryOptions({ username: other }));
  });
  if (refusal === "NOT_FOUND") notFound();
  return (
    <HydrateClient>
      <MeetingPage id={id} />
    </HydrateClient>
  );
}
